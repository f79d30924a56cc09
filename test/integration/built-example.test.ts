/** examples/built-code from its workflow's steps to an answer: built, uploaded, found by its commit, deployed to MiniStack, called. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import type { StackOptions } from "../../src/engine/stack.ts";
import { commitArtifacts } from "../../src/github/built/commit.ts";
import { connectGitHub } from "../../src/github/client.ts";
import { codeOfArtifacts } from "../../src/source/built-code.ts";
import { createLocalSource } from "../../src/source/local-source.ts";
import { call } from "../acceptance/call.ts";
import { startMiniStack } from "../emulators/ministack.ts";
import type { Emulator } from "../emulators/process.ts";
import { createFakeGitHub } from "../fakes/github/fake-github.ts";
import { type BuiltExample, buildExample } from "./built-example.ts";
import { changesOf, failuresOf } from "./harness.ts";

const REGION = "eu-west-2";
const github = createFakeGitHub();
let built: BuiltExample;
let emulator: Emulator;

beforeAll(async () => {
  built = buildExample();
  await github.listen();
  emulator = await startMiniStack();
});
afterAll(async () => {
  built?.remove();
  await Promise.all([github.close(), emulator?.stop()]);
  expect(github.violations).toEqual([]);
});

test("what the workflow built answers, and a rebuild of the same is no change", async () => {
  const repository = github.repository("acme/shop", { files: { "README.md": "shop" } });
  const sha = repository.refs.get("refs/heads/main") ?? "";
  const build = () =>
    github.workflowRun(repository, {
      workflow: "build.yml",
      sha,
      event: "push",
      artifacts: built.artifacts,
      conclusion: "success",
    });
  const run = build();
  const token = github.actionsToken(repository, { actions: "read", contents: "read", pull_requests: "read" });
  const { request } = connectGitHub({ token, apiUrl: github.world.urls.api });
  const stack = (): StackOptions => ({
    source: createLocalSource(built.folder, { untracked: true }),
    directory: ".",
    stage: "dev",
    region: REGION,
    built: codeOfArtifacts(
      commitArtifacts(request, {
        place: { owner: "acme", repo: "shop" },
        repositoryId: repository.id,
        code: { workflow: "build.yml", sources: ["functions"] },
        sha,
      }),
    ),
  });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const aws = () => connectAws({ region: REGION, endpoint: emulator.url, credentials });

  const { plan } = await planStack(stack(), aws());
  expect(plan.problems).toEqual([]);
  const from = plan.changes.flatMap(({ name, code }) => (code === undefined ? [] : [[name, code.from]]));
  expect(from).toEqual([
    ["orders", "run 1 of build.yml"],
    ["report", "run 1 of build.yml"],
    ["worker", "run 1 of build.yml"],
  ]);
  const applied = await applyStack(stack(), aws(), { planId: plan.id });
  expect(failuresOf(applied)).toEqual([]);
  const endpoint = applied.outputs.find(({ name }) => name === "ApiEndpoint")?.value ?? "";
  expect(JSON.parse((await call(endpoint, "/orders")).body)).toEqual({ orders: [{ id: "o-1", pieces: 2 }] });
  expect(JSON.parse((await call(endpoint, "/report")).body)).toEqual({ pieces: "1,204" });

  for (const artifact of run.artifacts) artifact.expired = true;
  build();
  expect(changesOf((await planStack(stack(), aws())).plan)).toEqual([]);
  expect(failuresOf(await destroyStack(stack(), aws()))).toEqual([]);
}, 120_000);
