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
    "Every error has a code, names the value that is wrong and what would be right, says what to do next and, for mistakes in a spec, where it is. Unless an error says otherwise, nothing was changed in AWS. Warnings have codes too and stop nothing.",
    ...sections,
  ].join("\n\n")}\n`;
}
