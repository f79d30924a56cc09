/**
 * How many random edits a test makes, and from which seed. `npm test` makes a few, the same every time, so that a failure points
 * to the current change. `npm run test:soak` makes many different ones and prints its seed.
 */
export interface Soak {
  readonly edits: number;
  readonly seed: number;
  /** For a test's title: contains the seed, which repeats the run with `SOAK_SEED`. */
  readonly title: string;
}

const SHORT_SEED = 1;

/** @param short the number of edits in `npm test`; `most` limits a soak that takes long */
export function soakOf(short: number, most = Number.POSITIVE_INFINITY): Soak {
  const { SOAK_EDITS, SOAK_SEED } = process.env;
  const edits = SOAK_EDITS === undefined ? short : Math.min(most, Number(SOAK_EDITS));
  const drawn = SOAK_EDITS === undefined ? SHORT_SEED : Math.floor(Math.random() * 2 ** 31);
  const seed = SOAK_SEED === undefined ? drawn : Number(SOAK_SEED);
  return { edits, seed, title: `${edits} random edits, seed ${seed}` };
}
