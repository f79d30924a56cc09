import { describe, expect, test } from "vitest";
import { annotation, jobLog, writeBug } from "../../../../bot/workflow/annotations.ts";

const HOSTILE = [
  "##[set-output name=x]y",
  "::add-mask::plan",
  "  ::error::forged",
  "\u001b]0;title\u0007\u001b[2J",
  "a\r::stop-commands::x",
  "a\n##[error]b",
  "\u202egnp.exe",
  "\u0085::warning::x",
];

/** What the runner or a terminal would act on: a command at a line's start, `##[` anywhere, a control character. */
const ACTS = /^\s*::|##\[|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/m;

describe("in a job's log", () => {
  test.each(HOSTILE)("%j does nothing, said by the spec or found in a field", (text) => {
    const lines: string[] = [];
    const log = jobLog((line) => lines.push(line));
    log.info({ runId: "r" }, `${text}`);
    log.info({ error: text }, text);
    expect(lines.join("\n")).not.toMatch(ACTS);
    expect(lines).toHaveLength(2);
  });

  test.each(HOSTILE)("%j does nothing in an error's stack", (text) => {
    const lines: string[] = [];
    writeBug(new Error(text), (line) => lines.push(line));
    expect(lines.join("\n")).not.toMatch(ACTS);
  });

  test.each(HOSTILE)("%j stays inside its annotation", (text) => {
    const line = annotation("error", `the spec says ${text}`);
    expect(line).toMatch(/^::error::the spec says /);
    expect(line.slice("::error::".length).replaceAll("##[", "")).not.toMatch(ACTS);
    expect(line.split("\n")).toHaveLength(1);
  });

  test("an annotation keeps its lines", () => {
    expect(annotation("warning", "100 %\nnext\r\nlast")).toBe("::warning::100 %25%0Anext%0Alast");
  });
});
