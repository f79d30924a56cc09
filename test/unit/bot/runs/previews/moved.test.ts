/** What becomes of what a preview has elsewhere than where its run works. */
import { describe, expect, it } from "vitest";
import { carryOut } from "../../../../../bot/runs/carry-out.ts";
import type { RunHooks } from "../../../../../bot/runs/attempt.ts";
import { elsewhere } from "../../../../../bot/runs/previews/moved.ts";
import { Stopped } from "../../../../../bot/runs/stops.ts";
import type { PreviewStack } from "../../../../../bot/services/store.ts";
import { connectAws } from "../../../../../src/aws/connect.ts";
import { GatewrightError } from "../../../../../src/model/errors.ts";
import type { RunRequest } from "../../../../../src/model/run.ts";
import { stageSchema } from "../../../../../src/settings/schema.ts";
import { createFakeAws, type FakeAws } from "../../../../fakes/aws/fake-aws.ts";
import { aStack, createRun } from "../../../../fakes/store.ts";
import { aPreview, previewBot } from "../../commands/previews/preview.ts";

const here = { account: "1", region: "eu-west-2", name: "shop" };
const at = (more: Partial<typeof here>): PreviewStack => ({
  stack: aStack({ stage: "pr-7" }),
  sha: "a",
  settings: {},
  ...here,
  ...more,
});

it("a stack is elsewhere in another account, another region, or under another project's name", () => {
  const known = [at({}), at({ account: "2" }), at({ region: "eu-west-1" }), at({ name: "store" })];
  expect(elsewhere(known, here)).toEqual(known.slice(1));
  expect(elsewhere([], here)).toEqual([]);
});

const REGION = "eu-west-2";
const [OLD, NEW] = ["111111111111", "222222222222"];
const SHA = "1".repeat(40);
const FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ name: "shop" }),
  "resources.js": `exports.createResources = () => [
      { type: "Api", group: "ApiGatewayV2", name: "my-api", properties: { ProtocolType: "HTTP" } },
      { type: "Stage", group: "ApiGatewayV2", name: "live", dependencies: () => ({ api: "my-api" }) },
    ];`,
};
const idOf = (path: string): string => `moved-preview-${path}`;
const roleIn = (account: string): string => `arn:aws:iam::${account}:role/previews`;
const settingsIn = (account: string): string =>
  `stages: {dev: {region: ${REGION}}}\npreview: {stage: dev, account: "${account}", role: "${roleIn(account)}"}\n`;
const stageIn = (account: string) =>
  stageSchema.parse({ account, region: REGION, role: roleIn(account), names: "{name}-{stage}" });

