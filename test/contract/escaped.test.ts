/** What GitHub shows is `Markdown`, and nothing but an escaper makes `Markdown` of a text: forgetting one does not compile. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Those who may call text safe: each escapes it, or takes it from where it was safe. */
const MAKERS = [
  "bot/workflow/heal.ts",
  "src/text/escape.ts",
  "src/text/hidden.ts",
  "src/text/link.ts",
  "src/text/markdown.ts",
  "src/text/prose.ts",
  "src/text/shortened.ts",
  "src/text/table.ts",
];

const sources = ["src", "bot"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
);

/** The messages of the compiler on some lines, with `foreign: string` and what makes and takes Markdown in scope. */
function compilerSays(lines: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(root, "test/contract/escaped-"));
  try {
    writeFileSync(
      join(folder, "tried.ts"),
      `import type { CheckOutput } from "../../../src/github/checks.ts";
import type { OwnComment } from "../../../src/github/comments.ts";
import type { IssueText } from "../../../src/github/issues.ts";
import type { addSummary } from "../../../src/action/publish.ts";
import type { CommandReply } from "../../../bot/reports/command-reply.ts";
import type { OwnComment as BotComment } from "../../../bot/reports/comments.ts";
import { counted, joinMarkdown, md, type Markdown } from "../../../src/text/markdown.ts";
import { codeSpan } from "../../../src/text/escape.ts";
import { link } from "../../../src/text/link.ts";
import { table } from "../../../src/text/table.ts";
import { alertBox } from "../../../src/report/markdown/alert-box.ts";
declare const foreign: string;
declare const half: \`a-\${string}\`;
declare const maybe: Markdown | undefined;
declare const kind: "apply" | "destroy";
declare const reply: CommandReply;
declare const add: typeof addSummary;
declare const workflow: Parameters<typeof addSummary>[0];
${lines.map((line) => `(): unknown => ${line};`).join("\n")}
export type { CheckOutput, IssueText, BotComment, OwnComment };
void [counted, joinMarkdown, md, codeSpan, link, table, alertBox];
`,
    );
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../../tsconfig.json",
        compilerOptions: { typeRoots: ["../../../node_modules/@types"] },
        include: ["tried.ts"],
        exclude: [],
      }),
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    try {
      execFileSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
      return [];
    } catch (error) {
      const said = error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
      return said.split("\n").filter((line) => line.includes("error TS"));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The line of the tried file that the first tried line stands in. */
const FIRST = 19;

const REFUSED = [
  "md`${foreign}`",
  "md`${half}`",
  "md`${maybe}`",
  "md`${`x ${foreign}`}`",
  'md`${foreign === "" ? "nothing" : foreign}`',
  'joinMarkdown([foreign], "\\n")',
  "joinMarkdown([md`a`], foreign)",
  "counted(2, foreign)",
  'table(["A"], [[foreign]])',
  "table([foreign], [])",
  "link(foreign, foreign)",
  'alertBox("NOTE", [foreign])',
  '({ title: "", summary: foreign }) satisfies CheckOutput',
  '({ title: "", body: foreign }) satisfies IssueText',
  "({ body: foreign, isOurs: () => true }) satisfies OwnComment",
  "({ body: foreign }) satisfies Pick<BotComment, 'body'>",
  "reply.write(foreign)",
  "reply.answer(foreign)",
  "reply.announce(foreign)",
  "add(workflow, foreign)",
];

const TAKEN = [
  "md`${codeSpan(foreign)} ${3} ${kind} ${kind === 'apply' ? md`x` : ''}`",
  'table(["A"], [[codeSpan(foreign)]])',
  'counted(2, "more property", "more properties")',
  "reply.write(link(md`run`, foreign))",
  "add(workflow, codeSpan(foreign))",
];

describe("a text that was not escaped", () => {
  it("is refused by the compiler wherever Markdown is built and sent", { timeout: 120_000 }, () => {
    const said = compilerSays([...REFUSED, ...TAKEN]);
    const lines = said.map((line) => Number(/tried\.ts\((\d+),/.exec(line)?.[1] ?? 0) - FIRST);
    const tried = (index: number): string => [...REFUSED, ...TAKEN][index] ?? said.join("\n");
    expect([...new Set(lines)].map(tried)).toEqual(REFUSED);
  });

  it("is called safe only by the escapers", () => {
    const callers = sources.filter((path) => /\bsafely\b/.test(code(path)));
    expect(callers.sort()).toEqual(MAKERS);
  });

  it("is cast to Markdown in one place", () => {
    const casts = sources.filter((path) => /\bas (unknown as )?Markdown\b/.test(code(path)));
    expect(casts).toEqual(["src/text/markdown.ts"]);
  });
});

function code(path: string): string {
  return readFileSync(join(root, path), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}
