/** What changes a preview: events that come at the same time, and deletions that failed. */
import { describe, expect, it } from "vitest";
import { changePreview } from "../../../../../bot/commands/previews/change.ts";
import type { Occasion } from "../../../../../bot/commands/previews/decide.ts";
import { previewGroup } from "../../../../../bot/commands/previews/stacks.ts";
import type { EndState } from "../../../../../src/model/run-states.ts";
import { aPreview, aRun, previewBot } from "./preview.ts";

const { repository } = aPreview();
const [FIRST, SECOND, THIRD] = ["1", "2", "3"].map((digit) => digit.repeat(40)) as [string, string, string];
const SETTINGS = "stages: {dev: {}}\npreview: {stage: dev, automatic: true}\n";
const push: Occasion = { kind: "head", login: "ana", allowed: true };
const look: Occasion = { kind: "look" };

/** A bot that GitHub tells `now` of pull request 7; `meanwhile` happens while its first answer is on its way. */
function bot(meanwhile: (at: ReturnType<typeof world>) => Promise<unknown> = async () => {}) {
  const made = world(meanwhile);
  return { ...made, change: (occasion: Occasion) => changePreview(made.services, repository, 7, occasion) };
}

function world(meanwhile: (at: ReturnType<typeof world>) => Promise<unknown>) {
  const now = { state: "open", sha: SECOND };
  let asked = 0;
  const made = {
    now,
    ...previewBot({
      settings: SETTINGS,
      answers: {
        "GET /repos/{owner}/{repo}/pulls/{pull_number}": async () => {
          const answer = {
            state: now.state,
            head: { sha: now.sha, repo: { id: 1 } },
            base: { repo: { id: 1 } },
          };
          asked += 1;
          if (asked === 1) await meanwhile(made);
          return answer;
        },
      },
    }),
  };
  return made;
}

describe("a push that is handled slowly", () => {
  it("does not bring back the preview of a pull request that was closed meanwhile", async () => {
    const { store, change } = bot(async ({ now, services }) => {
      now.state = "closed";
      await changePreview(services, repository, 7, look);
    });
    await store.setPreview(aPreview({ sha: FIRST }));
    expect(await change(push)).toMatchObject({ wanted: false, why: "closed" });
  });

  it("does not take the preview back from a newer push", async () => {
    const { store, change } = bot(async ({ now, services }) => {
      now.sha = THIRD;
      await changePreview(services, repository, 7, push);
    });
    await store.setPreview(aPreview({ sha: FIRST }));
    expect(await change(push)).toMatchObject({ wanted: true, sha: THIRD });
  });
});

describe("a deletion", () => {
  const HALF_AN_HOUR = 30 * 60_000;

  /** Deleted by a second version, whose run has ended so. */
  async function deleted(state: EndState | "running") {
    const one = bot();
    const { store } = one;
    one.now.state = "closed";
    await store.createRuns([aRun(FIRST)]);
    await store.setPreview(aPreview());
    await store.setPreview(aPreview({ version: 2, wanted: false, why: "closed" }));
    const group = previewGroup(aPreview({ version: 2 }));
    const [run] = await store.createRuns([aRun(FIRST, { group, kind: "destroy" })]);
    await store.beginRun(run?.id ?? "");
    if (state !== "running") await store.endRun(run?.id ?? "", 1, { state });
    return {
      ...one,
      queued: async () =>
        (await store.listRuns({ kinds: ["destroy"], states: ["queued"] })).map(({ group, sha }) => [
          group,
          sha,
        ]),
    };
  }

  it("ends the applies that were asked for before it, and none that a later command has asked for", async () => {
    const { store, change, now } = bot();
    now.state = "closed";
    await store.setPreview(aPreview());
    for (const version of [1, 3]) {
      const cause = { by: "preview", login: "ana", pull: 7, version, why: "command" } as const;
      await store.createRuns([aRun(FIRST, { group: `${version}`, cause })]);
    }
    await change(look);
    const applies = await store.listRuns({ kinds: ["apply"] });
    expect(applies.map(({ group, state }) => [group, state]).sort()).toEqual([
      ["1", "cancelled"],
      ["3", "queued"],
    ]);
  });

  it.each(["failed", "cancelled", "overtaken"] as const)(
    "that %s is tried again after half an hour, and again after the next one",
    async (state) => {
      const { clock, change, queued, store } = await deleted(state);
      clock.time = HALF_AN_HOUR - 1;
      expect(await change(look)).toMatchObject({ version: 2 });
      expect(await queued()).toEqual([]);
      clock.time = HALF_AN_HOUR;
      expect(await change(look)).toMatchObject({ version: 3, wanted: false, why: "closed" });
      expect(await queued()).toEqual([[previewGroup(aPreview({ version: 3 })), FIRST]]);
      const [again] = await store.listRuns({ states: ["queued"], kinds: ["destroy"] });
      await store.beginRun(again?.id ?? "");
      await store.endRun(again?.id ?? "", 1, { state: "failed" });
      clock.time = 2 * HALF_AN_HOUR;
      expect(await change(look)).toMatchObject({ version: 4 });
    },
  );

  it("whose result GitHub never took is over all the same", async () => {
    const { change, store } = await deleted("succeeded");
    expect(await store.listPreviews()).toHaveLength(1);
    await change(look);
    expect(await store.listPreviews()).toEqual([]);
  });

  it.each(["running", "succeeded"] as const)("that is %s is not asked for twice", async (state) => {
    const { clock, change, queued } = await deleted(state);
    clock.time = 10 * HALF_AN_HOUR;
    expect(await change(look)).toMatchObject({ version: 2 });
    expect(await queued()).toEqual([]);
  });
});
