import { describe, expect, it } from "vitest";
import { evaluateGates } from "../../../../../bot/gates/evaluate.ts";
import { readBuilt } from "../../../../../bot/gates/facts/built.ts";
import type { Services } from "../../../../../bot/services/services.ts";
import type { GateState } from "../../../../../src/model/gate.ts";
import { createRequest, type GitHubRequest } from "../../../../../src/github/client.ts";
import { settingsSchema } from "../../../../../src/settings/schema.ts";
import { createFakeClock } from "../../../../fakes/clock.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";
import { httpError } from "../../../github/memory-github.ts";
import { PULL } from "../pull.ts";

const SPEC = `exports.createResources = () => [
  { type: "Role", group: "IAM", name: "orders-role", properties: () => ({
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" } ] } }) },
  { type: "Function", group: "Lambda", name: "orders",
    properties: () => ({ Runtime: "nodejs22.x", Handler: "handler.handler", Code: { Artifact: "orders" } }),
    dependencies: () => ({ role: "orders-role" }) },
];
`;
const LISTED = { path: "resources.js", type: "blob", mode: "100644", sha: "the spec", size: SPEC.length };

const PLAIN = "exports.createResources = () => [];\n";

interface Asked {
  readonly spec?: string;
  readonly workflow?: boolean;
  readonly gone?: string;
  /** The stack whose spec GitHub does not give. */
  readonly refused?: RegExp;
  readonly artifacts?: readonly string[];
}

/** What is known of the code of a stack, and what was asked of GitHub and for which AWS. */
async function built({ spec = SPEC, workflow = true, gone, refused = /^none$/, artifacts }: Asked) {
  const clock = createFakeClock();
  const sha = "1".repeat(40);
  const run = {
    id: 57,
    run_number: 57,
    run_attempt: 1,
    path: ".github/workflows/build.yml",
    head_sha: sha,
    status: "completed",
    conclusion: "success",
    run_started_at: "2026-01-01T00:00:00Z",
  };
  const stack = aStack();
  const repository = { ...stack.repository, id: Math.floor(Math.random() * 1e9) };
  const answers: Readonly<Record<string, unknown>> = {
    "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": { tree: [{ ...LISTED, size: spec.length }] },
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": { content: Buffer.from(spec).toString("base64") },
    "GET /repos/{owner}/{repo}/actions/runs": {
      workflow_runs: artifacts === undefined ? [] : [{ ...run, head_repository: { id: repository.id } }],
    },
    "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts": {
      artifacts: (artifacts ?? []).map((name, index) => ({
        id: index + 1,
        name,
        size_in_bytes: 10,
        digest: `sha256:${"a".repeat(64)}`,
        expired: false,
        created_at: "2026-01-01T00:05:00Z",
        workflow_run: { id: 57, head_sha: sha, head_repository_id: repository.id },
      })),
    },
  };
  const asked: string[] = [];
  const send: GitHubRequest = async (route) => {
    asked.push(route.replace(/^.*\{repo\}/, ""));
    if (refused.test(route)) throw httpError(502, "no");
    return { status: 200, headers: {}, data: answers[route] ?? [] };
  };
  const settings = settingsSchema.parse({
    projectName: "shop",
    ...(workflow ? { code: { workflow: "build.yml" } } : {}),
    stages: { dev: {} },
  });
  const { dev: stage } = settings.stages;
  if (stage === undefined) throw new Error("no stage");
  const aws: unknown[] = [];
  const services = {
    clock,
    aws: (_stack: unknown, _stage: unknown, purpose: string, run: unknown) => {
      aws.push([purpose, run]);
      return { region: "eu-west-2", clock };
    },
  } as unknown as Services;
  const request = createRequest(send, { audience: "app", clock });
  const target = { stack: { ...stack, repository }, stage, gone };
  const fact = await readBuilt({ services, request, repository, settings }, target, sha);
  return { fact, asked, aws };
}

