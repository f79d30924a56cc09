/** What a stack gives to its callers: the endpoint, its routes, one line to try them, the ids; ARNs in a fold. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Callable, Output } from "../../../model/apply.ts";
import { codeSpan, fence, identifier, wrappingCode } from "../../../text/escape.ts";
import { prose } from "../../../text/prose.ts";
import { CALLERS, callLine, viewOutputs } from "../../outputs.ts";
import { resourceWords } from "../../words/resource-words.ts";
import { details } from "../plan/folds.ts";
import { addressInCell, addressLink } from "../../../text/link.ts";
import { resourceInCell } from "../resource-cell.ts";
import { table } from "../../../text/table.ts";

interface Given {
  readonly outputs: readonly Output[];
  readonly callables: readonly Callable[];
  /** What the smoke test found, below the line that tries the stack out. */
  readonly smoke?: readonly Markdown[] | undefined;
  readonly region: string;
}

/** The blocks, each of at most `most` lines; none of a stack that gives nothing. */
export function outputBlocks(
  { outputs, callables, smoke = [], region }: Given,
  most: number,
): readonly Markdown[] {
  const { endpoints, ids, arns } = viewOutputs(outputs);
  const call = callLine(callables, region);
  return [
    joinMarkdown(
      endpoints.slice(0, most).map((output) => endpoint(output, endpoints.length > 1)),
      "<br>\n",
    ),
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
    call === undefined || most === 0 ? md`` : fence("sh", [call]),
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
        counted(arns.length, "ARN"),
        joinMarkdown(
          shown.map(
            (output) => md`- **${nameOf(output)}** of ${ofWords(output)}: ${codeSpan(output.value, 300)}`,
          ),
          "\n",
        ),
      ),
    ),
  ].filter((block) => block !== "");
}

function endpoint({ type, resource, value }: Output, several: boolean): Markdown {
  const whose = several ? md` of ${ofWords({ type, resource })}` : "";
  return md`**Endpoint**${whose}: ${addressLink(value)}`;
}

function nameOf({ name }: Output): Markdown {
  return /^[A-Z][A-Za-z]*$/.test(name) ? identifier(name) : codeSpan(name, 60);
}

/** `my-api`; `$default` of my-api */
function ofWords({ type, resource }: Pick<Output, "type" | "resource">): Markdown {
  const { name, parent } = resourceWords({ type, name: resource });
  return parent === undefined
    ? codeSpan(name, 100)
    : md`${codeSpan(name, 100)} of ${prose(parent, { max: 100 })}`;
}

function limited<Item>(
  all: readonly Item[],
  most: number,
  make: (shown: readonly Item[]) => Markdown,
): Markdown {
  const shown = all.slice(0, most);
  const hidden = all.length - shown.length;
  if (shown.length === 0) return md``;
  return hidden === 0 ? make(shown) : md`${make(shown)}\n\n… and ${counted(hidden, "more value")}`;
}
