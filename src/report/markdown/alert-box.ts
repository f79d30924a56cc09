/** GitHub's alert boxes. */

/** An alert box with one paragraph or a list. Items are already escaped Markdown. */
export function alertBox(kind: "CAUTION" | "WARNING" | "NOTE" | "TIP", items: readonly string[]): string {
  const lines = items.length === 1 ? items : items.map((item) => `- ${item}`);
  return [`> [!${kind}]`, ...lines.map((line) => `> ${line}`)].join("\n");
}