/** A bot whose settings have moved previews from the old account to the new one. */
function moving() {
  const accounts: Readonly<Record<string, FakeAws>> = Object.fromEntries(
    [OLD, NEW].map((account) => [account, createFakeAws({ region: REGION, account })]),
  );
  const asked: string[] = [];
  const locked = new Set<string>();
  const at = { settings: settingsIn(OLD) };
  const bot = previewBot({
    settings: "",
    answers: {
      "GET /repos/{owner}/{repo}/contents/{path}": async () => ({
        content: Buffer.from(at.settings).toString("base64"),
      }),
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": async () => ({
        tree: Object.keys(FILES).map((path) => ({ path, mode: "100644", type: "blob", sha: idOf(path) })),
      }),
      "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": async ({ file_sha }) => ({
        content: Buffer.from(
          Object.entries(FILES).find(([path]) => idOf(path) === file_sha)?.[1] ?? "",
        ).toString("base64"),
      }),
      "GET /repos/{owner}/{repo}/pulls/{pull_number}": async () => ({
        state: "open",
        head: { sha: SHA, repo: { id: 1 } },
        base: { repo: { id: 1 } },
      }),
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission": async () => ({ permission: "write" }),
    },
    more: {
      aws: ({ repository }, { role = "" }, _purpose, { signal }) => {
        const account = role.split(":")[4] ?? "";
        asked.push(`${repository.name} ${account}`);
        if (locked.has(account)) throw new GatewrightError("ROLE_NOT_ALLOWED", `no role for ${account}`);
        const fake = accounts[account];
        if (fake === undefined) throw new Error(`no account ${account}`);
        const { region, credentials, requestHandler } = fake.clientConfig();
        return connectAws({ region, credentials, requestHandler, signal, budget: async () => {} });
      },
    },
  });
  const { store, services } = bot;
  let version = 0;
  const run = async (more: Partial<RunRequest> = {}, hooks: Partial<RunHooks> = {}) => {
    version += 1;
    const wanted = more.kind !== "destroy";
    const account = at.settings === settingsIn(OLD) ? OLD : NEW;
    await store.setPreview(aPreview({ version, wanted, stage: stageIn(account), sha: SHA }));
    const made = await createRun(store, {
      group: `g${version}`,
      stack: aStack({ stage: "pr-7" }),
      kind: "apply",
      cause: { by: "preview", login: "ana", pull: 7, version, why: "command" },
      sha: SHA,
      adopt: [],
      ...more,
    });
    return carryOut(services, made, {
      signal: new AbortController().signal,
      beforeWrite: async () => {},
      onEvent: () => {},
      onPlan: () => {},
      onLog: () => {},
      resuming: false,
      ...hooks,
    });
  };
  return {
    ...bot,
    asked,
    locked,
    run,
    move: () => {
      at.settings = settingsIn(NEW);
    },
    apis: (account: string) =>
      [...(accounts[account]?.state.apis.values() ?? [])].map(({ api }) => String(api.Name)),
    places: async () => (await store.previewStacks(aStack({ stage: "pr-7" }))).map(({ account }) => account),
  };
}

describe("a preview whose settings have another account now", () => {
  it("is deleted in the old one and made in the new one, by the name that the repository has now", async () => {
    const { run, move, apis, places, asked } = moving();
    await run();
    expect([apis(OLD), await places()]).toEqual([["my-api-pr-7"], [OLD]]);
    move();
    asked.length = 0;
    const { repository, ...stack } = aStack({ stage: "pr-7" });
    await run({ stack: { ...stack, repository: { ...repository, name: "renamed" } } });
    expect([apis(OLD), apis(NEW), await places()]).toEqual([[], ["my-api-pr-7"], [NEW]]);
    expect(asked).toEqual([`renamed ${NEW}`, `renamed ${OLD}`]);
  });

  it("is not made in the new one while the old one cannot be entered", async () => {
    const { run, move, apis, locked } = moving();
    await run();
    move();
    locked.add(OLD);
    await expect(run()).rejects.toThrow(`no role for ${OLD}`);
    expect([apis(OLD), apis(NEW)]).toEqual([["my-api-pr-7"], []]);
  });

  it("is deleted in the new one, even if the old one cannot be entered any more", async () => {
    const { run, move, apis, locked, places, store } = moving();
    await run();
    move();
    await run();
    await store.keepPreviewStack({
      stack: aStack({ stage: "pr-7" }),
      account: OLD,
      region: REGION,
      name: "shop",
      sha: SHA,
      settings: stageIn(OLD),
    });
    locked.add(OLD);
    await expect(run({ kind: "destroy" })).rejects.toThrow(`no role for ${OLD}`);
    expect([apis(NEW), await places()]).toEqual([[], [OLD]]);
  });

  it("is deleted by another process when this one ends meanwhile: that is no failure", async () => {
    const { run, move, apis, places } = moving();
    await run();
    move();
    const ending = new AbortController();
    const stopped = new Stopped("drain");
    const beforeWrite = async (): Promise<void> => ending.abort(stopped);
    await expect(run({}, { signal: ending.signal, beforeWrite })).rejects.toBe(stopped);
    expect([apis(OLD), await places()]).toEqual([["my-api-pr-7"], [OLD]]);
  });
});

it("a preview that needed no change is recorded all the same: one of an older version has no record", async () => {
  const { run, places, store } = moving();
  await run();
  for (const one of await store.previewStacks(aStack({ stage: "pr-7" }))) await store.forgetPreviewStack(one);
  await run();
  expect(await places()).toEqual([OLD]);
});
