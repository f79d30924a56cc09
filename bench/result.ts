/** One line of the table: what was measured, and its limit. */
import { markdownTable } from "markdown-table";

export interface Measured {
  readonly what: string;
  readonly measured: number;
  readonly unit: "calls" | "s" | "ms" | "changes" | "replies" | "a second" | "of 1" | "µs" | "MB";
  /** Absent: shown, but not judged. */
  readonly limit?: number;
  /** The minimum, if more is better. */
  readonly least?: number;
  /** GruCloud's value, measured once (docs/performance.md). */
  readonly peer?: number;
}

export const isMissed = ({ measured, limit, least }: Measured): boolean =>
  (limit !== undefined && measured > limit) || (least !== undefined && measured < least);

const shown = (value: number | undefined, unit: Measured["unit"]): string => {
  if (value === undefined) return "";
  return unit === "s" || unit === "of 1"
    ? value.toFixed(2)
    : value.toLocaleString("en", { maximumFractionDigits: 0 });
};

/** The used share of the limit, or the multiple of the minimum. */
function ratio({ measured, limit, least }: Measured): string {
  if (least !== undefined) return (measured / least).toFixed(2);
  if (limit === undefined) return "";
  return limit === 0 ? (measured === 0 ? "met" : "missed") : (measured / limit).toFixed(2);
}

export function tableOf(results: readonly Measured[]): string {
  return markdownTable(
    [
      ["Case", "Unit", "Limit", "Measured", "Of the limit", "GruCloud"],
      ...results.map((result) => [
        isMissed(result) ? `**missed:** ${result.what}` : result.what,
        result.unit,
        result.least === undefined
          ? shown(result.limit, result.unit)
          : `≥ ${shown(result.least, result.unit)}`,
        shown(result.measured, result.unit),
        ratio(result),
        shown(result.peer, result.unit),
      ]),
    ],
    { align: ["l", "l", "r", "r", "r", "r"] },
  );
}
