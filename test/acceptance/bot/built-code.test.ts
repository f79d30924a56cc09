/** Code that a workflow builds, with the bot as a process: not built yet, built, built again, merged, expired, a fork's, previewed. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest, Repository, WorkflowRun } from "../../fakes/github/state/types.ts";
import { artifactDigest } from "../../fakes/artifact-digest.ts";
import { type Attested, createFakeSigstore, type FakeSigstore } from "../../fakes/sigstore.ts";
import { closedGatesIn, codesIn, countsOf, gatesIn, planIdIn, stateOf } from "../reading.ts";
import { artifactStack } from "../world.ts";
import { deployedCode } from "./deployed-code.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
let sigstore: FakeSigstore;
let folder: string;
beforeAll(async () => {
  sigstore = await createFakeSigstore();
  folder = mkdtempSync(join(tmpdir(), "gatewright-root-"));
  const file = join(folder, "trusted-root.jsonl");
  writeFileSync(file, sigstore.root);
  world = await startBotWorld({ env: { GATEWRIGHT_TRUSTED_ROOT: file } });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world?.close();
});
afterEach(() => expect(world.github.violations).toEqual([]));

const SETTINGS = `code: { workflow: build.yml, sources: [functions] }
stages:
  dev:
    gates: [permission, approved, up-to-date, plan-current]
`;

const CODE = { "handler.mjs": "export const handler = async () => 1;\n" };
const OTHER = { "handler.mjs": "export const handler = async () => 2;\n" };

const deployed = (name: string) => deployedCode(world.aws, name);

function build(
  repository: Repository,
  sha: string,
  files: Readonly<Record<string, string>> = CODE,
  event = "pull_request",
): WorkflowRun {
  const artifacts = { orders: files };
  return world.github.workflowRun(repository, {
    workflow: "build.yml",
    sha,
    event,
    artifacts,
    conclusion: "success",
  });
}

const main = ({ refs }: Repository): string => refs.get("refs/heads/main") ?? "";

function opened(files: Readonly<Record<string, string>> = {}, settings = SETTINGS) {
  const scenario = world.scenario({
    settings,
    files: { ".github/workflows/build.yml": "on: push\n" },
  });
  const { name, repository } = scenario;
  const pull = scenario.open({
    "resources.js": artifactStack(name),
    "functions/orders.ts": "code",
    ...files,
  });
  return { ...scenario, name, repository, pull, sha: pull.pull.head.sha };
}

/** Waits for a plan comment with a plan. */
function planned(pull: PullRequest, isIt: (body: string) => boolean = () => true): Promise<string> {
  return world.told(pull, "a plan", (body) => stateOf(body) === "changes" && isIt(body));
}

function applied(pull: PullRequest, state: string): Promise<string> {
  return world.told(
    pull,
    `an apply that is ${state}`,
    (body) => body.includes("gatewright:apply") && stateOf(body) === state,
  );
}

