/** A settings file that does not hold, as the pull request is told of it. */
import type { ErrorView } from "../../src/report/report.ts";
import { errorAnswer } from "./reply.ts";

export function settingsNotice(errors: readonly ErrorView[]): string {
  return `${errorAnswer(errors)}\n\nThe last valid settings hold until the file on the default branch is mended.`;
}
