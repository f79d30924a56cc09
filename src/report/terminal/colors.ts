/** Colours for terminals, or none. The caller decides, from NO_COLOR and whether the output is a terminal. */
import { styleText } from "node:util";
import { type Color, type Kind, VOCABULARY } from "../vocabulary.ts";

/** Terminals have no orange; bright red is the nearest colour that all support. */
const STYLES = {
  red: "red",
  orange: "redBright",
  green: "green",
  yellow: "yellow",
  blue: "blue",
  cyan: "cyan",
  bold: "bold",
  dim: "dim",
} as const;

type Paint = (text: string) => string;
export type Colors = Readonly<Record<keyof typeof STYLES, Paint>>;

function colorsBy(style: (name: (typeof STYLES)[keyof typeof STYLES]) => Paint): Colors {
  return {
    red: style(STYLES.red),
    orange: style(STYLES.orange),
    green: style(STYLES.green),
    yellow: style(STYLES.yellow),
    blue: style(STYLES.blue),
    cyan: style(STYLES.cyan),
    bold: style(STYLES.bold),
    dim: style(STYLES.dim),
  };
}

const PLAIN = colorsBy(() => (text) => text);
const COLORED = colorsBy(
  (name) => (text) => (text === "" ? "" : styleText(name, text, { validateStream: false })),
);

export function colorsFor(color: boolean): Colors {
  return color ? COLORED : PLAIN;
}

/** Colours text by the kind of change. */
export function kindColor(kind: Kind, colors: Colors): Paint {
  const paints: Readonly<Record<Color, Paint>> = { ...colors, gray: colors.dim };
  return paints[VOCABULARY[kind].color];
}