/** The gate `built` of an apply of a stack whose function is built; GitHub refuses the routes that match with a status. */
async function builtGate(refused: RegExp, status: number): Promise<GateState | undefined> {
  const clock = createFakeClock();
  const answers: Readonly<Record<string, unknown>> = {
    "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": { tree: [LISTED] },
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": { content: Buffer.from(SPEC).toString("base64") },
    "GET /repos/{owner}/{repo}/actions/runs": { workflow_runs: [] },
  };
  const send: GitHubRequest = async (route) => {
    if (refused.test(route)) throw httpError(status, "no");
    return { status: 200, headers: {}, data: answers[route] ?? [] };
  };
  const settings = settingsSchema.parse({
    projectName: "shop",
    code: { workflow: "build.yml" },
    stages: { dev: {} },
  });
  const { dev: stage } = settings.stages;
  if (stage === undefined) throw new Error("no stage");
  const stack = aStack();
  // Objects are remembered by repository: each test has its own.
  const repository = { ...stack.repository, id: Math.random() };
  const services = {
    store: createMemoryStore(),
    keepsRecords: true,
    appSlug: "gatewright",
    clock,
    aws: () => ({ region: "eu-west-2", clock }),
  } as unknown as Services;
  const request = createRequest(send, { audience: "app", clock });
  const { gates } = await evaluateGates(
    { services, request, repository, settings, pull: PULL, login: "ana" },
    { command: "apply", target: { stack: { ...stack, repository }, stage }, gates: [], reviewed: undefined },
  );
  return gates.find(({ gate }) => gate === "built");
}

describe("the gate built", () => {
  it("asks the runs of the workflow for the artifact that the spec names", async () => {
    const gate = await builtGate(/^none$/, 500);
    expect(gate).toMatchObject({ passed: false, state: expect.stringContaining("is not built yet") });
  });

  it("names the permission that the App lacks", async () => {
    const gate = await builtGate(/\/actions\//, 403);
    expect(gate).toMatchObject({ passed: false, next: expect.stringContaining("`actions: read`") });
  });

  it("is closed while GitHub does not give the spec", async () => {
    const gate = await builtGate(/\/git\//, 502);
    expect(gate).toMatchObject({ passed: false, next: "Send the command again in a minute." });
  });
});

describe("whether a stack's code is built", () => {
  it.each<[string, Asked]>([
    ["nobody builds it", { workflow: false }],
    ["the stack is deleted", { gone: "2".repeat(40) }],
  ])("is not asked where %s: nothing is read", async (_what, given) => {
    expect(await built(given)).toEqual({ fact: undefined, asked: [], aws: [] });
  });

  it.each([
    ["names no code", PLAIN],
    ["is wrong, which its plan says", "exports.createResources = () => nonsense;\n"],
  ])("is no question where the spec %s", async (_what, spec) => {
    const { fact, asked, aws } = await built({ spec });
    expect(fact).toBeUndefined();
    expect(asked).not.toContain("/actions/runs");
    expect(aws).toEqual([["plan", { runId: "gates" }]]);
  });

  it("is not known while GitHub does not give the spec", async () => {
    await expect(built({ refused: /git.blobs/ })).rejects.toThrow();
  });

  it("is known by the artifacts that the spec names, each once", async () => {
    const twice = SPEC.replace(
      "];\n",
      `  { type: "Function", group: "Lambda", name: "again",
    properties: () => ({ Runtime: "nodejs22.x", Handler: "handler.handler", Code: { Artifact: "orders" } }),
    dependencies: () => ({ role: "orders-role" }) },\n];\n`,
    );
    expect((await built({ spec: twice, artifacts: ["orders"] })).fact).toEqual({
      names: ["orders"],
      missing: undefined,
      attested: false,
    });
    expect((await built({ spec: twice, artifacts: ["other"] })).fact).toMatchObject({
      names: ["orders"],
      missing: { code: "CODE_ARTIFACT_MISSING" },
    });
  });
});
