/** `docs/errors.md`: every code, what it means, what to do. Pure. */
import { errorCodes } from "../../src/model/error-codes.ts";
import { MADE_BY } from "./markdown.ts";

export function errorsText(): string {
  const sections = Object.entries(errorCodes)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, { meaning, whatToDo }]) => `## ${code}\n\n${meaning}\n\n${whatToDo}`);
  return `${[
    MADE_BY,
    "# Errors",
    "Every error has a code. Its message gives the wrong value, the accepted form and the next step, and for mistakes in a spec the file and line. Unless an error says otherwise, nothing was changed in AWS. Warnings and notices have codes too, but stop nothing.",
    ...sections,
  ].join("\n\n")}\n`;
}
