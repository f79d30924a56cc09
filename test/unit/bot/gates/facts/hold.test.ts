import { describe, expect, it } from "vitest";
import { readHold, releaseHold } from "../../../../../bot/gates/facts/hold.ts";
import { holdsOfPull } from "../../../../../bot/gates/facts/left.ts";
import type { Services } from "../../../../../bot/services/services.ts";
import type { Hold } from "../../../../../src/model/run.ts";
import { settingsSchema } from "../../../../../src/settings/schema.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";
import { aPull, recorded } from "../recorded.ts";

const stack = aStack();
const SHA = "a".repeat(40);
const since = new Date("2026-01-01T00:00:00Z");
const HOLD: Hold = { stack, pull: 7, login: "ana", sha: SHA, since };

/** A server: what it keeps is `kept`, until a test sees it ended. */
function server(kept: Hold | undefined, pull: "open" | "closed" | "merged" | undefined) {
  const ended: (readonly [Hold, string])[] = [];
  let hold = kept;
  const { request, asked } = recorded(pull === undefined ? {} : { "/pulls/{pull_number}": aPull(pull) });
  const services = {
    keepsRecords: true,
    store: {
      holdOf: async () => hold,
      endHold: async (one: Hold, how: string) => {
        ended.push([one, how]);
        hold = how === "closed" ? { ...one, closedAt: since } : undefined;
        return 3;
      },
      listHolds: async () => [
        HOLD,
        { ...HOLD, stack: aStack({ stage: "prod" }) },
        { ...HOLD, pull: 8 },
        { ...HOLD, rollback: true },
      ],
    },
  } as unknown as Services;
  return { services, request, asked, ended };
}

