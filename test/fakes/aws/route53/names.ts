/** Domain names as Route 53 keeps, orders and answers them. */

export const canonical = (name: string): string => {
  const lower = name.toLowerCase();
  return lower.endsWith(".") ? lower : `${lower}.`;
};

/** Everything but letters, digits, - _ and . is answered as its octal code: `*` as `\052`. */
export const answered = (name: string): string =>
  name.replace(/[^a-z0-9._-]/g, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(8).padStart(3, "0")}`);

/** A name that is asked for may be written either way. */
export const asked = (name: string): string =>
  canonical(
    name.replace(/\\(\d{3})/g, (_all, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8))),
  );

/** Lists are ordered by the labels from the right: `com.example.www`. */
const ordered = (name: string): string => name.split(".").filter(Boolean).reverse().join("\u0001");

export function compareNames(left: string, right: string): number {
  const [one, other] = [ordered(left), ordered(right)];
  return one < other ? -1 : one > other ? 1 : 0;
}

export const lies = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);
