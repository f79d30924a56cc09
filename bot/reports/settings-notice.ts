/** What people read about a settings file that is not valid. Pure. */
import { md, type Markdown } from "../../src/text/markdown.ts";
import type { ErrorView } from "../../src/report/report.ts";
import { errorAnswer } from "./reply.ts";

/** For a pull request on which something is done with the earlier settings. */
export function settingsNotice(errors: readonly ErrorView[]): Markdown {
  return md`${errorAnswer(errors)}\n\nThe last valid settings stay in force until the file on the default branch is fixed.`;
}

/** For a merged pull request when the file was never valid. */
export function noValidSettings(errors: readonly ErrorView[]): Markdown {
  return md`${errorAnswer(errors)}\n\nThis merge applies nothing until the file on the default branch is fixed.`;
}
