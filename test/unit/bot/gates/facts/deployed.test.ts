import { describe, expect, it } from "vitest";
import { activeDeployments, listDeployed, newestDeployed } from "../../../../../bot/gates/facts/deployed.ts";
import { deployedSha } from "../../../../../bot/gates/facts/needs.ts";
import type { Services } from "../../../../../bot/services/services.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";
import { type Answer, recorded } from "../recorded.ts";

const WHERE = { owner: "acme", repo: "shop" };
const settingsFile = (yaml: string) => ({ content: Buffer.from(yaml).toString("base64") });

const deployment = (id: number, more: object = {}) => ({
  id,
  sha: String(id).repeat(40),
  created_at: `2026-01-01T00:0${id}:00Z`,
  creator: { login: "gatewright[bot]" },
  payload: { run: `run-${id}`, pull: 7, by: "ana" },
  ...more,
});

const connect = (
  deployments: unknown,
  statuses: Answer = [],
  more: Readonly<Record<string, Answer>> = {},
) => {
  const github = recorded({
    "/deployments": deployments,
    "/statuses": statuses,
    "/contents/{path}": undefined,
    ...more,
  });
  const services = {
    store: createMemoryStore(),
    appSlug: "gatewright",
    keepsRecords: false,
    github: async () => github.request,
  } as unknown as Services;
  return { ...github, services };
};

const newest = (deployments: unknown, statuses?: Answer) => {
  const { services, request } = connect(deployments, statuses);
  return newestDeployed(services, request, aStack());
};

describe("the newest deployment of a stack", () => {
  it("says what was applied, for which pull request, by whom and when", async () => {
    const { services, request, asked } = connect([deployment(2), deployment(1)], [{ state: "success" }]);
    expect(await newestDeployed(services, request, aStack())).toEqual({
      id: 2,
      environment: "dev",
      sha: "2".repeat(40),
      at: new Date("2026-01-01T00:02:00Z"),
      pull: 7,
      login: "ana",
      holds: false,
      state: "success",
    });
    expect(asked.slice(-2)).toEqual([
      ["GET /repos/{owner}/{repo}/deployments", { ...WHERE, environment: "dev", per_page: 30 }],
      [
        "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
        { ...WHERE, deployment_id: 2, per_page: 1 },
      ],
    ]);
  });

  it("is looked for in the environment that the settings name", async () => {
    const file = settingsFile("version: 1\nprojectName: shop\nstages:\n  dev: {environment: sandbox}\n");
    const { services, request, asked } = connect([deployment(1)], [], { "/contents/{path}": file });
    const stack = { ...aStack(), directory: "apis/orders" };
    expect(await newestDeployed(services, request, stack)).toMatchObject({
      environment: "sandbox (apis/orders)",
    });
    expect(asked.filter(([route]) => route.endsWith("/deployments")).map(([, with_]) => with_)).toEqual([
      { ...WHERE, environment: "sandbox (apis/orders)", per_page: 30 },
    ]);
  });

  it.each([
    ["somebody else's App made", { creator: { login: "vercel[bot]" } }],
    ["a person of the App's name made", { creator: { login: "gatewright" } }],
    ["nobody is named for", { creator: null }],
    ["names no run of ours", { payload: { task: "deploy" } }],
    ["has no payload", { payload: null }],
    ["has a payload that is no JSON", { payload: "run-9" }],
    ["has an empty run", { payload: { run: "" } }],
  ])("is not one that %s", async (_what, more) => {
    expect(await newest([deployment(9, more)])).toBeUndefined();
    expect(await newest([deployment(9, more), deployment(1)])).toMatchObject({ id: 1 });
  });

  it("is none before the first", async () => {
    const { services, request, asked } = connect([]);
    expect(await newestDeployed(services, request, aStack())).toBeUndefined();
    expect(asked.some(([route]) => route.endsWith("/statuses"))).toBe(false);
  });

  it("is read alike from a payload that GitHub returns as text", async () => {
    const payload = JSON.stringify({ run: "run-1", pull: 7, by: "ana", holds: true });
    expect(await newest([deployment(1, { payload })])).toMatchObject({ pull: 7, login: "ana", holds: true });
  });

  it("holds only where its payload says exactly that", async () => {
    const payload = { run: "run-1", pull: 7, by: "ana" };
    expect(await newest([deployment(1, { payload: { ...payload, holds: true } })])).toMatchObject({
      holds: true,
    });
    expect(await newest([deployment(1, { payload: { ...payload, holds: "yes" } })])).toMatchObject({
      holds: false,
    });
  });

  it("may be of no pull request, of nobody, and of no known time", async () => {
    const bare = { payload: { run: "run-1" }, created_at: undefined };
    expect(await newest([deployment(1, bare)], [])).toMatchObject({
      pull: undefined,
      login: "",
      at: new Date(0),
      state: "",
    });
  });

  it.each([
    ["success", "1".repeat(40)],
    ["failure", undefined],
    ["inactive", undefined],
    ["in_progress", undefined],
  ])("with the state %s means that the stack has %s", async (state, sha) => {
    const { services, request } = connect([deployment(1)], [{ state }]);
    expect(await deployedSha(services, request, aStack())).toBe(sha);
  });

  it("that there is none of means that nobody knows what the stack has", async () => {
    const { services, request } = connect([]);
    expect(await deployedSha(services, request, aStack())).toBeUndefined();
  });
});