describe("a pull request", () => {
  test("is planned when its build ends, and applied with the very bytes", async () => {
    const { name, repository, pull, sha } = opened();
    const run = world.github.workflowRun(repository, { workflow: "build.yml", sha });
    const { body } = await world.ask(pull, "/plan");
    expect(codesIn(body)).toEqual(["CODE_NOT_BUILT"]);
    world.ben.approve(pull);
    expect(closedGatesIn((await world.ask(pull, "/apply")).body)).toEqual(["plan-current", "built"]);
    world.github.upload(run, "orders", CODE);
    world.github.endWorkflowRun(repository, run, "success");
    const plan = await planned(pull);
    expect(plan).toContain("run 1 of build.yml");
    const answer = await world.ask(pull, `/apply ${planIdIn(plan)}`);
    expect(stateOf(answer.body)).toBe("done");
    expect(deployed(name)).toEqual(CODE);
    // The same contents from another run are no change.
    build(repository, sha);
    expect(stateOf((await world.ask(pull, "/plan")).body)).toBe("unchanged");
    build(repository, sha, OTHER);
    const next = await world.ask(pull, "/plan");
    expect(countsOf(next.body)).toMatchObject({ update: 1 });
    expect(next.body).toContain("run 3 of build.yml");
  });

  test("is planned once when the news of its build comes twice, and not for an old head", async () => {
    const { repository, pull, sha } = opened();
    const run = world.github.workflowRun(repository, { workflow: "build.yml", sha });
    await world.ask(pull, "/plan");
    world.github.upload(run, "orders", CODE);
    world.github.endWorkflowRun(repository, run, "success");
    await planned(pull);
    const news = world.github.hooks.deliveries.findLast(({ event }) => event === "workflow_run");
    if (news === undefined) throw new Error("no news of the run");
    world.github.hooks.redeliver(news);
    const plans = () =>
      repository.suites.flatMap(({ runs }) => runs.filter(({ name }) => name.startsWith("gatewright plan")));
    await world.quiet();
    expect(plans()).toHaveLength(2);
    world.ana.push(repository, "topic", { "functions/orders.ts": "newer" });
    const head = pull.pull.head.sha;
    const next = world.github.workflowRun(repository, { workflow: "build.yml", sha: head });
    expect(codesIn((await world.ask(pull, "/plan")).body)).toEqual(["CODE_NOT_BUILT"]);
    world.ana.push(repository, "topic", { "functions/orders.ts": "newest" });
    world.github.upload(next, "orders", OTHER);
    world.github.endWorkflowRun(repository, next, "success");
    await world.quiet();
    expect(plans()).toHaveLength(3);
  });

  test("whose build ended while the bot was down is planned when it is back and hears of it", async () => {
    const { repository, pull, sha } = opened();
    const run = world.github.workflowRun(repository, { workflow: "build.yml", sha });
    await world.ask(pull, "/plan");
    await world.quiet();
    await world.bot().stop();
    world.github.upload(run, "orders", CODE);
    world.github.endWorkflowRun(repository, run, "success");
    await world.quiet();
    await world.start();
    const missed = world.github.hooks.deliveries.findLast(({ event }) => event === "workflow_run");
    if (missed === undefined) throw new Error("no news of the run");
    world.github.hooks.redeliver(missed);
    await planned(pull);
  });

  test("other bytes than those that were planned are never applied", async () => {
    const { name, repository, pull, sha } = opened();
    build(repository, sha);
    const { body } = await world.ask(pull, "/plan");
    world.ben.approve(pull);
    build(repository, sha, OTHER);
    const answer = await world.ask(pull, `/apply ${planIdIn(body)}`);
    expect(codesIn(answer.body)).toContain("PLAN_STALE");
    expect(deployed(name)).toBeUndefined();
  });

  test("the gate closes again when the artifact goes, and says what to do", async () => {
    const { repository, pull, sha } = opened();
    const run = build(repository, sha);
    const { body } = await world.ask(pull, "/plan");
    world.ben.approve(pull);
    for (const artifact of run.artifacts) artifact.expired = true;
    const refused = await world.ask(pull, `/apply ${planIdIn(body)}`);
    expect(closedGatesIn(refused.body)).toEqual(["built"]);
    expect(refused.body).toContain("Re-run all jobs");
    world.github.rerunWorkflow(repository, run);
    expect(closedGatesIn((await world.ask(pull, `/apply ${planIdIn(body)}`)).body)).toEqual(["built"]);
    world.github.upload(run, "orders", CODE);
    world.github.endWorkflowRun(repository, run, "success");
    const answer = await world.ask(pull, `/apply ${planIdIn(body)}`);
    expect([stateOf(answer.body), gatesIn(refused.body)["plan-current"]]).toEqual(["done", true]);
  });

  test("an artifact of another workflow is not taken, whatever its name", async () => {
    const { repository, pull, sha } = opened();
    const artifacts = { orders: CODE };
    world.github.workflowRun(repository, { workflow: "evil.yml", sha, artifacts, conclusion: "success" });
    expect(codesIn((await world.ask(pull, "/plan")).body)).toEqual(["CODE_WORKFLOW_OTHER"]);
  });

  test("that changes the build itself says so outside the folds", async () => {
    const { repository, pull, sha } = opened({ ".github/workflows/build.yml": "on: [push, pull_request]\n" });
    build(repository, sha);
    const { body } = await world.ask(pull, "/plan");
    const [above = ""] = body.split("<details>");
    expect(above).toContain("`.github/workflows/build.yml`");
    expect(above).toContain("builds the code of this plan");
  });

  test("of a fork is planned with the fork's artifact when a writer asks", async () => {
    const { open, repository, name } = world.scenario({ settings: SETTINGS });
    const pull = open({ "resources.js": artifactStack(name), "functions/orders.ts": "code" }, { fork: true });
    const { sha, repository: fork } = pull.pull.head;
    world.github.workflowRun(repository, {
      workflow: "build.yml",
      sha,
      headRepository: fork,
      artifacts: { orders: CODE },
      conclusion: "success",
    });
    await world.quiet();
    expect(ownComments(pull)).toEqual([]);
    expect(stateOf((await world.ask(pull, "/plan")).body)).toBe("changes");
  });
});

