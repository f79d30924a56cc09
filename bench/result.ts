/** One line of the table: what was measured and what it may be at most. */
import { markdownTable } from "markdown-table";

export interface Measured {
  readonly what: string;
  readonly measured: number;
  readonly unit: "calls" | "s" | "ms" | "changes" | "replies";
  /** None: told, not judged. */
  readonly limit?: number;
  /** What the peer needs, as measured once (docs/performance.md). */
  readonly peer?: number;
}

export const isMissed = ({ measured, limit }: Measured): boolean => limit !== undefined && measured > limit;

const shown = (value: number | undefined, unit: Measured["unit"]): string => {
  if (value === undefined) return "";
  return unit === "s" ? value.toFixed(2) : value.toLocaleString("en", { maximumFractionDigits: 0 });
};

/** How much of the limit is used up. */
function ratio({ measured, limit }: Measured): string {
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
        shown(result.limit, result.unit),
        shown(result.measured, result.unit),
        ratio(result),
        shown(result.peer, result.unit),
      ]),
    ],
    { align: ["l", "l", "r", "r", "r", "r"] },
  );
}
