import { expect, it } from "vitest";
import {
  commitsMade,
  previewGroup,
  previewRequests,
  withoutRemoved,
} from "../../../../../bot/commands/previews/stacks.ts";
import { stageSchema } from "../../../../../src/settings/schema.ts";
import type { EndState } from "../../../../../src/model/run-states.ts";
import type { RunSummary } from "../../../../../src/model/run.ts";
import { createMemoryStore } from "../../../../fakes/store.ts";
import { aPreview, aRun } from "./preview.ts";

it.each<[string, readonly RunSummary[], ReturnType<typeof commitsMade>]>([
  [
    "nothing was made where nothing was planned",
    [aRun("a", { counts: undefined, state: "failed" })],
    undefined,
  ],
  ["the newest that was planned", [aRun("b"), aRun("a")], { sha: "b", baseSha: "a" }],
  [
    "not one whose spec could not be read",
    [aRun("b", { counts: undefined, state: "failed" }), aRun("a")],
    { sha: "a" },
  ],
  [
    "one under way beside the last one planned",
    [aRun("b", { counts: undefined, state: "running" }), aRun("a")],
    { sha: "a", baseSha: "b" },
  ],
  ["the only one, under way", [aRun("a", { counts: undefined, state: "running" })], { sha: "a" }],
  ["not a deletion", [aRun("b", { kind: "destroy" }), aRun("a")], { sha: "a" }],
])("what a preview may have is in the specs of these commits: %s", (_what, runs, made) => {
  expect(commitsMade(runs)).toEqual(made);
});

it("a directory that has left the head and was deleted is no longer the preview's", async () => {
  const store = createMemoryStore();
  const ended = async (directory: string, more: Partial<RunSummary>, state: EndState) => {
    const [run] = await store.createRuns([
      { ...aRun("b"), ...more, stack: { ...aRun("b").stack, directory } },
    ]);
    await store.beginRun(run?.id ?? "");
    await store.endRun(run?.id ?? "", 1, { state });
  };
  await ended("there", {}, "succeeded");
  await ended("gone", { goneFrom: "a" }, "succeeded");
  await ended("failed", { goneFrom: "a" }, "failed");
  await ended("back", { goneFrom: "a" }, "succeeded");
  const cause = { by: "preview", login: "ana", pull: 7, version: 2, why: "command" } as const;
  await ended("back", { cause }, "succeeded");
  const preview = aPreview({ directories: ["there", "gone", "failed", "back", "never"] });
  expect(await withoutRemoved({ store }, preview)).toEqual(["there", "failed", "back", "never"]);
});

it("every stack of the head is applied, one that has left it is deleted, and all of them when it is off", async () => {
  const store = createMemoryStore();
  const { repository } = aPreview();
  for (const directory of ["apis/a", "apis/old"]) {
    const { stack } = aRun("b");
    const [run] = await store.createRuns([{ ...aRun("b"), stack: { ...stack, directory } }]);
    await store.beginRun(run?.id ?? "");
    await store.endRun(run?.id ?? "", 1, { state: "failed" });
  }
  const targets = ["apis/a", "apis/new"].map((directory) => ({
    stack: { repository, stage: "pr-7", directory },
    stage: stageSchema.parse({}),
  }));
  const preview = aPreview({ version: 2, directories: ["apis/a", "apis/old", "apis/new"] });
  const on = await previewRequests({ store }, preview, targets, { text: "/preview" });
  expect(on.map(({ stack, kind, group }) => [stack.directory, kind, group])).toEqual([
    ["apis/a", "apply", previewGroup(preview)],
    ["apis/new", "apply", previewGroup(preview)],
    ["apis/old", "apply", previewGroup(preview)],
  ]);
  expect(on.map(({ goneFrom, baseSha }) => [goneFrom, baseSha])).toEqual([
    [undefined, "b"],
    [undefined, undefined],
    ["b", undefined],
  ]);
  const off = await previewRequests({ store }, { ...preview, wanted: false }, [], {});
  // Of a stack that was never planned there is nothing.
  expect(off.map(({ stack, kind, sha }) => [stack.directory, kind, sha])).toEqual([
    ["apis/a", "destroy", "b"],
    ["apis/old", "destroy", "b"],
  ]);
});
