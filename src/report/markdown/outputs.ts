/** Outputs as a Markdown list. */
import type { Output } from "../../model/apply.ts";
import { codeSpan } from "../../text/escape.ts";
import { plural } from "../../text/words.ts";
import { sortedOutputs } from "../outputs.ts";
import { addressLink } from "./links.ts";

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