describe("the deploys by GitHub's record", () => {
  it("are good when they succeeded once, complete when their smoke test began", async () => {
    const statuses: Readonly<Record<number, readonly object[]>> = {
      4: [{ state: "inactive" }, { state: "success" }, { state: "in_progress" }],
      3: [{ state: "failure", description: "GET /hello answered 500" }, { state: "in_progress" }],
      2: [{ state: "failure", description: "" }],
      1: [],
    };
    const rollback = { payload: { run: "run-4", rollback: true } };
    const { services, request, asked } = connect(
      [
        deployment(4, rollback),
        deployment(9, { creator: { login: "eve" } }),
        deployment(3, { payload: { run: "run-3", rollback: "yes" } }),
        deployment(2),
        deployment(1),
      ],
      ({ deployment_id: id }: Readonly<Record<string, unknown>>) => statuses[Number(id)],
    );
    const sha = (id: number) => String(id).repeat(40);
    expect(await listDeployed(services, request, aStack())).toEqual([
      { sha: sha(4), good: true, complete: true, isRollback: true },
      { sha: sha(3), good: false, complete: true, isRollback: false },
      { sha: sha(2), good: false, complete: false, isRollback: false },
      { sha: sha(1), good: false, complete: false, isRollback: false },
    ]);
    const page = asked.filter(([route]) => route.endsWith("/statuses")).map(([, given]) => given);
    expect(page[0]).toEqual({ ...WHERE, deployment_id: 4, per_page: 30 });
  });
});

describe("the deployments that GitHub shows as active", () => {
  const ids = [3, 2, 1];
  const states: Readonly<Record<number, readonly unknown[]>> = {
    3: [{ state: "success" }],
    2: [{ state: "inactive" }, { state: "success" }],
    1: [],
  };

  it("are the bot's own that no later state has ended", async () => {
    const all = [deployment(9, { creator: { login: "eve" } }), ...ids.map((id) => deployment(id))];
    const { services, request } = connect(
      all,
      ({ deployment_id: id }: Readonly<Record<string, unknown>>) => states[Number(id)],
    );
    expect(await activeDeployments(services, request, aStack())).toEqual([
      { id: 3, environment: "dev" },
      { id: 1, environment: "dev" },
    ]);
  });

  it.each([
    ["which are active", activeDeployments],
    ["what was deployed", listDeployed],
  ] as const)("are asked for a few at a time: %s", async (_what, read) => {
    let [open, most] = [0, 0];
    const many = Array.from({ length: 30 }, (_, index) => deployment(index + 1));
    const { services, request } = connect(many, async () => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      return [{ state: "success" }];
    });
    expect(await read(services, request, aStack())).toHaveLength(30);
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(1);
  });
});