describe("a stage that wants attestations", () => {
  const ATTESTED = SETTINGS.replace("dev:", "dev:\n    attestation: required");

  async function attest(
    repository: Repository,
    run: WorkflowRun,
    changed: Partial<Attested> = {},
  ): Promise<void> {
    const serverUrl = world.github.world.urls.html;
    const digest = artifactDigest(run, "orders");
    const bundle = await sigstore.attest({
      serverUrl,
      issuer: `https://token.actions.${new URL(serverUrl).host}`,
      repository: `acme/${repository.name}`,
      repositoryId: repository.id,
      workflow: ".github/workflows/build.yml",
      sha: run.sha,
      ref: `refs/heads/${run.branch}`,
      event: "push",
      runId: run.id,
      runner: "self-hosted",
      predicateType: "https://slsa.dev/provenance/v1",
      digest: digest.slice("sha256:".length),
      ...changed,
    });
    world.github.attest(repository, digest, JSON.parse(JSON.stringify(bundle)));
  }

  test("plans and applies only code whose build provenance is of its workflow and commit", async () => {
    const { name, repository, pull, sha } = opened({}, ATTESTED);
    const run = build(repository, sha);
    const { body } = await world.ask(pull, "/plan");
    expect(codesIn(body)).toEqual(["CODE_NOT_ATTESTED"]);
    world.ben.approve(pull);
    const refused = await world.ask(pull, "/apply");
    expect(closedGatesIn(refused.body)).toEqual(["plan-current", "built"]);
    expect(refused.body).toContain("actions/attest");

    await attest(repository, run, { workflow: ".github/workflows/evil.yml" });
    const wrong = await world.ask(pull, "/plan");
    expect(codesIn(wrong.body)).toEqual(["CODE_ATTESTATION_WRONG"]);
    expect(wrong.body).toContain("evil.yml");
    await attest(repository, run, { sha: "4".repeat(40) });
    expect(closedGatesIn((await world.ask(pull, "/apply")).body)).toEqual(["plan-current", "built"]);
    expect(deployed(name)).toBeUndefined();

    await attest(repository, run);
    const plan = await world.ask(pull, "/plan");
    expect(plan.body).toContain("run 1 of build.yml, attested");
    const answer = await world.ask(pull, `/apply ${planIdIn(plan.body)}`);
    expect(stateOf(answer.body)).toBe("done");
    expect(deployed(name)).toEqual(CODE);
  });

  test("closes again when the attestation goes between plan and apply", async () => {
    const { name, repository, pull, sha } = opened({}, ATTESTED);
    await attest(repository, build(repository, sha));
    const { body } = await world.ask(pull, "/plan");
    world.ben.approve(pull);
    repository.attestations.clear();
    expect(closedGatesIn((await world.ask(pull, `/apply ${planIdIn(body)}`)).body)).toEqual(["built"]);
    expect(deployed(name)).toBeUndefined();
  });

  test("does not apply a merge whose code has none", async () => {
    const { name, repository, pull, sha } = opened({}, ATTESTED);
    const run = build(repository, sha);
    await attest(repository, run);
    await world.ask(pull, "/plan");
    world.ben.approve(pull);
    repository.attestations.clear();
    world.ana.merge(pull, "squash");
    // The head's artifact is passed over, and the merge's own is not built yet.
    expect(codesIn(await applied(pull, "stopped"))).toEqual(["CODE_NOT_BUILT"]);
    build(repository, main(repository), CODE, "push");
    await world.told(pull, "what is missing", (text) => codesIn(text).includes("CODE_NOT_ATTESTED"));
    expect(deployed(name)).toBeUndefined();
  });
});

describe("a merge", () => {
  test("by squash applies the reviewed artifact, because it has the sources of the head", async () => {
    const { name, repository, pull, sha } = opened();
    build(repository, sha);
    await world.ask(pull, "/plan");
    world.ben.approve(pull);
    world.ana.merge(pull, "squash");
    expect(await applied(pull, "done")).toContain(name);
    expect(deployed(name)).toEqual(CODE);
    // Its own build gives other bytes: nobody reviewed those, and nobody asked.
    build(repository, main(repository), OTHER, "push");
    await world.quiet();
    expect(deployed(name)).toEqual(CODE);
  });

  test("with other sources waits for its own build, and is applied when that ends", async () => {
    const { name, repository, pull, sha } = opened();
    build(repository, sha);
    await world.ask(pull, "/plan");
    world.ben.approve(pull);
    world.ben.push(repository, "main", { "functions/other.ts": "more" });
    await world.quiet();
    world.ana.merge(pull, "squash");
    expect(codesIn(await applied(pull, "stopped"))).toEqual(["CODE_NOT_BUILT"]);
    expect(deployed(name)).toBeUndefined();
    expect(repository.issues.filter((issue) => issue.pull === undefined)).toEqual([]);
    build(repository, main(repository), CODE, "push");
    await applied(pull, "done");
    expect(deployed(name)).toEqual(CODE);
  });

  test("whose build fails says so", async () => {
    const { repository, pull, sha } = opened();
    build(repository, sha);
    await world.ask(pull, "/plan");
    world.ben.approve(pull);
    world.ben.push(repository, "main", { "functions/other.ts": "more" });
    await world.quiet();
    world.ana.merge(pull, "squash");
    await applied(pull, "stopped");
    const run = world.github.workflowRun(repository, {
      workflow: "build.yml",
      sha: main(repository),
      event: "push",
    });
    world.github.endWorkflowRun(repository, run, "failure");
    await world.told(pull, "the failed build", (body) => codesIn(body).includes("CODE_BUILD_FAILED"));
  });
});

