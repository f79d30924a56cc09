/** The outputs of an apply: endpoints and ids. */
import type { Output } from "../model/apply.ts";

/** Addresses first. */
const ORDER = ["ApiEndpoint", "InvokeUrl", "FunctionUrl", "ApiId", "IntegrationId", "FunctionArn", "RoleArn"];

/** Most useful first. */
export function sortedOutputs(outputs: readonly Output[]): readonly Output[] {
  const rank = ({ name }: Output): number => {
    const index = ORDER.indexOf(name);
    return index < 0 ? ORDER.length : index;
  };
  return [...outputs].sort((left, right) => rank(left) - rank(right));
}
