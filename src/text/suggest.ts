/** "Did you mean …?": the accepted word nearest to a misspelt one. */
import { distance } from "fastest-levenshtein";

/** Longer words are no typing mistakes, and a comparison takes time in proportion to the product of both lengths. */
const LONGEST = 200;

/** The nearest word, if it is close enough. Ignores case. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  let best: { word: string; away: number } | undefined;
  for (const candidate of words) {
    if (candidate.length > LONGEST) continue;
    const away = distance(word.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || away < best.away) best = { word: candidate, away };
  }
  const allowed = Math.max(2, Math.floor(word.length / 3));
  return best !== undefined && best.away <= allowed ? best.word : longer(word, words);
}

/** The word that contains the given one, if there is only one: `lambda` is short for `lambdaFunction`. */
function longer(word: string, words: Iterable<string>): string | undefined {
  if (word.length < 3) return undefined;
  const found = [...words].filter((candidate) => candidate.toLowerCase().includes(word.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}

/** A hint with the nearest word and the list of all accepted words. */
export function suggestion(word: string, words: readonly string[], what: string): string {
  const near = nearest(word, words);
  const meant = near === undefined ? "" : `Did you mean "${near}"? `;
  return `${meant}${words.length === 0 ? `There is no ${what}.` : `${capital(what)}: ${listed(words)}.`}`;
}

/** A list for a sentence, cut after 30 words. */
export function listed(words: readonly string[]): string {
  const shown = words.slice(0, 30).join(", ");
  return words.length > 30 ? `${shown} and ${words.length - 30} more` : shown;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
