/** Colour for terminals, or none. */

export interface Paint {
  readonly red: (text: string) => string;
  readonly orange: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const plain = (text: string): string => text;
const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;

const NONE: Paint = {
  red: plain,
  orange: plain,
  green: plain,
  yellow: plain,
  blue: plain,
  cyan: plain,
  bold: plain,
  dim: plain,
};

const ANSI: Paint = {
  red: sgr(31, 39),
  orange: sgr(91, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  blue: sgr(34, 39),
  cyan: sgr(36, 39),
  bold: sgr(1, 22),
  dim: sgr(2, 22),
};

/** Whether to colour is the caller's to know: a terminal, NO_COLOR. */
export function paintFor(color: boolean): Paint {
  return color ? ANSI : NONE;
}
