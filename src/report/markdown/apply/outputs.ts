/** What a stack gives to its callers: the endpoint, its routes, one line to try them, the ids; ARNs in a fold. */
import type { Callable, Output } from "../../../model/apply.ts";
import { codeSpan, fence, wrappingCode } from "../../../text/escape.ts";
import { prose } from "../../../text/prose.ts";
import { plural } from "../../../text/words.ts";
import { CALLERS, callLine, viewOutputs } from "../../outputs.ts";
import { resourceWords } from "../../words/resource-words.ts";
import { details } from "../plan/folds.ts";
import { addressInCell, addressLink } from "../links.ts";
import { resourceInCell } from "../resource-cell.ts";
import { table } from "../table.ts";

export interface Given {
  readonly outputs: readonly Output[];
  readonly callables: readonly Callable[];
  /** What the smoke test found, below the line that tries the stack out. */
  readonly smoke?: readonly string[] | undefined;
  readonly region: string;
}

/** The blocks, each of at most `most` lines; none of a stack that gives nothing. */
export function outputBlocks(
  { outputs, callables, smoke = [], region }: Given,
  most: number,
): readonly string[] {
  const { endpoints, ids, arns } = viewOutputs(outputs);
  const call = callLine(callables, region);
  return [
    endpoints
      .slice(0, most)
      .map((output) => endpoint(output, endpoints.length > 1))
      .join("<br>\n"),
    limited(callables, most, (shown) =>
      table(
        ["Call", "Address", "Callers"],
        shown.map(({ what, url, callers }) => [
          /^[A-Z]+ \//.test(what) ? wrappingCode(what, 100) : prose(what, { max: 100, narrow: true }),
          addressInCell(url),
          prose(CALLERS[callers]),
        ]),
      ),
    ),
    call === undefined || most === 0 ? "" : fence("sh", [call]),
    ...smoke,
    limited(ids, most, (shown) =>
      table(
        ["Id", "Resource", "Value"],
        shown.map((output) => [
          nameOf(output),
          resourceInCell({ type: output.type, name: output.resource }),
          wrappingCode(output.value, 300),
        ]),
      ),
    ),
    limited(arns, most, (shown) =>
      details(
        plural(arns.length, "ARN"),
        shown
          .map((output) => `- **${nameOf(output)}** of ${ofWords(output)}: ${codeSpan(output.value, 300)}`)
          .join("\n"),
      ),
    ),
  ].filter((block) => block !== "");
}

function endpoint({ type, resource, value }: Output, several: boolean): string {
  const whose = several ? ` of ${ofWords({ type, resource })}` : "";
  return `**Endpoint**${whose}: ${addressLink(value)}`;
}

function nameOf({ name }: Output): string {
  return /^[A-Z][A-Za-z]*$/.test(name) ? name : codeSpan(name, 60);
}

/** `my-api`; `$default` of my-api */
function ofWords({ type, resource }: Pick<Output, "type" | "resource">): string {
  const { name, parent } = resourceWords({ type, name: resource });
  return parent === undefined
    ? codeSpan(name, 100)
    : `${codeSpan(name, 100)} of ${prose(parent, { max: 100 })}`;
}

function limited<Item>(all: readonly Item[], most: number, make: (shown: readonly Item[]) => string): string {
  const shown = all.slice(0, most);
  const hidden = all.length - shown.length;
  if (shown.length === 0) return "";
  return hidden === 0 ? make(shown) : `${make(shown)}\n\n… and ${plural(hidden, "more value")}`;
}
