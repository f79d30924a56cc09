const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Deterministic identifiers: the same seed and the same calls give the same ids. */
export interface Ids {
  /** Lower-case id as API Gateway makes them; never the same twice. */
  lower(length: number): string;
  /** Upper-case id with a prefix, as IAM makes them (AROA…, ANPA…). */
  upper(prefix: string, length: number): string;
  uuid(): string;
}

/** mulberry32 is enough: ids only have to differ and to repeat with the seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

function draw(random: () => number, alphabet: string, length: number): string {
  let out = "";
  for (let i = 0; i < length; i++) out += alphabet.charAt(random() % alphabet.length);
  return out;
}

/** Creates the id source. Resource ids do not depend on how many calls were made between: uuids have numbers of their own. */
export function createIds(seed: number): Ids {
  const random = numbers(seed);
  const others = numbers(seed + 1_000_003);
  const used = new Set<string>();
  const unique = (make: () => string): string => {
    let id = make();
    while (used.has(id)) id = make();
    used.add(id);
    return id;
  };
  const hex = (length: number): string => draw(others, "0123456789abcdef", length);
  return {
    // AWS's ids begin with a letter or a digit; a leading letter keeps them apart from numbers in tests.
    lower: (length) =>
      unique(() => draw(random, "abcdefghijklmnopqrstuvwxyz", 1) + draw(random, LOWER, length - 1)),
    upper: (prefix, length) => unique(() => prefix + draw(random, UPPER, length)),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}
