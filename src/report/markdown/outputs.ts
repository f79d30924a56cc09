/** The endpoint and the ids: what people came for after an apply. */
import type { Output } from "../../model/apply.ts";
import { codeSpan } from "../../text/escape.ts";
import { addressLink } from "./links.ts";
import { plural } from "../../text/words.ts";

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

/** `- **ApiId** of my-api: 7a38wlw431`, at most `most` of them. */
export function outputList(outputs: readonly Output[], most: number): string {
  const sorted = sortedOutputs(outputs);
  const shown = sorted.slice(0, most);
  const hidden = sorted.length - shown.length;
  return [
    ...shown.map(
      ({ name, resource, value }) =>
        `- **${/^[A-Z][A-Za-z]*$/.test(name) ? name : codeSpan(name, 60)}** of ${codeSpan(resource, 100)}: ${addressLink(value)}`,
    ),
    ...(hidden === 0 ? [] : [`- … and ${plural(hidden, "more value")}`]),
  ].join("\n");
}
