/** The files of the guest as the worker knows them: text, translation, and which name led where. */
import type { LoadAnswer, Loaded } from "../protocol.ts";
import { needsTranslation, TranslateError, translate } from "./translate.ts";

type Script =
  | { readonly code: string; readonly error?: undefined }
  | { readonly code?: undefined; readonly error: TranslateError };

export interface Scripts {
  /** What the name resolved to before; the host is asked only once. */
  resolved(specifier: string, from: string): LoadAnswer | undefined;
  add(specifier: string, from: string, loaded: Loaded): LoadAnswer;
  /** The file as CommonJS. */
  translated(path: string): Script;
  mappings(): Readonly<Record<string, string>>;
  /** Every file that was read, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

export function makeScripts(files: Readonly<Record<string, string>>): Scripts {
  const texts = new Map(Object.entries(files));
  const answers = new Map<string, LoadAnswer>();
  const mappings: Record<string, string> = Object.create(null);
  const keyOf = (specifier: string, from: string): string => `${from}\0${specifier}`;
  return {
    resolved: (specifier, from) => answers.get(keyOf(specifier, from)),
    add: (specifier, from, loaded) => {
      const answer = answerOf(loaded);
      if ("path" in loaded) texts.set(loaded.path, loaded.text);
      answers.set(keyOf(specifier, from), answer);
      return answer;
    },
    translated: (path) => {
      const text = (texts.get(path) ?? "").replace(/^#!/, "//");
      if (!needsTranslation(path, text)) return { code: text };
      try {
        const translated = translate(path, text);
        if (translated.mappings !== undefined) mappings[path] = translated.mappings;
        return { code: translated.code };
      } catch (error) {
        if (error instanceof TranslateError) return { error };
        throw error;
      }
    },
    mappings: () => mappings,
    texts,
  };
}

function answerOf(loaded: Loaded): LoadAnswer {
  if ("builtin" in loaded) return loaded;
  const { path, text } = loaded;
  return path.endsWith(".json") ? { module: path, json: text } : { module: path };
}
