/** Previews that no record knows, found in AWS by their tags. */
import { expect, it } from "vitest";
import { sweepLeftovers } from "../../../../../bot/events/previews/leftovers.ts";
import type { Services } from "../../../../../bot/services/services.ts";
import { connectAws } from "../../../../../src/aws/connect.ts";
import { directoryOf, sourceOf } from "../../../../../src/aws/tags.ts";
import type { GitHubRequest } from "../../../../../src/github/client.ts";
import { parseSettings } from "../../../../../src/settings/parse.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";
import { engineOnFake } from "../../../../integration/harness.ts";
import { stagedStack } from "../../../../acceptance/world.ts";

const { repository } = aStack();
const OPEN = 4;
/** GitHub has taken it away, with all that was written. */
const AWAY = 2;
const github: GitHubRequest = async (_route, parameters) => {
  if (parameters?.pull_number === AWAY) throw new Error("Not Found");
  return {
    status: 200,
    headers: {},
    data: {
      state: parameters?.pull_number === OPEN ? "open" : "closed",
      user: { login: "ana" },
      head: { sha: "1".repeat(40) },
    },
  };
};

it("those of closed pull requests of this repository are deleted, once a day; nothing else is", async () => {
  const { fake, engine } = engineOnFake();
  const make = (api: string, stage: string, ownedBy: string) =>
    engine.apply({ "resources.js": stagedStack({ api }) }, {}, { stage, ownedBy, projectName: api });
  await make("0", `pr-${AWAY}`, sourceOf(1, "apis/a"));
  await make("a", "pr-3", sourceOf(1, "apis/a"));
  await make("b", "pr-3", sourceOf(1, "apis/b"));
  await make("c", `pr-${OPEN}`, sourceOf(1, "apis/a"));
  await make("d", "dev", sourceOf(1, "apis/a"));
  await make("e", "pr-5", sourceOf(2, "apis/a"));
  await make("f", "pr-6", sourceOf(11, "apis/a"));
  const store = createMemoryStore();
  const { region, ...clientConfig } = fake.clientConfig();
  let now = Date.UTC(2026, 0, 1);
  const services: Services = {
    store,
    clock: { now: () => now, sleep: async () => {} },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    github: async () => github,
    aws: () => connectAws({ region, clientConfig, budget: async () => {}, attempts: 1 }),
    enqueue: (requests) => store.createRuns(requests),
    trustedRoots: { for: async () => [] },
    keepsRecords: true,
    appSlug: "gatewright",
    serverUrl: "https://github.com",
  };
  const sweep = () =>
    sweepLeftovers(services, repository, parseSettings("stages: {dev: {}}\npreview: {stage: dev}\n"));
  const queued = async () =>
    (await store.listRuns({})).map(({ kind, stack }) => `${kind} ${stack.stage} ${stack.directory}`).sort();
  await sweep();
  expect(await queued()).toEqual(["destroy pr-3 apis/a", "destroy pr-3 apis/b"]);
  expect((await store.listPreviews()).map(({ pull, why }) => [pull, why])).toEqual([[3, "leftover"]]);
  // It is known now, and looked after like every other.
  now += 86_400_000;
  await sweep();
  expect(await queued()).toHaveLength(2);
});

it("a stack's directory is read from its tag", () => {
  for (const directory of [".", "apis/orders", "apis/ä (1)%", "a=b"])
    expect(directoryOf(7, sourceOf(7, directory))).toBe(directory);
  expect(directoryOf(7, sourceOf(77, "a"))).toBeUndefined();
  expect(directoryOf(7, sourceOf(7, "x".repeat(300)))).toBeUndefined();
});
