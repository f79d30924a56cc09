/** Every build that is not taken, by the running bot: the plan says why and what to do, the gate `built` stays closed, AWS gets nothing. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest, Repository, WorkflowRun } from "../../fakes/github/state/types.ts";
import { closedGatesIn, codesIn, planIdIn, stateOf } from "../reading.ts";
import { artifactStack } from "../world.ts";
import { deployedCode } from "./deployed-code.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  world.github.faults.clear();
  expect(world.github.violations).toEqual([]);
});

const SETTINGS = `code: { workflow: build.yml, sources: [functions] }
stages:
  dev:
    gates: [permission, plan-current]
`;
const CODE = { "handler.mjs": "export const handler = async () => 1;\n" };
const OTHER = { "handler.mjs": "export const handler = async () => 2;\n" };

interface Opened {
  readonly name: string;
  readonly repository: Repository;
  readonly pull: PullRequest;
  readonly sha: string;
}

function opened(fork = false): Opened {
  const { name, repository, open } = world.scenario({
    settings: SETTINGS,
    files: { ".github/workflows/build.yml": "on: push\n" },
  });
  const pull = open({ "resources.js": artifactStack(name), "functions/orders.ts": "code" }, { fork });
  return { name, repository, pull, sha: pull.pull.head.sha };
}

type How = Partial<Parameters<BotWorld["github"]["workflowRun"]>[1]>;
const built = ({ repository, sha }: Opened, how: How = {}): WorkflowRun =>
  world.github.workflowRun(repository, {
    workflow: "build.yml",
    sha,
    artifacts: { orders: CODE },
    conclusion: "success",
    ...how,
  });
const expired = (run: WorkflowRun): void => {
  for (const artifact of run.artifacts) artifact.expired = true;
};

describe("no code is taken", () => {
  test.each<[string, string, RegExp, (at: Opened) => unknown]>([
    ["before there is a run", "CODE_NOT_BUILT", /Wait for it to begin/, () => undefined],
    [
      "of a run that is under way, which has uploaded it already",
      "CODE_NOT_BUILT",
      /Wait for run 1/,
      ({ repository, sha }) =>
        world.github.workflowRun(repository, { workflow: "build.yml", sha, artifacts: { orders: CODE } }),
    ],
    ["of a run that failed", "CODE_BUILD_FAILED", /run's log/, (at) => built(at, { conclusion: "failure" })],
    [
      "of a run that was cancelled",
      "CODE_BUILD_FAILED",
      /run's log/,
      (at) => built(at, { conclusion: "cancelled" }),
    ],
    ["that has expired", "CODE_ARTIFACT_EXPIRED", /Re-run all jobs/, (at) => expired(built(at))],
    [
      "of a name that was uploaded twice",
      "CODE_ARTIFACT_AMBIGUOUS",
      /under a name of its own/,
      (at) => world.github.upload(built(at), "orders", OTHER),
    ],
    [
      "of another name",
      "CODE_ARTIFACT_MISSING",
      /It has Orders/,
      (at) => built(at, { artifacts: { Orders: CODE } }),
    ],
    [
      "of another repository's run for the same commit",
      "CODE_ARTIFACT_FOREIGN",
      /Push the commit to a branch of this repository/,
      (at) => built(at, { headRepository: world.github.fork(at.repository, "rea") }),
    ],
    [
      "of another workflow file",
      "CODE_WORKFLOW_OTHER",
      /Only build\.yml counts/,
      (at) => built(at, { workflow: "evil.yml" }),
    ],
    [
      "of an older attempt, while the next one is under way",
      "CODE_NOT_BUILT",
      /Wait for run 1/,
      (at) => world.github.rerunWorkflow(at.repository, built(at)),
    ],
    [
      "of an older attempt, when the next one failed",
      "CODE_BUILD_FAILED",
      /run's log/,
      (at) => {
        const run = built(at);
        world.github.rerunWorkflow(at.repository, run);
        world.github.endWorkflowRun(at.repository, run, "failure");
      },
    ],
    [
      "of an older run, when a newer one failed",
      "CODE_BUILD_FAILED",
      /run's log/,
      (at) => {
        built(at);
        built(at, { conclusion: "failure" });
      },
    ],
  ])("%s", async (_what, code, hint, make) => {
    const at = opened();
    make(at);
    const planned = await world.ask(at.pull, "/plan");
    expect([codesIn(planned.body), planned.reaction]).toEqual([[code], "confused"]);
    expect(planned.body).toMatch(hint);
    const refused = await world.ask(at.pull, "/apply");
    expect(closedGatesIn(refused.body)).toContain("built");
    expect(deployedCode(world.aws, at.name)).toBeUndefined();
  });

  test("whose bytes are not those that GitHub has the digest of, or are no zip", async () => {
    const at = opened();
    built(at);
    world.github.faults.add({
      on: /artifact-storage/,
      status: 200,
      body: "other bytes",
      times: 1,
    });
    expect(codesIn((await world.ask(at.pull, "/plan")).body)).toEqual(["CODE_ARTIFACT_DIGEST"]);
    built(at, { artifacts: { orders: Buffer.from("no zip at all") } });
    expect(codesIn((await world.ask(at.pull, "/plan")).body)).toEqual(["CODE_ARTIFACT_INVALID"]);
  });

  test("that inflates to more than a function may have", async () => {
    const at = opened();
    const size = 251 * 1024 * 1024;
    built(at, { artifacts: { orders: { "handler.mjs": new Uint8Array(size) } } });
    expect(codesIn((await world.ask(at.pull, "/plan")).body)).toEqual(["CODE_TOO_LARGE"]);
  });
});

describe("what was planned", () => {
  test("is not applied when the artifact is another one by then; a newer attempt's is planned again", async () => {
    const at = opened();
    const run = built(at);
    const { body } = await world.ask(at.pull, "/plan");
    world.github.rerunWorkflow(at.repository, run);
    world.github.upload(run, "orders", OTHER);
    world.github.endWorkflowRun(at.repository, run, "success");
    const refused = await world.ask(at.pull, `/apply ${planIdIn(body)}`);
    expect(codesIn(refused.body)).toContain("PLAN_STALE");
    expect(deployedCode(world.aws, at.name)).toBeUndefined();
    const again = await world.ask(at.pull, "/plan");
    expect((await world.ask(at.pull, `/apply ${planIdIn(again.body)}`)).reaction).toBe("rocket");
    expect(deployedCode(world.aws, at.name)).toEqual(OTHER);
  });

  test("of a fork is planned for a writer alone, and never applied", async () => {
    const at = opened(true);
    built(at, { headRepository: at.pull.pull.head.repository });
    await world.quiet();
    expect(ownComments(at.pull)).toEqual([]);
    const asked = world.rea.comment(at.pull, "/plan");
    const answer = await world.answered(at.pull, asked);
    expect([answer.reaction, codesIn(answer.body)]).toEqual(["confused", ["GATE_PERMISSION"]]);
    const planned = await world.ask(at.pull, "/plan");
    expect(stateOf(planned.body)).toBe("changes");
    const refused = await world.ask(at.pull, `/apply ${planIdIn(planned.body)}`);
    expect([refused.reaction, deployedCode(world.aws, at.name)]).toEqual(["confused", undefined]);
  });
});
