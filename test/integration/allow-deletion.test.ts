/** A protected resource, from every side: it goes only when allowed by name. Log groups are protected here. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { carryOut } from "../../bot/runs/carry-out.ts";
import type { Services } from "../../bot/services/services.ts";
import { readInputs } from "../../src/action/inputs.ts";
import { withSettings } from "../../src/action/stage-settings.ts";
import { planStacks } from "../../src/action/plan-stacks.ts";
import { connectAws } from "../../src/aws/connect.ts";
import { runCli } from "../../src/cli/commands/run.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { readRun } from "../../src/github/pull-request.ts";
import { systemClock } from "../../src/model/clock.ts";
import type { Plan } from "../../src/model/plan.ts";
import { cautionsOf } from "../../src/report/cautions.ts";
import { cautionBox } from "../../src/report/markdown/plan/alerts.ts";
import { isPlanned } from "../../src/report/report.ts";
import { createFakeAws, type FakeAws } from "../fakes/aws/fake-aws.ts";
import { aStack, createMemoryStore, createRun } from "../fakes/store.ts";
import { engineOn, failuresOf } from "./harness.ts";

vi.mock("../../src/resources/types.ts", async (original) => {
  const types = await original<typeof import("../../src/resources/types.ts")>();
  return { ...types, logGroup: { ...types.logGroup, protected: "its log events" } };
});

const group = (properties: object): string =>
  `exports.createResources = () => [{ group: "CloudWatchLogs", type: "LogGroup", properties: ${JSON.stringify(properties)} }];`;
/** The project of the stack that `engineOn` made. */
const PACKAGE = JSON.stringify({ name: "random" });
const FULL = { "resources.js": group({ logGroupName: "orders" }) };
const REPLACED = { "resources.js": group({ logGroupName: "orders", logGroupClass: "INFREQUENT_ACCESS" }) };

let fake: FakeAws;
const groups = (): readonly string[] => [...fake.state.logGroups.keys()];
const connection = () => {
  const { region, ...clientConfig } = fake.clientConfig();
  return { region, clientConfig, budget: async () => {}, attempts: 1 };
};
const codesOf = ({ problems }: Plan): readonly string[] => problems.map(({ code }) => code);

beforeEach(async () => {
  fake = createFakeAws();
  expect(failuresOf(await engineOn(connection()).apply(FULL))).toEqual([]);
});

describe("the engine", () => {
  it("replaces it only when that is allowed, and that plan is another one", async () => {
    const engine = engineOn(connection());
    const refused = await engine.plan(REPLACED);
    expect(codesOf(refused)).toEqual(["DELETION_PROTECTED"]);
    expect(refused.problems[0]?.message).toContain("would be replaced, which loses its log events");
    await expect(engine.apply(REPLACED)).rejects.toThrow();
    const allowed = await engine.plan(REPLACED, { allowDeletion: ["orders"] });
    expect(codesOf(allowed)).toEqual([]);
    expect(allowed.id).not.toBe(refused.id);
    expect(failuresOf(await engine.apply(REPLACED, {}, { allowDeletion: ["orders"] }))).toEqual([]);
    expect(groups()).toEqual(["orders"]);
  });

  it("destroys nothing of a stack with one, unless it is allowed", async () => {
    const engine = engineOn(connection());
    await expect(engine.destroy(FULL, { allowDeletion: ["order"] })).rejects.toThrow();
    expect(groups()).toEqual(["orders"]);
    const allowDeletion = ["CloudWatchLogs::LogGroup::orders"];
    expect(failuresOf(await engine.destroy(FULL, { allowDeletion }))).toEqual([]);
    expect(groups()).toEqual([]);
  });

  it("does not mind an allowance that nothing needs", async () => {
    const engine = engineOn(connection());
    const plans = [await engine.plan(FULL), await engine.plan(FULL, { allowDeletion: ["orders"] })];
    expect(new Set(plans.map(({ id }) => id)).size).toBe(1);
  });

  it("says in the comment what is lost, and whether that is allowed", async () => {
    const engine = engineOn(connection());
    const refused = cautionBox(cautionsOf((await engine.plan(REPLACED)).changes), 10) ?? "";
    expect(refused).toContain("and loses its log events (not allowed)");
    const allowed =
      cautionBox(cautionsOf((await engine.plan(REPLACED, { allowDeletion: ["orders"] })).changes), 10) ?? "";
    expect(allowed).toContain("and loses its log events (allowed by name)");
  });
});

