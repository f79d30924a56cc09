/**
 * Converts TypeScript and ES modules to CommonJS, line by line, with sucrase, which is loaded only if a file needs
 * it: most specs are already CommonJS.
 */
import { loadSucrase } from "../assets.ts";

interface Translated {
  readonly code: string;
  /** A source map's mappings; absent when the file is used as it is. */
  readonly mappings?: string;
}

/** A mistake in the file, found before it ran. */
export class TranslateError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** True if the file cannot run as it is. A false positive (`import` in a comment) costs only time. */
export function needsTranslation(path: string, text: string): boolean {
  if (/\.[mc]?ts$|\.mjs$/.test(path)) return true;
  return !path.endsWith(".cjs") && /\b(?:import|export)\b/.test(text);
}

/** The script as CommonJS. */
export function translate(path: string, text: string): Translated {
  const { transform } = loadSucrase();
  try {
    const { code, sourceMap } = transform(text, {
      transforms: /\.[mc]?ts$/.test(path) ? ["typescript", "imports"] : ["imports"],
      disableESTransforms: true,
      injectCreateRequireForImportRequire: false,
      filePath: path,
      sourceMapOptions: { compiledFilename: path },
    });
    // A CommonJS file with the word in a comment is not a module and stays sloppy.
    if (path.endsWith(".js") && code === `"use strict";${text}`) return { code: text };
    return sourceMap === undefined ? { code } : { code, mappings: sourceMap.mappings };
  } catch (error) {
    throw syntaxError(error, path);
  }
}

function syntaxError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("loc" in error)) return error;
  const { line, column } = error.loc as { line: number; column: number };
  const message = error.message.replace(`Error transforming ${path}: `, "").replace(/ \(\d+:\d+\)$/, "");
  return new TranslateError(message, line, column);
}
