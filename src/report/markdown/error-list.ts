/** Errors where people meet them: at a terminal, in a comment, as annotations on the spec's lines. */
import type { SourceLocation } from "../../model/errors.ts";
import { clip, codeSpan, fence, inertLog, visible } from "../../text/escape.ts";
import { sourceLink } from "./links.ts";
import { paintFor } from "../terminal/colors.ts";
import { prose } from "../../text/prose.ts";
import type { ErrorView, Origin } from "../report.ts";
import { plural } from "../../text/words.ts";

/** What GitHub puts beside a line of a file. */
export interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** One annotation for each error; those without a place become notices of the run. */
export function errorAnnotations(errors: readonly ErrorView[]): readonly Annotation[] {
  return errors.map(({ code, message, hint, at }) => ({
    title: code,
    message: clip(hint === undefined ? message : `${message}\n${hint}`, 4_000),
    ...(at === undefined ? {} : { file: at.file, line: at.line }),
    ...(at?.column === undefined ? {} : { column: at.column }),
  }));
}

/** `resources.js:12:5` */
export function placeText({ file, line, column }: SourceLocation): string {
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** Errors as a Markdown list: message, hint, place and code. At most `most` of them. */
export function errorList(errors: readonly ErrorView[], origin: Origin, most: number): string {
  const items = errors.slice(0, most).map((error) => errorItem(error, origin));
  const hidden = errors.length - items.length;
  return [...items, ...(hidden > 0 ? [`- … and ${plural(hidden, "more error")}`] : [])].join("\n");
}

function errorItem({ code, message, hint, at, resource }: ErrorView, origin: Origin): string {
  const [first = "", ...rest] = message.split(/\r?\n/);
  const place = at === undefined ? "" : `${sourceLink(origin, at)}: `;
  // What an error shows over several lines (a code frame) keeps its shape.
  const frame = rest.slice(0, 12).map((line) => clip(line, 200));
  const advice = hint === undefined ? "" : prose(hint, { max: 500 });
  const head = `- ${place}**${prose(first, { code: [resource], max: 500 })}** <sub>${codeSpan(code, 60)}</sub>`;
  if (frame.length === 0) return advice === "" ? head : `${head}<br>${advice}`;
  const lines = [...fence("", frame).split("\n"), ...(advice === "" ? [] : [advice])];
  return [head, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** Errors at a terminal; a bug of ours (`errors` is undefined) with its stack. Ends without a newline. */
export function terminalErrors(
  thrown: unknown,
  errors: readonly ErrorView[] | undefined,
  color: boolean,
): string {
  const paint = paintFor(color);
  if (errors === undefined) {
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const lines = stack.split("\n").map(visible).join("\n");
    const please = paint.dim("This is a bug in Gatewright: please report it with this text.");
    return inertLog(`${paint.red("INTERNAL")} ${lines}\n  ${please}`);
  }
  const shown = errors.map(({ code, message, hint, at }) => {
    const place = at === undefined ? "" : `${paint.dim(visible(placeText(at)))} `;
    const [first = "", ...rest] = message.split(/\r?\n/).map(visible);
    return [
      `${paint.red(`error ${code}`)} ${place}${first}`,
      ...rest.map((line) => `  ${line}`),
      ...(hint === undefined
        ? []
        : [`  ${paint.cyan("hint:")} ${hint.split(/\r?\n/).map(visible).join(" ")}`]),
    ].join("\n");
  });
  return inertLog(shown.join("\n"));
}
