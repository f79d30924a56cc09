import { expect, test } from "vitest";
import { codeSpan, fence } from "../../../src/text/escape.ts";
import { joinMarkdown, linesOf, md } from "../../../src/text/markdown.ts";
import { shortened } from "../../../src/text/shortened.ts";
import { byteLength } from "../../../src/text/words.ts";

const LINES = Array.from({ length: 100 }, (_, index) => `line ${index}`);

test("what fits stays as it is", () => {
  const text = fence("", LINES);
  expect(shortened(text, byteLength(text))).toBe(text);
});

test.each([3, 10, 1_000])(
  "a code block that is cut is closed within the limit, with a fence of %i",
  (marks) => {
    const text = fence("", [...LINES, "`".repeat(marks - 1), ...LINES]);
    const limit = 1_000 + 2 * marks;
    const cut = shortened(text, limit);
    expect(byteLength(cut)).toBeLessThanOrEqual(limit);
    const lines = linesOf(cut);
    expect(lines.filter((line) => line === "`".repeat(marks))).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/^… and \d+ more lines\.$/);
  },
);

test("a code span with backticks in it opens no code block", () => {
  const text = joinMarkdown([codeSpan("a``b"), ...LINES.map(() => md`text of a line`)], "\n");
  expect(linesOf(shortened(text, 500)).at(-3)).toBe("text of a line");
});

test("text between code blocks is not closed again", () => {
  const text = joinMarkdown([fence("", ["a"]), ...LINES.map(() => md`text of a line`)], "\n");
  expect(shortened(text, 500).match(/```/g)).toHaveLength(2);
});
