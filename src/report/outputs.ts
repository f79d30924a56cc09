/** The endpoint and the ids: what people came for after an apply. */
import type { Output } from "../model/apply.ts";

/** Addresses first. */
const ORDER = ["ApiEndpoint", "InvokeUrl", "FunctionUrl", "ApiId", "IntegrationId", "FunctionArn", "RoleArn"];

/** In the order people look for them. */
export function sortedOutputs(outputs: readonly Output[]): readonly Output[] {
  const rank = ({ name }: Output): number => {
    const index = ORDER.indexOf(name);
    return index < 0 ? ORDER.length : index;
  };
  return [...outputs].sort((left, right) => rank(left) - rank(right));
}
