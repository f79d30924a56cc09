import { describe, expect, it } from "vitest";
import { hasBegun, readNeeds, stacksOf } from "../../../../../bot/gates/facts/needs.ts";
import type { Services } from "../../../../../bot/services/services.ts";
import type { RunSummary, StackRef } from "../../../../../src/model/run.ts";
import { settingsSchema } from "../../../../../src/settings/schema.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";
import { httpError } from "../../../github/memory-github.ts";
import { type Answer, recorded } from "../recorded.ts";

const repository = aStack().repository;
const HEAD = "1".repeat(40);
const OLD = "2".repeat(40);
/** The two commits, and the trees that they have. */
const COMMITS: Readonly<Record<string, string>> = { [HEAD]: "tree-1", [OLD]: "tree-2" };
const entry = (path: string, sha: string, type = "tree") => ({ path, sha, type, mode: "040000" });

interface World {
  readonly stages: object;
  /** The last commit that was applied, by stack. */
  readonly applied?: Readonly<Record<string, string>>;
  /** What the trees hold. */
  readonly trees?: Readonly<Record<string, readonly object[]>>;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly keepsRecords?: boolean;
}

function world({ stages, applied = {}, trees = {}, answers = {}, keepsRecords = true }: World) {
  const listed: unknown[] = [];
  const { request, asked } = recorded({
    ...answers,
    "/git/commits/{commit_sha}": ({ commit_sha: sha }: Readonly<Record<string, unknown>>) => ({
      tree: { sha: COMMITS[String(sha)] },
    }),
    "/git/trees/{tree_sha}": ({ tree_sha: sha }: Readonly<Record<string, unknown>>) => ({
      tree: trees[COMMITS[String(sha)] ?? String(sha)] ?? [],
    }),
  });
  const services = {
    keepsRecords,
    appSlug: "gatewright",
    github: async () => request,
    store: {
      ...createMemoryStore(),
      listRuns: async (how: { readonly stack: StackRef }) => {
        listed.push(how);
        const sha = applied[`${how.stack.stage} ${how.stack.directory}`];
        return sha === undefined ? [] : [{ kind: "apply", state: "succeeded", sha }];
      },
    },
  } as unknown as Services;
  const settings = settingsSchema.parse({ projectName: "shop", stages });
  return { context: { services, request, repository, settings }, asked, listed };
}

/** Whether each stage that prod needs is applied, for prod's stack of a directory. */
async function needed(made: World, directory = ".") {
  const { context } = world(made);
  const stage = context.settings.stages.prod;
  if (stage === undefined) throw new Error("no stage prod");
  const stack = { repository, stage: "prod", directory };
  const found = await readNeeds(context, { stack, stage }, HEAD);
  return Object.fromEntries(found.map((one) => [one.stage, one.applied]));
}

const STAGES = { dev: {}, prod: { needs: ["dev"] } };

