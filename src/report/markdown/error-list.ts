/** Errors as a Markdown list. */
import { counted, joinMarkdown, linesOf, md, type Markdown } from "../../text/markdown.ts";
import { clip, codeSpan, fence } from "../../text/escape.ts";
import { prose } from "../../text/prose.ts";
import type { ErrorView, Origin } from "../report.ts";
import { sourceLink } from "./links.ts";
import { atMost } from "../../text/words.ts";

/** Message, hint, place and code of at most `most` errors. */
export function errorList(errors: readonly ErrorView[], origin: Origin, most: number): Markdown {
  const item = (error: ErrorView): Markdown => errorItem(error, origin);
  return joinMarkdown(
    atMost(most, errors, item, (left) => md`- … and ${counted(left, "more error")}`),
    "\n",
  );
}

function errorItem({ code, message, hint, at, resource }: ErrorView, origin: Origin): Markdown {
  const [first = "", ...rest] = message.split(/\r?\n/);
  const place = at === undefined ? "" : md`${sourceLink(origin, at)}: `;
  // A multi-line part of an error (a code frame) keeps its layout.
  const frame = rest.slice(0, 12).map((line) => clip(line, 200));
  const advice = hint === undefined ? md`` : prose(hint, { max: 500 });
  const head = md`- ${place}**${prose(first, { code: [resource], max: 500 })}** <sub>${codeSpan(code, 60)}</sub>`;
  if (frame.length === 0) return advice === "" ? head : md`${head}<br>${advice}`;
  const lines = [...linesOf(fence("", frame)), ...(advice === "" ? [] : [advice])];
  return joinMarkdown([head, ...lines.map((line) => md`  ${line}`)], "\n");
}
