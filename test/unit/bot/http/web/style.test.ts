import { describe, expect, test } from "vitest";
import { STYLE } from "../../../../../bot/http/web/style.ts";

/** `--name: #rrggbb` of the light and of the dark block. */
function colours(block: string): ReadonlyMap<string, string> {
  return new Map(
    [...block.matchAll(/--([a-z]+): (#[0-9a-f]{6})/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

const [light = "", dark = ""] = STYLE.split("@media (prefers-color-scheme: dark)");
const themes = [
  ["light", colours(light)],
  ["dark", colours(dark.slice(0, 600))],
] as const;

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left);
  return (bright + 0.05) / (dim + 0.05);
}

/** `color-mix(in srgb, one share, other)` */
function mixed(one: string, share: number, other: string): string {
  const part = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(part(one, at) * share + part(other, at) * (1 - share))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

describe.each(themes)("the %s theme", (_, theme) => {
  const colour = (name: string): string => theme.get(name) ?? "";

  test.each(["ink", "soft", "accent", "good", "bad", "warn", "change", "busy"])(
    "--%s can be read on every ground",
    (name) => {
      for (const ground of ["ground", "card"])
        expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(["good", "bad", "warn", "busy", "soft"])(
    "--%s can be read in a pill and a diff of its own tint",
    (tone) => {
      const tint = mixed(colour(tone), 0.11, colour("card"));
      expect(contrast(colour(tone), tint)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour("ink"), tint)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("a main button can be read", () => {
    expect(contrast(colour("card"), colour("accent"))).toBeGreaterThanOrEqual(4.5);
  });
});

test("the style asks for nothing from outside", () => {
  expect(STYLE).not.toMatch(/url\(|@import|https?:/);
});
