/** Functions and layers whose code a workflow has built, through the engine. */
import { createHash } from "node:crypto";
import { Lambda } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { applyStack } from "../../src/engine/apply-stack.ts";
import { planDestroy, planStack } from "../../src/engine/plan-stack.ts";
import type { StackOptions } from "../../src/engine/stack.ts";
import { fail } from "../../src/model/errors.ts";
import type { BuiltCode } from "../../src/source/built-code.ts";
import { archiveEntries } from "../../src/source/code-archive.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, failuresOf } from "./harness.ts";
import { type RandomEntry, specText } from "./random-stack.ts";
import { entry, role } from "../type-examples/beside.ts";
import { memorySource } from "../unit/spec/loading.ts";

const fn = entry(
  "Lambda",
  "Function",
  { FunctionName: "fn", Handler: "index.handler", Runtime: "nodejs22.x", Code: { Artifact: "orders" } },
  { role: "caller" },
);
const layer = entry("Lambda", "Layer", { LayerName: "fonts", Content: { Artifact: "fonts" } });

/** An artifact of each name, with this content. */
const builtAs = (text: string): BuiltCode => ({
  archiveOf: async (artifact) => {
    const bytes = new TextEncoder().encode(`exports.handler = () => ${JSON.stringify(text)};`);
    const path = artifact === "fonts" ? "nodejs/node_modules/fonts/index.js" : "index.js";
    return {
      ...(await archiveEntries([{ path, bytes, executable: false }], artifact)),
      from: `run 57 of ${text}.yml`,
    };
  },
});
const expired: BuiltCode = {
  archiveOf: async () => fail("CODE_ARTIFACT_EXPIRED", "expired", { hint: "Run it again." }),
};

function world(...entries: RandomEntry[]) {
  const fake = createFakeAws();
  const source = memorySource({ "resources.js": specText({ entries: [role, ...entries], files: {} }) });
  const options = (built: StackOptions["built"]): StackOptions => ({
    source,
    base: source,
    directory: ".",
    stage: "dev",
    region: fake.clientConfig().region,
    projectName: "shop",
    built,
  });
  const aws = () =>
    connectAws({
      region: fake.clientConfig().region,
      clientConfig: fake.clientConfig(),
      clock: createFakeClock(),
    });
  return {
    fake,
    lambda: new Lambda({ ...fake.clientConfig(), maxAttempts: 1 }),
    plan: async (built: StackOptions["built"]) => (await planStack(options(built), aws())).plan,
    apply: (built: StackOptions["built"], planId?: string) => applyStack(options(built), aws(), { planId }),
    planRemoval: async () => (await planDestroy(options(expired), aws())).plan,
  };
}

describe("a function of an artifact", () => {
  it("gets the very bytes, and then has no changes, wherever the same were built", async () => {
    const { plan, apply, lambda } = world(fn);
    const built = builtAs("one");
    const planned = await plan(built);
    expect(failuresOf(await apply(built, planned.id))).toEqual([]);
    const { bytes } = await built.archiveOf("orders");
    const { CodeSha256 } = await lambda.getFunctionConfiguration({ FunctionName: "fn" });
    expect(CodeSha256).toBe(createHash("sha256").update(bytes).digest("base64"));
    expect(
      changesOf(
        await plan({ archiveOf: async (name) => ({ ...(await built.archiveOf(name)), from: "run 99" }) }),
      ),
    ).toEqual([]);
  });

  it("has another plan with other bytes, which says where they came from", async () => {
    const { plan, apply } = world(fn);
    const planned = await plan(builtAs("one"));
    await expect(apply(builtAs("two"), planned.id)).rejects.toMatchObject({ code: "PLAN_STALE" });
    await apply(builtAs("one"));
    const [change] = (await plan(builtAs("two"))).changes.filter(({ action }) => action === "update");
    expect(change).toMatchObject({
      key: "Lambda::Function::fn",
      code: { artifact: "orders", from: "run 57 of two.yml" },
      properties: [{ path: "CodeSha256" }],
    });
  });

  it("fails when AWS then has other bytes than were sent", async () => {
    const { apply, fake } = world(fn);
    const built = builtAs("one");
    const lying: BuiltCode = {
      archiveOf: async (name) => ({
        ...(await built.archiveOf(name)),
        sha256Base64: "A".repeat(43).concat("="),
      }),
    };
    const result = await apply(lying);
    expect(failuresOf(result).join()).toContain("CODE_MISMATCH");
    expect(fake.state.functions.has("fn")).toBe(true);
  });

  it("is left as it is where it is not asked what was built, and is deleted without its artifact", async () => {
    const { plan, apply, planRemoval } = world(fn);
    await apply(builtAs("one"));
    expect(changesOf(await plan("left"))).toEqual([]);
    expect((await planRemoval()).counts.delete).toBe(2);
  });

  it("is no drift where the base's artifact is not known", async () => {
    const { plan, apply } = world(fn);
    await apply(builtAs("one"));
    expect((await plan(builtAs("two"))).problems).toEqual([]);
  });
});

describe("a layer of an artifact", () => {
  it("is published once for the same bytes", async () => {
    const { plan, apply, fake } = world(layer);
    expect(failuresOf(await apply(builtAs("one")))).toEqual([]);
    expect(changesOf(await plan(builtAs("one")))).toEqual([]);
    expect(changesOf(await plan("left"))).toEqual([]);
    expect(fake.calls.filter(({ operation }) => operation === "PublishLayerVersion")).toHaveLength(1);
    expect((await plan(builtAs("two"))).counts.replace).toBe(1);
  });
});
