/** "Did you mean …?": the nearest of the words that would have been right. */
import { distance } from "fastest-levenshtein";

/** Nobody mistypes a longer word; comparing two takes the product of their lengths. */
const LONGEST = 200;

/** The nearest word, when it is near enough to be meant. Case does not count. */
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

/** The only word that the given one is a part of: `lambda` is short for `lambdaFunction`. */
function longer(word: string, words: Iterable<string>): string | undefined {
  if (word.length < 3) return undefined;
  const found = [...words].filter((candidate) => candidate.toLowerCase().includes(word.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}

/** A hint: the nearest word, and what all of them are. */
export function suggestion(word: string, words: readonly string[], what: string): string {
  const near = nearest(word, words);
  const meant = near === undefined ? "" : `Did you mean "${near}"? `;
  return `${meant}${words.length === 0 ? `There is no ${what}.` : `${capital(what)}: ${listed(words)}.`}`;
}

/** A list for a sentence, cut after some thirty. */
export function listed(words: readonly string[]): string {
  const shown = words.slice(0, 30).join(", ");
  return words.length > 30 ? `${shown} and ${words.length - 30} more` : shown;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
