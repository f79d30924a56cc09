/** What the Action, the terminal, the comments and the bot's pages must say and accept alike. */
import { describe, expect, it } from "vitest";
import { parseComment } from "../../bot/commands/grammar/parse.ts";
import { runBody } from "../../bot/http/pages/run-page.ts";
import { viewOf } from "../../bot/http/pages/run-view.ts";
import { parseSettings } from "../../src/settings/parse.ts";
import { stageTargets } from "../../bot/stacks/targets.ts";
import { readInputs } from "../../src/action/inputs.ts";
import { readArguments } from "../../src/cli/arguments.ts";
import type { Run } from "../../src/model/run.ts";
import { SPEC_FILES, SPEC_FILES_TEXT } from "../../src/source/spec-files.ts";
import { isRegion, isStage } from "../../src/model/stage.ts";
import { applyComment } from "../../src/report/markdown/apply/comment.ts";
import { planComment } from "../../src/report/markdown/plan/comment.ts";
import { terminalPlan } from "../../src/report/terminal/plan.ts";
import { KINDS, VOCABULARY } from "../../src/report/vocabulary.ts";
import { specDirectories } from "../../src/source/spec-directories.ts";
import { duration } from "../../src/text/duration.ts";
import { aStack } from "../fakes/store.ts";
import { everyday, succeeded } from "../fixtures/plans.ts";
import { errorOf, evaluateFiles } from "../unit/spec/sandbox/evaluating.ts";

function accepts(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

const runner = { "INPUT_GITHUB-TOKEN": "ghs_x", AWS_REGION: "eu-west-2" };
const doors: Readonly<Record<string, (stage: string) => boolean>> = {
  "the Action": (stage) => accepts(() => readInputs({ ...runner, INPUT_STAGE: stage })),
  "the terminal": (stage) => accepts(() => readArguments(["plan", `--stage=${stage}`])),
  "a command": (stage) => parseComment(`/apply -s ${stage}`).kind === "command",
  "the settings": (stage) => accepts(() => parseSettings(`stages: {${JSON.stringify(stage)}: {}}`)),
};

describe("a stage's name", () => {
  describe.each(Object.entries(doors))("in %s", (_door, accepted) => {
    it.each([
      "dev",
      "v1.2",
      "a",
      "x".repeat(64),
      "eu_west-1.blue",
      "é",
      "x".repeat(65),
      "-dev",
      ".dev",
      "a/b",
    ])("%s follows the one rule", (stage) => {
      expect(accepted(stage)).toBe(isStage(stage));
    });
  });
});

describe("an AWS region", () => {
  it.each(["eu-west-2", "us-gov-east-1", "ap-southeast-12", "London", "eu-west"])(
    "%s is accepted or refused by the settings, the Action and the terminal alike",
    (region) => {
      const answers = [
        accepts(() => parseSettings(`stages: {dev: {region: ${region}}}`)),
        accepts(() => readInputs({ ...runner, "INPUT_AWS-REGION": region })),
        accepts(() => readArguments(["plan", `--region=${region}`])),
      ];
      expect(answers).toEqual(Array(3).fill(isRegion(region)));
    },
  );
});

describe("the default name of a spec file", () => {
  const spec = "exports.createResources = () => [];";
  const isModule = (file: string): boolean => /\.m[jt]s$/.test(file);

  it.each([...SPEC_FILES])(
    "%s is found by the engine, the Action's globs and the bot's globs",
    async (file) => {
      const text = isModule(file) ? "export const createResources = () => [];" : spec;
      expect((await evaluateFiles({ [file]: text })).entries).toEqual([]);

      expect(specDirectories([`apis/orders/${file}`], undefined)).toEqual(["apis/orders"]);

      const { repository } = aStack();
      const settings = parseSettings("stages: {dev: {directories: [apis/*]}}");
      const request = async () => ({ data: { tree: [{ path: `apis/orders/${file}` }] } });
      const targets = await stageTargets(request as never, repository, settings, "dev", "1a2b3c4");
      expect(targets.map(({ stack }) => stack.directory)).toEqual(["apis/orders"]);
    },
  );

  it("is named in full where none is found", async () => {
    expect(SPEC_FILES_TEXT).toBe("resources.js, .mjs, .ts, .cjs, .mts or .cts");
    const { message } = await errorOf(evaluateFiles({}));
    expect(message).toContain(SPEC_FILES_TEXT);
  });
});

describe("a change", () => {
  const plan = everyday();
  const result = succeeded(plan);
  const run: Run = {
    id: "5b0c7f5e-2b0e-4a57-9b0e-1f4f2c8d9e10",
    group: "g",
    stack: aStack(),
    kind: "apply",
    cause: { by: "command", login: "ana", pull: 12, commentId: 5 },
    sha: "1a2b3c4d",
    adopt: [],
    state: "succeeded",
    createdAt: new Date(0),
    startedAt: new Date(0),
    endedAt: new Date(65_000),
    attempts: 1,
    cancelRequested: false,
    plan,
    result,
  };
  const origin = { serverUrl: "https://github.com", repository: "acme/api", headSha: "1a2b3c4d".repeat(5) };
  const page = runBody(
    { view: viewOf(run, []), serverUrl: "https://github.com", now: 65_000 },
    { siblings: [], deployed: {} },
  );
  const comment = planComment({ stage: "dev", origin, stacks: [{ directory: ".", plan }] });
  const terminal = terminalPlan(plan, { color: false });

  it("that only deploys again is a redeploy everywhere", () => {
    expect(comment).toContain("1 replaced, 1 redeployed");
    expect(terminal).toContain("1 to redeploy");
    expect(terminal).toContain("1 to replace");
    expect(String(page)).toContain(`class="action is-redeploy"`);
    expect(String(page).match(/class="action is-replace"/g)).toHaveLength(1);
    expect(String(page)).toContain("1 to redeploy");
    const done = applyComment({
      stage: "dev",
      origin,
      asked: { kind: "merge" },
      stacks: [{ directory: ".", state: "finished", result }],
    });
    expect(done).toContain("redeployed");
    expect(done).toContain("1 replaced");
  });

  it("has the same symbol at the terminal and on the page, and its emoji in comments", () => {
    for (const kind of KINDS.filter((one) => one !== "no-op")) {
      const { symbol, emoji } = VOCABULARY[kind];
      expect(terminal).toMatch(new RegExp(`^\\${symbol} ${kind} `, "m"));
      expect(String(page)).toContain(`<span class="sign" aria-hidden="true">${symbol}</span>${kind}</span>`);
      // A delete is told in the caution alone.
      expect(comment).toContain(kind === "delete" ? `${emoji} **Deletes**` : `${emoji}\u00a0${kind}`);
    }
  });

  it("has a symbol, an emoji and a word of its own", () => {
    for (const of of ["symbol", "emoji", "done", "doing", "color"] as const) {
      expect(new Set(KINDS.map((kind) => VOCABULARY[kind][of])).size).toBe(KINDS.length);
    }
  });

  it("took as long in the comment as on the page", () => {
    expect(duration(65_000)).toBe("1 min 05 s");
    expect(String(page)).toContain("1 min 05 s");
    const slow = { ...result, durationMs: 65_000 };
    const done = applyComment({
      stage: "dev",
      origin,
      asked: { kind: "merge" },
      stacks: [{ directory: ".", state: "finished", result: slow }],
    });
    expect(done).toContain("1 min 05 s");
  });
});
