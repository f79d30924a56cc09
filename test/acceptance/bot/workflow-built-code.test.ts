/** Built code with the bot inside a workflow: nobody wakes it when a build ends, so its job is one of the build's own workflow. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { actionEnvironment } from "../../fakes/github/action/environment.ts";
import { type ActionRun, runAction } from "../../fakes/github/action/run.ts";
import { artifactDigest } from "../../fakes/artifact-digest.ts";
import type { Repository } from "../../fakes/github/state/types.ts";
import { createFakeSigstore } from "../../fakes/sigstore.ts";
import { program } from "../process.ts";
import { closedGatesIn, codesIn, stateOf } from "../reading.ts";
import { artifactStack, startWorld, type World } from "../world.ts";

const SETTINGS = `code: { workflow: build.yml, sources: [functions] }
stages:
  dev:
    apply: on-merge
    gates: [permission, plan-current]
`;
const artifacts = { orders: { "handler.mjs": "export const handler = async () => 1;\n" } };

let world: World;
beforeAll(async () => {
  world = await startWorld({
    "package.json": '{ "name": "shop" }',
    ".github/gatewright.yml": SETTINGS,
    ".github/workflows/build.yml": "on: push\n",
  });
  world.repository.collaborators.set("ana", "write");
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

/** The job of a push, or of a comment, as a job of this workflow run. */
async function job(
  subject: Parameters<typeof actionEnvironment>[1],
  options: object,
  run = 1,
  env: Readonly<Record<string, string>> = {},
): Promise<ActionRun> {
  const environment = actionEnvironment(world.github, subject, {
    ...options,
    env: { ...world.awsEnv, HOME: "/nonexistent", GITHUB_RUN_ID: String(run), ...env },
  });
  const ended = await runAction(program("bot-workflow"), environment);
  rmSync(environment.directory, { recursive: true, force: true });
  return ended;
}

const main = ({ refs }: Repository): string => refs.get("refs/heads/main") ?? "";

test("a command finds the finished build of the head, a merge that of its own workflow run", async () => {
  const { github, repository, aws } = world;
  const ana = github.person("ana");
  const pull = world.pullRequest({ "resources.js": artifactStack(), "functions/orders.ts": "code" });
  const last = (): string => pull.comments.at(-1)?.body ?? "";
  const command = (text: string) => job(pull, { event: "issue_comment", comment: ana.comment(pull, text) });

  expect((await command("/plan")).exitCode).toBe(1);
  expect(codesIn(last())).toEqual(["CODE_NOT_BUILT"]);
  await command("/apply");
  expect(closedGatesIn(last())).toEqual(["plan-current", "built"]);
  github.workflowRun(repository, {
    workflow: "build.yml",
    sha: pull.pull.head.sha,
    artifacts,
    conclusion: "success",
  });
  expect((await command("/plan")).exitCode).toBe(0);

  github.person("olga").push(repository, "main", { "functions/other.ts": "more" });
  ana.merge(pull, "squash");
  const sha = main(repository);
  const run = github.workflowRun(repository, { workflow: "build.yml", sha, event: "push", artifacts });
  const early = await job(repository, { event: "push" });
  expect([early.exitCode, aws.state.functions.size]).toEqual([1, 0]);
  const own = await job(repository, { event: "push" }, run.id);
  expect(own.exitCode, own.log).toBe(0);
  expect(aws.state.functions.has("orders")).toBe(true);
  expect(pull.comments.some(({ body }) => stateOf(body) === "done")).toBe(true);
});

test("a stage that wants attestations takes only code that has one", async () => {
  const { github, repository } = world;
  const [ana, olga] = [github.person("ana"), github.person("olga")];
  const settings = SETTINGS.replace("dev:", "dev:\n    attestation: github-hosted");
  olga.push(repository, "main", { ".github/gatewright.yml": settings });
  const pull = world.pullRequest(
    { "resources.js": artifactStack("other"), "functions/orders.ts": "more" },
    { branch: "attested" },
  );
  const run = github.workflowRun(repository, {
    workflow: "build.yml",
    sha: pull.pull.head.sha,
    artifacts,
    conclusion: "success",
  });
  const folder = mkdtempSync(join(tmpdir(), "gatewright-root-"));
  const file = join(folder, "trusted-root.jsonl");
  const sigstore = await createFakeSigstore({ logged: false });
  writeFileSync(file, sigstore.root);
  const plan = (env = { GATEWRIGHT_TRUSTED_ROOT: file }) =>
    job(pull, { event: "issue_comment", comment: ana.comment(pull, "/plan") }, 1, env);
  const last = (): string => pull.comments.findLast(({ body }) => body !== "/plan")?.body ?? "";
  try {
    expect((await plan()).exitCode).toBe(1);
    expect(codesIn(last())).toEqual(["CODE_NOT_ATTESTED"]);
    const digest = artifactDigest(run, "orders");
    const serverUrl = github.world.urls.html;
    const job = {
      serverUrl,
      issuer: `https://token.actions.${new URL(serverUrl).host}`,
      repository: "acme/shop",
      repositoryId: repository.id,
      workflow: ".github/workflows/build.yml",
      sha: pull.pull.head.sha,
      ref: "refs/heads/attested",
      event: "push",
      runId: run.id,
      predicateType: "https://slsa.dev/provenance/v1",
      digest: digest.slice("sha256:".length),
    };
    const attest = async (runner: string): Promise<void> => {
      const bundle = await sigstore.attest({ ...job, runner });
      github.attest(repository, digest, JSON.parse(JSON.stringify(bundle)));
    };
    await attest("self-hosted");
    await plan();
    expect(codesIn(last())).toEqual(["CODE_ATTESTATION_WRONG"]);
    expect(last()).toContain("self-hosted");
    await attest("github-hosted");
    expect((await plan()).exitCode).toBe(0);
    expect(last()).toContain("attested");
    writeFileSync(file, "{");
    expect((await plan()).exitCode).toBe(1);
    expect(codesIn(last())).toEqual(["ATTESTATION_ROOT"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
