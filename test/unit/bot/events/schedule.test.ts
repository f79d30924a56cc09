/** What the schedule does in each repository. */
import { expect, it } from "vitest";
import { queueDueDrift } from "../../../../bot/events/schedule.ts";
import { GatewrightError } from "../../../../src/model/errors.ts";
import { aStack } from "../../../fakes/store.ts";
import { previewBot } from "../commands/previews/preview.ts";

const { repository } = aStack();
const found = {
  id: repository.id,
  owner: { login: "acme" },
  name: "shop",
  default_branch: "main",
};

/** What came of some looks on one day. `aws` are the stages that AWS was asked about. */
async function scheduled(settings: string, looks = 1) {
  const aws: string[] = [];
  const heads: unknown[] = [];
  const { store, services, warned } = previewBot({
    settings,
    answers: {
      "GET /app/installations": async () => [{ id: 1 }],
      "GET /installation/repositories": async () => ({ repositories: [found] }),
      "GET /repos/{owner}/{repo}/commits/{ref}": async ({ ref }) => {
        heads.push(ref);
        if (ref === "gone") throw new Error("No commit found for SHA: gone");
        return { sha: (ref === "main" ? "1" : "2").repeat(40) };
      },
    },
    more: {
      aws: ({ stage }, _settings, purpose) => {
        aws.push(`${purpose} ${stage}`);
        throw new GatewrightError("ROLE_NOT_ALLOWED", "no role for previews");
      },
    },
  });
  for (let look = 0; look < looks; look += 1)
    await queueDueDrift(await services.github(repository), services);
  const runs = await store.listRuns({});
  return {
    aws,
    warned,
    runs: runs.map(({ kind, stack: { stage } }) => `${kind} ${stage}`),
    heads,
    commits: Object.fromEntries(runs.map(({ sha, stack: { stage } }) => [stage, sha.slice(0, 1)])),
  };
}

const PREVIEWS = "stages: {dev: {drift: daily}}\npreview: {stage: dev}\n";

it("previews that nobody knows are looked for; where that fails, the stages' drift does not wait for it", async () => {
  expect(await scheduled(PREVIEWS)).toMatchObject({
    aws: ["plan pr-1"],
    warned: ["could not look for previews that nobody knows"],
    runs: ["drift dev"],
  });
});

it("they are looked for once a day", async () => {
  expect((await scheduled(PREVIEWS, 3)).aws).toEqual(["plan pr-1"]);
});

it("a repository without previews has none looked for", async () => {
  const settings = "stages: {dev: {drift: daily}}\n";
  expect(await scheduled(settings)).toMatchObject({ aws: [], warned: [], runs: ["drift dev"] });
});

it("each stage is compared with the branch that it is deployed from, which is asked for once", async () => {
  const settings =
    "stages: {dev: {drift: daily}, qa: {drift: daily}, old: {drift: daily, branch: release/1.x}}\n";
  const { commits, heads } = await scheduled(settings);
  expect(commits).toEqual({ dev: "1", qa: "1", old: "2" });
  expect(heads).toEqual(["main", "release/1.x"]);
});

it("a stage whose branch is gone keeps no other from being compared", async () => {
  const settings = "stages: {old: {drift: daily, branch: gone}, prod: {drift: daily}}\n";
  const { runs, warned } = await scheduled(settings);
  expect(runs).toEqual(["drift prod"]);
  expect(warned).toEqual(["could not check a stage for drift"]);
});
