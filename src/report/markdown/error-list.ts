/** Errors as a Markdown list. */
import { clip, codeSpan, fence } from "../../text/escape.ts";
import { prose } from "../../text/prose.ts";
import { plural } from "../../text/words.ts";
import type { ErrorView, Origin } from "../report.ts";
import { sourceLink } from "./links.ts";

/** Message, hint, place and code of at most `most` errors. */
export function errorList(errors: readonly ErrorView[], origin: Origin, most: number): string {
  const items = errors.slice(0, most).map((error) => errorItem(error, origin));
  const hidden = errors.length - items.length;
  return [...items, ...(hidden > 0 ? [`- … and ${plural(hidden, "more error")}`] : [])].join("\n");
}

function errorItem({ code, message, hint, at, resource }: ErrorView, origin: Origin): string {
  const [first = "", ...rest] = message.split(/\r?\n/);
  const place = at === undefined ? "" : `${sourceLink(origin, at)}: `;
  // A multi-line part of an error (a code frame) keeps its layout.
  const frame = rest.slice(0, 12).map((line) => clip(line, 200));
  const advice = hint === undefined ? "" : prose(hint, { max: 500 });
  const head = `- ${place}**${prose(first, { code: [resource], max: 500 })}** <sub>${codeSpan(code, 60)}</sub>`;
  if (frame.length === 0) return advice === "" ? head : `${head}<br>${advice}`;
  const lines = [...fence("", frame).split("\n"), ...(advice === "" ? [] : [advice])];
  return [head, ...lines.map((line) => `  ${line}`)].join("\n");
}
