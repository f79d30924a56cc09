/**
 * How many random edits a test makes, from which seed. `npm test` makes a few, the same every time: what fails there
 * was broken by the change at hand. `npm run test:soak` makes many, others every time, and names its seed.
 */
export interface Soak {
  readonly edits: number;
  readonly seed: number;
  /** For a test's title: the seed repeats the run, with `SOAK_SEED`. */
  readonly title: string;
}

const SHORT_SEED = 1;

/** @param short edits of the run in `npm test`; `most` of a soak, for what takes long */
export function soakOf(short: number, most = Number.POSITIVE_INFINITY): Soak {
  const { SOAK_EDITS, SOAK_SEED } = process.env;
  const edits = SOAK_EDITS === undefined ? short : Math.min(most, Number(SOAK_EDITS));
  const drawn = SOAK_EDITS === undefined ? SHORT_SEED : Math.floor(Math.random() * 2 ** 31);
  const seed = SOAK_SEED === undefined ? drawn : Number(SOAK_SEED);
  return { edits, seed, title: `${edits} random edits, seed ${seed}` };
}
