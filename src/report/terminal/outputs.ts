/** What a stack gives to its callers, at the terminal: in the order of the apply comment. */
import type { Callable, Output } from "../../model/apply.ts";
import { visible } from "../../text/escape.ts";
import { columns, padded } from "../../text/width.ts";
import { plural } from "../../text/words.ts";
import { CALLERS, callLine, viewOutputs } from "../outputs.ts";
import { resourceWords } from "../words/resource-words.ts";
import type { Colors } from "./colors.ts";

interface Given {
  readonly outputs: readonly Output[];
  readonly callables?: readonly Callable[] | undefined;
  readonly region: string;
}

/** Most lines of a block without `--verbose`. */
const MOST = 30;

/** Endpoint, routes with their addresses and callers, a line to try them, ids, ARNs: each block after an empty line. */
export function outputLines(given: Given, colors: Colors, verbose: boolean): readonly string[] {
  const { outputs, callables = [], region } = given;
  const { endpoints, ids, arns } = viewOutputs(outputs);
  const call = callLine(callables, region);
  const of = ({ type, resource }: Output): string => (verbose ? resource : inWords({ type, name: resource }));
  const named = (output: Output): Row => ({ first: output.name, value: output.value, last: of(output) });
  const blocks = [
    endpoints.map((output) => ({ first: "Endpoint", value: output.value, last: of(output) })),
    callables.map(({ what, url, callers }) => ({ first: what, value: url, last: CALLERS[callers] })),
    call === undefined ? [] : [call],
    ids.map(named),
    arns.map(named),
  ];
  return blocks.flatMap((block) => (block.length === 0 ? [] : ["", ...blockLines(block, colors, verbose)]));
}

interface Row {
  readonly first: string;
  readonly value: string;
  readonly last: string;
}

function blockLines(block: readonly (Row | string)[], colors: Colors, verbose: boolean): readonly string[] {
  const shown = verbose ? block : block.slice(0, MOST);
  const hidden = block.length - shown.length;
  const rows = shown.filter((row) => typeof row !== "string");
  const widest = (part: "first" | "value"): number =>
    Math.max(0, ...rows.map((row) => columns(visible(row[part]))));
  const [first, value] = [widest("first"), widest("value")];
  return [
    ...shown.map((row) =>
      typeof row === "string"
        ? `  ${colors.bold(visible(row))}`
        : `  ${padded(visible(row.first), first)}  ${colors.cyan(padded(visible(row.value), value))}  ${colors.dim(visible(row.last))}`,
    ),
    ...(hidden === 0 ? [] : [`  ${colors.dim(`… and ${plural(hidden, "more line")}; --verbose shows all`)}`]),
  ];
}

/** `my-api (API)`, `my-function (integration of my-api)` */
function inWords(resource: { readonly type: string; readonly name: string }): string {
  const { name, kind, parent } = resourceWords(resource);
  return `${name} (${parent === undefined ? kind : `${kind} of ${parent}`})`;
}
