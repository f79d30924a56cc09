/** Comments as the demo shows them at a terminal. */
import { describe, expect, it } from "vitest";
import { readable } from "../../../scripts/demo/markdown.ts";
import { colorsFor } from "../../../src/report/terminal/colors.ts";

const shown = (markdown: string, width = 80): readonly string[] =>
  readable(markdown, { colors: colorsFor(false), width });

describe("a comment at a terminal", () => {
  it("has no marker, no addresses and no signs of Markdown", () => {
    expect(
      shown(
        "<!-- gatewright:plan {} -->\n## Plan for `dev`: **1** to create\n\n[`abc`](https://x/abc) · [run](https://x)",
      ),
    ).toEqual(["Plan for dev: 1 to create", "", "abc · run"]);
  });

  it("has tables as tables, of texts with pipes and references", () => {
    expect(shown("| Name | Id |\n| - | -: |\n| `a \\| b` | &lt;1&gt; |")).toEqual([
      "Name   Id",
      "─────  ───",
      "a | b  <1>",
    ]);
  });

  it("cuts the widest column of a table that is too wide", () => {
    const lines = shown(`| Name | Id |\n| - | - |\n| short | ${"x".repeat(60)} |`, 40);
    expect(lines[2]).toBe(`short  ${"x".repeat(32)}…`);
    expect(Math.max(...lines.map((line) => line.length))).toBe(40);
  });

  it("says what an alert is", () => {
    expect(shown("> [!CAUTION]\n> **Deletes** the route.")).toEqual(["┃ ⛔ Caution", "┃ Deletes the route."]);
  });

  it("opens short folds and closes long ones, nested ones too", () => {
    const fold = (summary: string, body: string): string =>
      `<details><summary>${summary}</summary>\n\n${body}\n</details>`;
    expect(shown(fold("<code>a</code> &amp; b", "```diff\n- 1\n+ 2\n```"))).toEqual([
      "▾ a & b",
      "    - 1",
      "    + 2",
    ]);
    const long = Array.from({ length: 20 }, (_, index) => `line ${index}`).join("\n");
    expect(shown(fold("outer", fold("inner", `\`\`\`\n${long}\n\`\`\``)))).toEqual([
      "▾ outer",
      "  ▸ inner (20 lines)",
    ]);
  });

  it("has lists and commands", () => {
    expect(shown("- ✅ **approved**: yes\n- ❌ **checks**: no\n\n```\n/apply abc\n```")).toEqual([
      "• ✅ approved: yes",
      "• ❌ checks: no",
      "",
      "  /apply abc",
    ]);
  });
});