describe("the terminal and the Action", () => {
  let folder: string;
  let url: string;
  let close: () => Promise<void>;
  const env = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "us-east-1" };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "allow-deletion-"));
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  });
  beforeEach(async () => {
    ({ url, close } = await fake.listen());
    writeFileSync(join(folder, "resources.js"), REPLACED["resources.js"]);
    writeFileSync(join(folder, "package.json"), PACKAGE);
  });
  afterEach(() => close());
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  const gatewright = async (...argv: readonly string[]) => {
    let text = "";
    const write = (part: string): void => {
      text += part;
    };
    const io = { out: write, note: write, color: false, noteColor: false, columns: 100, interactive: false };
    const ask = async (): Promise<string> => "";
    const args = [...argv, "--untracked", "--endpoint", url];
    return { code: await runCli(args, { ...io, ask, cwd: folder, env }), text: () => text };
  };

  it("take --allow-deletion in plan, apply and destroy", async () => {
    const refused = await gatewright("plan");
    expect(refused.code).toBe(1);
    expect(refused.text()).toContain("DELETION_PROTECTED");
    expect(refused.text()).toContain("loses its log events (not allowed)");
    expect((await gatewright("apply", "--yes")).code).toBe(1);
    expect((await gatewright("destroy", "--yes", "--allow-deletion", "others")).code).toBe(1);
    const allowed = await gatewright("plan", "--allow-deletion", "others", "--allow-deletion", "orders");
    expect(allowed.code).toBe(0);
    expect(allowed.text()).toContain("loses its log events (allowed by name)");
    expect((await gatewright("apply", "--yes", "--allow-deletion", "orders")).code).toBe(0);
    expect((await gatewright("destroy", "--yes", "--allow-deletion", "orders")).code).toBe(0);
    expect(groups()).toEqual([]);
  });

  it.each([
    ["", ["DELETION_PROTECTED"]],
    ["others, orders", []],
  ])("take the input allow-deletion: %j", async (allowed, codes) => {
    const inputs = readInputs({
      "INPUT_ALLOW-DELETION": allowed,
      INPUT_UNTRACKED: "true",
      AWS_REGION: "us-east-1",
    });
    const quiet = (): void => {};
    const planned = await planStacks({
      job: withSettings(inputs, undefined),
      run: readRun({}, folder),
      github: undefined,
      aws: connectAws(connection()),
      workflow: { info: quiet, notice: quiet, setSecret: quiet, warning: quiet },
      trustedRoots: { for: async () => [] },
    });
    expect(planned.map((one) => (isPlanned(one) ? codesOf(one.plan) : one.errors))).toEqual([codes]);
  });
});

describe("the bot", () => {
  /** A repository with these settings and the spec, by the routes that are used. */
  const repository =
    (settings: string): GitHubRequest =>
    async (route, parameters) => {
      const answer = (data: unknown) => ({ status: 200, data, headers: {} });
      const content = (text: string) => answer({ content: Buffer.from(text).toString("base64") });
      const files = { ...REPLACED, "package.json": PACKAGE };
      const entries = Object.keys(files).map((path) => ({ path, type: "blob", mode: "100644", sha: path }));
      if (route.includes("/contents/")) return content(settings);
      if (route.includes("/git/trees/")) return answer({ tree: entries, truncated: false });
      const [, text = ""] = Object.entries(files).find(([path]) => path === parameters?.file_sha) ?? [];
      return content(text);
    };
  const botOn = (settings: string): Services => {
    const store = createMemoryStore();
    const quiet = { info: () => {}, warn: () => {}, error: () => {} };
    return {
      store,
      clock: systemClock,
      log: quiet,
      github: async () => repository(settings),
      aws: () => connectAws(connection()),
      enqueue: (requests) => store.createRuns(requests),
      trustedRoots: { for: async () => [] },
      keepsRecords: true,
      appSlug: "gatewright",
      serverUrl: "https://github.com",
    };
  };
  const carriedOut = async (settings: string, kind: "plan" | "apply" | "destroy") => {
    const services = botOn(settings);
    const run = await createRun(services.store, {
      group: "g",
      stack: aStack(),
      kind,
      cause: { by: "schedule" },
      sha: "c".repeat(40),
      adopt: [],
    });
    const nothing = (): void => {};
    return carryOut(services, run, {
      signal: new AbortController().signal,
      beforeWrite: async () => {},
      onEvent: nothing,
      onPlan: nothing,
      onLog: nothing,
      resuming: false,
    });
  };
  const NOT_ALLOWED = "stages: { dev: { allowDeletion: [others] }, prod: { allowDeletion: [orders] } }";
  const ALLOWED = "stages: { dev: { allowDeletion: [orders] } }";

  it("replaces and destroys it only when the stage's settings allow it", async () => {
    expect(codesOf((await carriedOut(NOT_ALLOWED, "plan")).plan)).toEqual(["DELETION_PROTECTED"]);
    await expect(carriedOut(NOT_ALLOWED, "apply")).rejects.toThrow();
    await expect(carriedOut(NOT_ALLOWED, "destroy")).rejects.toThrow();
    expect(codesOf((await carriedOut(ALLOWED, "plan")).plan)).toEqual([]);
    expect((await carriedOut(ALLOWED, "apply")).result?.succeeded).toBe(true);
    expect((await carriedOut(ALLOWED, "destroy")).result?.succeeded).toBe(true);
    expect(groups()).toEqual([]);
  });
});