describe("a server's hold", () => {
  it("is none where none is on record", async () => {
    const { services, request, asked } = server(undefined, undefined);
    expect(await readHold(services, request, stack)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it("stands while its pull request is open", async () => {
    const { services, request, asked, ended } = server(HOLD, "open");
    expect(await readHold(services, request, stack)).toBe(HOLD);
    expect(ended).toEqual([]);
    expect(asked.map(([, given]) => given)).toEqual([{ owner: "acme", repo: "shop", pull_number: 7 }]);
  });

  it("is over once its pull request is merged, whatever webhook was lost", async () => {
    const { services, request, ended } = server(HOLD, "merged");
    expect(await readHold(services, request, stack)).toBeUndefined();
    expect(ended).toEqual([[HOLD, "over"]]);
  });

  it("leaves a trace once its pull request is closed without a merge", async () => {
    const { services, request, ended } = server(HOLD, "closed");
    expect(await readHold(services, request, stack)).toMatchObject({ pull: 7, closedAt: since });
    expect(ended).toEqual([[HOLD, "closed"]]);
  });

  it.each([
    ["was closed", { ...HOLD, closedAt: since }],
    ["is a rollback's", { ...HOLD, rollback: true as const }],
  ])("that %s asks GitHub nothing", async (_what, kept) => {
    const { services, request, asked } = server(kept, undefined);
    expect(await readHold(services, request, stack)).toBe(kept);
    expect(asked).toEqual([]);
  });

  it("is ended in the record, which says how many merges waited for it", async () => {
    const { services, request, asked, ended } = server(HOLD, undefined);
    expect(await releaseHold(services, request, HOLD)).toBe(3);
    expect([ended, asked]).toEqual([[[HOLD, "over"]], []]);
  });
});

const deployment = (payload: object) => ({
  id: 5,
  sha: SHA,
  created_at: "2026-01-01T00:00:00Z",
  creator: { login: "github-actions[bot]" },
  payload: { run: "run-5", by: "ana", ...payload },
});

/** A job, which knows only what GitHub's deployments say. */
function job(
  payload: object | undefined,
  {
    state = "success",
    pull = "open",
    aheadBy = 1,
  }: { state?: string; pull?: "open" | "closed" | "merged"; aheadBy?: number } = {},
) {
  const github = recorded({
    "/deployments": payload === undefined ? [] : [deployment(payload)],
    "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": { id: 1 },
    "/statuses": [{ state }],
    "/pulls/{pull_number}": aPull(pull),
    "/contents/{path}": undefined,
    "/compare/{basehead}": { ahead_by: aheadBy },
  });
  const services = {
    keepsRecords: false,
    appSlug: "github-actions",
    store: createMemoryStore(),
    github: async () => github.request,
  } as unknown as Services;
  return { ...github, services };
}

const inJob = (...given: Parameters<typeof job>) => {
  const { services, request } = job(...given);
  return readHold(services, request, stack);
};

describe("inside a workflow a hold", () => {
  it("is the newest deployment of an open pull request", async () => {
    expect(await inJob({ pull: 7 })).toEqual(HOLD);
  });

  it.each([
    ["nothing was deployed", undefined, {}],
    ["it was for no pull request", {}, {}],
    ["it was released", { pull: 7 }, { state: "inactive" }],
    ["its pull request is merged", { pull: 7 }, { pull: "merged" as const }],
    ["a rollback's was released", { pull: 7, holds: true }, { state: "inactive" }],
  ])("is none where %s", async (_what, payload, how) => {
    expect(await inJob(payload, how)).toBeUndefined();
  });

  it("leaves a trace where its pull request was closed without a merge", async () => {
    expect(await inJob({ pull: 7 }, { pull: "closed" })).toEqual({ ...HOLD, closedAt: since });
  });

  it.each(["open", "closed", "merged"] as const)(
    "of a rollback stands whatever became of its pull request: %s",
    async (pull) => {
      expect(await inJob({ pull: 7, holds: true }, { pull })).toEqual({ ...HOLD, rollback: true });
    },
  );

  it("is ended by a state of its deployment", async () => {
    const { services, request, asked } = job({ pull: 7 });
    expect(await releaseHold(services, request, HOLD)).toBe(0);
    const [route, given] = asked.at(-1) ?? [];
    expect(route).toBe("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses");
    expect(given).toMatchObject({
      owner: "acme",
      repo: "shop",
      deployment_id: 5,
      state: "inactive",
      environment: "dev",
    });
  });

  it("that is gone is not ended again", async () => {
    const { services, request, asked } = job(undefined);
    expect(await releaseHold(services, request, HOLD)).toBe(0);
    expect(asked.some(([route]) => route.startsWith("POST"))).toBe(false);
  });
});

const settings = settingsSchema.parse({
  projectName: "shop",
  stages: { dev: {}, prod: { needs: ["dev"], branch: "release" } },
});
const PULL = { number: 7, headSha: SHA };

describe("what a pull request holds", () => {
  it("is what the server keeps of it, but for rollbacks", async () => {
    const { services, request } = server(undefined, undefined);
    const context = { services, request, repository: stack.repository, settings };
    const stages = async (stage?: string) =>
      (await holdsOfPull(context, PULL, stage)).map((one) => [one.pull, one.stack.stage]);
    expect(await stages()).toEqual([
      [7, "dev"],
      [7, "prod"],
    ]);
    expect(await stages("prod")).toEqual([[7, "prod"]]);
    expect(await stages("none")).toEqual([]);
  });

  const found = async (...given: Parameters<typeof job>) => {
    const { services, request, asked } = job(...given);
    const holds = await holdsOfPull({ services, request, repository: stack.repository, settings }, PULL);
    const compared = asked.filter(([route]) => route.endsWith("/compare/{basehead}"));
    return { holds, compared: compared.map(([, given]) => given.basehead) };
  };

  it("is inside a workflow every stack whose newest deployment is its own and of no commit of the branch", async () => {
    const { holds, compared } = await found({ pull: 7 });
    expect(holds.map((one) => [one.stack.stage, one.pull, one.sha, one.login, one.since])).toEqual([
      ["dev", 7, SHA, "ana", since],
      ["prod", 7, SHA, "ana", since],
    ]);
    expect(compared.toSorted()).toEqual([`main...${SHA}`, `release...${SHA}`]);
  });

  it.each([
    ["of another pull request", { pull: 8 }, {}],
    ["that was released", { pull: 7 }, { state: "inactive" }],
    ["of a rollback", { pull: 7, holds: true }, {}],
    ["of a commit that the branch has", { pull: 7 }, { aheadBy: 0 }],
    ["that is missing", undefined, {}],
  ])("is no deployment %s", async (_what, payload, how) => {
    expect((await found(payload, how)).holds).toEqual([]);
  });

  it("is asked of the named stage alone", async () => {
    const { services, request } = job({ pull: 7 });
    const context = { services, request, repository: stack.repository, settings };
    expect((await holdsOfPull(context, PULL, "prod")).map((one) => one.stack.stage)).toEqual(["prod"]);
  });
});
