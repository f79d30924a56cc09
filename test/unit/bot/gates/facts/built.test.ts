import { describe, expect, it } from "vitest";
import { evaluateGates } from "../../../../../bot/gates/evaluate.ts";
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
