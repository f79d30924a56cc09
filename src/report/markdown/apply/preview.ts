/** What is special about the comment of a preview: the address first, and when it goes. */
import { day, md, type Markdown } from "../../../text/markdown.ts";
import type { PreviewView } from "../../apply-report.ts";
import { alertBox } from "../alert-box.ts";
import { hiddenName } from "../../../text/hidden.ts";
import { addressLink } from "../../../text/link.ts";

/** @param title what the runs have come to */
export function previewTitle({ address, ended }: PreviewView, title: Markdown): Markdown {
  return address === undefined || ended !== undefined
    ? md`Preview: ${title}`
    : md`Preview: ${addressLink(address)}\n\n**${title}**`;
}

/** The blocks at the end, with the line by which the next run finds the comment. */
export function previewNote({ pull, until, ended }: PreviewView): readonly Markdown[] {
  const latest =
    until === undefined ? md`` : md`, or on ${day(until.getTime())} if nothing is pushed until then`;
  const note =
    ended === undefined
      ? md`Every push updates this preview. It is deleted when the pull request is merged or closed, with \`/preview off\`${latest}.`
      : md`The preview is deleted: ${ended}.`;
  return [alertBox("NOTE", [note]), hiddenName("preview", String(pull))];
}