describe("a preview", () => {
  test("waits for its build and is applied when that ends; a push waits for its own, whatever becomes of older ones", async () => {
    const { name, repository, pull, sha } = opened({}, `${SETTINGS}preview: { stage: dev }\n`);
    const copy = `${name}-pr-${pull.number}`;
    const isPreview = (body: string): boolean => body.includes("gatewright:preview");
    const comesTo = (state: string, head: string): Promise<string> =>
      world.told(
        pull,
        `a preview of ${head} that is ${state}`,
        (body) => isPreview(body) && stateOf(body) === state && body.includes(head),
      );
    const began = (head: string): WorkflowRun =>
      world.github.workflowRun(repository, { workflow: "build.yml", sha: head });
    const ended = (run: WorkflowRun, files: Readonly<Record<string, string>>): void => {
      world.github.upload(run, "orders", files);
      world.github.endWorkflowRun(repository, run, "success");
    };
    const pushed = (text: string): string => {
      world.ana.push(repository, "topic", { "functions/orders.ts": text });
      return pull.pull.head.sha;
    };

    const first = began(sha);
    const asked = world.ana.comment(pull, "/preview");
    expect(codesIn(await comesTo("stopped", sha))).toEqual(["CODE_NOT_BUILT"]);
    expect(deployed(copy)).toBeUndefined();
    await world.quiet();
    ended(first, CODE);
    await comesTo("done", sha);
    await world.answered(pull, asked);
    // What waited had no answer yet: only what the build made possible has.
    expect(asked.reactions.map(({ content }) => content)).toEqual(["eyes", "rocket"]);
    expect(deployed(copy)).toEqual(CODE);

    const old = pushed("newer");
    const late = began(old);
    expect(codesIn(await comesTo("stopped", old))).toEqual(["CODE_NOT_BUILT"]);
    const head = pushed("newest");
    await comesTo("stopped", head);
    ended(late, { "handler.mjs": "export const handler = async () => 0;\n" });
    await world.quiet();
    ended(began(head), OTHER);
    await comesTo("done", head);
    expect(deployed(copy)).toEqual(OTHER);
    const updates = world.aws.calls.filter(({ operation }) => operation === "UpdateFunctionCode");
    expect(updates.filter(({ input }) => JSON.stringify(input).includes(copy))).toHaveLength(1);
    expect(ownComments(pull).filter((comment) => isPreview(comment.body))).toHaveLength(1);
    // The stage itself has nothing of it.
    expect(deployed(name)).toBeUndefined();
  });
});

describe("/rollback", () => {
  const MERGED = SETTINGS.replace("dev:", "dev:\n    apply: on-merge").replace("approved, up-to-date, ", "");

  test("goes back to the code that was deployed then, as long as GitHub has it", async () => {
    const { open, name, repository } = world.scenario({ settings: MERGED });
    const merge = async (branch: string, code: Readonly<Record<string, string>>) => {
      const pull = open({ "resources.js": artifactStack(name), "functions/orders.ts": branch }, { branch });
      const run = build(repository, pull.pull.head.sha, code);
      world.ana.merge(pull, "squash");
      await applied(pull, "done");
      expect(deployed(name)).toEqual(code);
      return { pull, run };
    };
    const { run } = await merge("first", CODE);
    const { pull } = await merge("second", OTHER);
    const { body } = await world.ask(pull, "/rollback");
    expect(body).toContain("run 1 of build.yml");
    for (const artifact of run.artifacts) artifact.expired = true;
    const refused = await world.ask(pull, `/rollback ${planIdIn(body)} -s dev`);
    expect(closedGatesIn(refused.body)).toEqual(["built"]);
    for (const artifact of run.artifacts) artifact.expired = false;
    const answer = await world.ask(pull, `/rollback ${planIdIn(body)} -s dev`);
    expect(stateOf(answer.body)).toBe("done");
    expect(deployed(name)).toEqual(CODE);
  });
});