describe("a stage that is needed", () => {
  it("is named with its branch where it is deployed from another one", async () => {
    const branchOf = async (stages: Readonly<Record<string, object>>) => {
      const { context } = world({ stages });
      const { prod } = context.settings.stages;
      if (prod === undefined) throw new Error("no stage prod");
      const stack = { repository, stage: "prod", directory: "." };
      return (await readNeeds(context, { stack, stage: prod }, HEAD)).map(({ branch }) => branch);
    };
    const branch = "release/1.x";
    expect(await branchOf({ dev: { branch }, prod: { needs: ["dev"] } })).toEqual([branch]);
    expect(await branchOf({ dev: { branch }, prod: { needs: ["dev"], branch } })).toEqual([undefined]);
  });

  it("has the commit that it was applied with last", async () => {
    expect(await needed({ stages: STAGES, applied: { "dev .": HEAD } })).toEqual({ dev: true });
  });

  it("has nothing before its first apply", async () => {
    expect(await needed({ stages: STAGES })).toEqual({ dev: false });
  });

  it("has not what another commit with other files has", async () => {
    expect(await needed({ stages: STAGES, applied: { "dev .": OLD } })).toEqual({ dev: false });
  });

  it("is asked for each by itself", async () => {
    const stages = { dev: {}, qa: {}, prod: { needs: ["dev", "qa"] } };
    expect(await needed({ stages, applied: { "qa .": HEAD } })).toEqual({ dev: false, qa: true });
  });

  const directories = { directories: ["apis/orders", "apis/users"] };
  const stages = { dev: directories, prod: { needs: ["dev"], ...directories } };
  const trees = (orders: string) => ({
    "tree-1": [entry("apis", "apis-1")],
    "tree-2": [entry("apis", "apis-2")],
    "apis-1": [entry("orders", "orders-1"), entry("users", "users-1")],
    "apis-2": [entry("orders", orders), entry("users", "users-2")],
  });

  it("has what another commit has with the same files in the stack's directory", async () => {
    const applied = { "dev apis/orders": OLD, "dev apis/users": OLD };
    expect(await needed({ stages, applied, trees: trees("orders-1") }, "apis/orders")).toEqual({ dev: true });
    expect(await needed({ stages, applied, trees: trees("orders-1") }, "apis/users")).toEqual({ dev: false });
  });

  it("has not what neither commit has", async () => {
    const applied = { "dev apis/orders": OLD };
    expect(await needed({ stages, applied }, "apis/orders")).toEqual({ dev: false });
  });

  it("counts by its stack of the same directory, whatever its others have", async () => {
    expect(await needed({ stages, applied: { "dev apis/orders": HEAD } }, "apis/orders")).toEqual({
      dev: true,
    });
    expect(await needed({ stages, applied: { "dev apis/users": HEAD } }, "apis/orders")).toEqual({
      dev: false,
    });
  });

  it("counts by all of its stacks where it has none of that directory", async () => {
    const other = { dev: directories, prod: { needs: ["dev"], directories: ["."] } };
    const applied = { "dev apis/orders": HEAD };
    expect(await needed({ stages: other, applied })).toEqual({ dev: false });
    expect(await needed({ stages: other, applied: { ...applied, "dev apis/users": HEAD } })).toEqual({
      dev: true,
    });
  });

  it("that has no stack at this commit lacks nothing", async () => {
    const none = { dev: { directories: ["apis/*"] }, prod: { needs: ["dev"] } };
    expect(await needed({ stages: none })).toEqual({ dev: true });
  });

  it("is read from the stack's newest runs", async () => {
    const { context, listed } = world({ stages: STAGES });
    const { prod: stage } = context.settings.stages;
    if (stage === undefined) throw new Error("no stage prod");
    await readNeeds(context, { stack: { repository, stage: "prod", directory: "." }, stage }, HEAD);
    expect(listed).toEqual([{ stack: { repository, stage: "dev", directory: "." }, limit: 100 }]);
  });

  it.each([
    ["success", true],
    ["failure", false],
  ])("goes inside a workflow by its newest deployment: %s", async (state, expected) => {
    const deployment = {
      id: 1,
      sha: HEAD,
      creator: { login: "gatewright[bot]" },
      payload: { run: "r" },
    };
    const answers = { "/deployments": [deployment], "/statuses": [{ state }], "/contents/{path}": undefined };
    const applied = { "dev .": HEAD };
    expect(await needed({ stages: STAGES, answers, applied, keepsRecords: false })).toEqual({
      dev: expected,
    });
  });
});

describe("the stacks of a stage", () => {
  it("are none where the settings have no such stage, nor one of Object's own words", async () => {
    const { context, asked } = world({ stages: STAGES });
    expect(await stacksOf(context, "qa", HEAD)).toEqual([]);
    expect(await stacksOf(context, "constructor", HEAD)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("are looked for at the commit", async () => {
    const stages = { dev: { directories: ["apis/*"] } };
    const trees = { "tree-1": [entry("apis/orders/resources.js", "blob", "blob")] };
    const { context } = world({ stages, trees });
    expect(await stacksOf(context, "dev", HEAD)).toEqual([
      { repository, stage: "dev", directory: "apis/orders" },
    ]);
    expect(await stacksOf(context, "dev", OLD)).toEqual([]);
  });

  it("are not none because GitHub failed", async () => {
    const { context } = world({ stages: { dev: { directories: ["apis/*"] } } });
    const request = () => Promise.reject(httpError(502));
    await expect(stacksOf({ ...context, request }, "dev", HEAD)).rejects.toMatchObject({ status: 502 });
  });
});

describe("a run has begun to take its stack to its commit", () => {
  const error = { code: "PLAN_STALE", message: "" };
  const run = (more: Partial<RunSummary>) =>
    hasBegun({ kind: "apply", state: "succeeded", startedAt: new Date(0), ...more } as RunSummary);

  it.each<[string, Partial<RunSummary>]>([
    ["an apply that succeeded", {}],
    ["a removal that succeeded", { kind: "destroy" }],
    ["one that succeeded without a known start", { startedAt: undefined }],
    ["an apply that failed in a step", { state: "failed" }],
    ["an apply that was cancelled between steps", { state: "cancelled" }],
  ])("as %s", (_what, more) => {
    expect(run(more)).toBe(true);
  });

  it.each<[string, Partial<RunSummary>]>([
    ["a plan", { kind: "plan" }],
    ["a comparison", { kind: "drift" }],
    ["an apply that ended with an error of its own", { state: "failed", error }],
    ["one that was cancelled with an error of its own", { state: "cancelled", error }],
    ["one that was cancelled before it started", { state: "cancelled", startedAt: undefined }],
    ["one that was overtaken", { state: "overtaken" }],
    ["one that is under way", { state: "running" }],
    ["one that waits", { state: "queued" }],
  ])("but not %s", (_what, more) => {
    expect(run(more)).toBe(false);
  });
});
