import { describe, expect, it } from "vitest";
import {
  createDeployment,
  findDeployment,
  hadDeploymentState,
  setDeploymentState,
} from "../../../src/github/deployments.ts";
import { recorded } from "./recorded.ts";

const PLACE = { owner: "acme", repo: "shop" };
const DEPLOYMENT = { sha: "abc", environment: "dev", description: "plan", runId: "run-1" };
const LIST = "GET /repos/{owner}/{repo}/deployments";
const STATES = "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses";

describe("a deployment", () => {
  it("is created without waiting for checks, and carries the run's id", async () => {
    const { request, asked } = recorded({ "POST /repos/{owner}/{repo}/deployments": { id: 3 } });
    expect(await createDeployment(request, PLACE, DEPLOYMENT)).toBe(3);
    expect(asked[0]?.parameters).toMatchObject({
      ref: "abc",
      required_contexts: [],
      auto_merge: false,
      payload: { run: "run-1" },
    });
  });

  it.each([
    ["as it was sent", { run: "run-1" }],
    ["as the text of it", '{"run":"run-1"}'],
  ])("is found by its payload %s", async (_how, payload) => {
    const { request } = recorded({
      [LIST]: [
        { id: 1, payload: { run: "run-0" } },
        { id: 2, payload },
      ],
    });
    expect(await findDeployment(request, PLACE, DEPLOYMENT)).toBe(2);
    expect(await findDeployment(request, PLACE, { ...DEPLOYMENT, runId: "run-9" })).toBeUndefined();
  });

  it("has the states it was given, and leaves out addresses it has not", async () => {
    const { request, asked } = recorded({ [STATES]: [{ state: "failure" }] });
    expect(await hadDeploymentState(request, PLACE, 3, "failure")).toBe(true);
    expect(await hadDeploymentState(request, PLACE, 3, "success")).toBe(false);
    await setDeploymentState(request, PLACE, 3, { state: "success", environment: "dev" });
    expect(asked.at(-1)?.parameters).toEqual({
      ...PLACE,
      deployment_id: 3,
      state: "success",
      environment: "dev",
    });
  });
});
