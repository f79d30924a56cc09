/** Errors as annotations on the lines of the spec. */
import type { SourceLocation } from "../model/errors.ts";
import { clip, visibleLines } from "../text/escape.ts";
import type { ErrorView } from "./report.ts";

/** An annotation on a line of a file. */
interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** One annotation per error. Those without a place are shown on the run. */
export function errorAnnotations(errors: readonly ErrorView[]): readonly Annotation[] {
  return errors.map(({ code, message, hint, at }) => ({
    title: code,
    message: visibleLines(clip(hint === undefined ? message : `${message}\n${hint}`, 4_000)),
    ...(at === undefined ? {} : { file: at.file, line: at.line }),
    ...(at?.column === undefined ? {} : { column: at.column }),
  }));
}

/** `resources.js:12:5` */
export function placeText({ file, line, column }: SourceLocation): string {
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}
