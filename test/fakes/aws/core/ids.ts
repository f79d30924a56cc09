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

/** Creates the id source; mulberry32 is enough, the ids only have to differ and repeat with the seed. */
export function createIds(seed: number): Ids {
  let state = seed >>> 0;
  const used = new Set<string>();
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const draw = (alphabet: string, length: number): string => {
    let out = "";
    for (let i = 0; i < length; i++) out += alphabet.charAt(random() % alphabet.length);
    return out;
  };
  const unique = (make: () => string): string => {
    let id = make();
    while (used.has(id)) id = make();
    used.add(id);
    return id;
  };
  const hex = (length: number): string => draw("0123456789abcdef", length);
  return {
    // AWS's ids begin with a letter or a digit; a leading letter keeps them apart from numbers in tests.
    lower: (length) => unique(() => draw("abcdefghijklmnopqrstuvwxyz", 1) + draw(LOWER, length - 1)),
    upper: (prefix, length) => unique(() => prefix + draw(UPPER, length)),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}
