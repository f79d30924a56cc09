/** The recorded facts are well-formed, each has a source, and none names a real account. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  ERROR_CLASSES,
  RECORDED_FILES,
  recordedErrors,
  recordedLimits,
  recordedSequences,
  recordedStates,
  recordedText,
} from "./recorded.ts";

const states = recordedStates();
const sequences = recordedSequences();
const errors = recordedErrors();
const limits = recordedLimits();
const rows = [...states, ...sequences, ...errors, ...limits];

/** The first source of a row, as docs/knowledge.md calls it. */
function sourceOf({ source: [first] }: (typeof rows)[number]): string {
  if (first === undefined) return "";
  if ("repository" in first) return first.repository;
  if ("stored" in first) return "stored public files, known by number";
  return first.url.includes("docs.aws") ? "AWS documentation" : "issues and pull requests";
}

/** The account of AWS's own examples. */
const EXAMPLE_ACCOUNT = "123456789012";

describe("the corpus of recorded answers", () => {
  it("has at least 150 rows of states, sequences and errors", () => {
    expect(states.length + sequences.length + errors.length).toBeGreaterThanOrEqual(150);
  });

  it("is counted by source in docs/knowledge.md", () => {
    const kinds = [states, sequences, errors, limits];
    const names = [...new Set(rows.map(sourceOf))];
    const counts = (of: (row: (typeof rows)[number]) => boolean): string =>
      kinds.map((kind) => kind.filter(of).length).join(" | ");
    const lines = [
      ...names.map((name) => `| ${name} | ${counts((row) => sourceOf(row) === name)} |`),
      `| **all** | ${counts(() => true)} |`,
    ];
    const page = readFileSync(new URL("../../docs/knowledge.md", import.meta.url), "utf8");
    const table = page.split("\n").filter((line) => /^\|.*( \d+ \|){4}$/.test(line));
    expect(table.toSorted()).toEqual(lines.toSorted());
  });

  it("names every row once", () => {
    const ids = rows.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("has a witness for every class of errors", () => {
    expect(ERROR_CLASSES.filter((name) => !errors.some((row) => row.class === name))).toEqual([]);
  });

  it("has states of every type that AWS shows in a form of its own", () => {
    const types = new Set(states.map(({ type }) => type));
    const wanted = ["Api", "Integration", "Route", "Stage", "Deployment", "Authorizer"].map(
      (name) => `ApiGatewayV2::${name}`,
    );
    const others = [
      "Lambda::Function",
      "Lambda::Permission",
      "IAM::Role",
      "IAM::Policy",
      "CloudWatchLogs::LogGroup",
    ];
    expect([...wanted, ...others].filter((type) => !types.has(type))).toEqual([]);
  });

  it("knows every error that a sequence ends in", () => {
    const known = new Set(errors.map(({ service, code }) => `${service} ${code}`));
    const met = sequences.flatMap(({ service, calls }) =>
      calls.flatMap(({ error }) => (error === undefined ? [] : [`${service} ${error.code}`])),
    );
    expect([...new Set(met)].filter((one) => !known.has(one))).toEqual([]);
  });

  it("gives one class to one text of one operation", () => {
    const classes = new Map<string, Set<string>>();
    for (const { service, operation, message, class: name } of errors) {
      const key = `${service} ${operation}: ${message}`;
      classes.set(key, (classes.get(key) ?? new Set()).add(name));
    }
    expect([...classes].filter(([, names]) => names.size > 1).map(([key]) => key)).toEqual([]);
  });

  it.each(RECORDED_FILES)("%s.json names no account but the example's, and no key", (file) => {
    const content = recordedText(file);
    // The last part of a UUID has twelve digits too, behind a dash.
    const accounts = content.match(/(?<![\d-])\d{12}(?!\d)/g) ?? [];
    expect([...new Set(accounts)].filter((account) => account !== EXAMPLE_ACCOUNT)).toEqual([]);
    expect(content).not.toMatch(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/);
  });
});
