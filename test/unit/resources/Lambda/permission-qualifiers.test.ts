/** The strict fake has no versions and aliases, so a few lines stand for Lambda here. */
import { describe, expect, it } from "vitest";
import type { Aws } from "../../../../src/aws/aws.ts";
import { permission } from "../../../../src/resources/Lambda/permission/permission.ts";
import type { Live } from "../../../../src/resources/type.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { createWorld, dependency, desiredOf, planOf, type Wanted, type World } from "../harness.ts";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";
const INVOKE = { Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" };
const TAG = "gc-permission-qualifiers";

function withAliases(): {
  world: World;
  parent: Live;
  policies: Map<string, Map<string, object>>;
  calls: string[];
} {
  const policies = new Map<string, Map<string, object>>();
  const calls: string[] = [];
  const tags: Record<string, string> = {};
  const of = (qualifier = ""): Map<string, object> => {
    const policy = policies.get(qualifier) ?? new Map<string, object>();
    policies.set(qualifier, policy);
    return policy;
  };
  const client = {
    getPolicy: async ({ Qualifier }: { Qualifier?: string }) => {
      calls.push(`GetPolicy ${Qualifier ?? ""}`.trim());
      const all = [...of(Qualifier).values()];
      if (all.length === 0) throw Object.assign(new Error("none"), { name: "ResourceNotFoundException" });
      return { Policy: JSON.stringify({ Statement: all }) };
    },
    addPermission: async ({ Qualifier, StatementId = "", Action, Principal }: Record<string, string>) => {
      calls.push(`AddPermission ${Qualifier ?? ""}:${StatementId}`);
      of(Qualifier).set(StatementId, {
        Sid: StatementId,
        Effect: "Allow",
        Action,
        Principal: { Service: Principal },
      });
    },
    removePermission: async ({ Qualifier, StatementId = "" }: Record<string, string>) => {
      calls.push(`RemovePermission ${Qualifier ?? ""}:${StatementId}`);
      of(Qualifier).delete(StatementId);
    },
    tagResource: async ({ Tags }: { Tags: Record<string, string> }) => {
      calls.push("TagResource");
      Object.assign(tags, Tags);
    },
    untagResource: async () => {
      calls.push("UntagResource");
      delete tags[TAG];
    },
  };
  const base = createWorld();
  const aws: Aws = { ...base.aws, clock: createFakeClock(), client: async () => client as never };
  const parent: Live = { type: "Lambda::Function", name: "f", id: ARN, state: {}, attributes: {}, tags };
  return { world: { ...base, aws: { ...aws, calls: () => 0 } }, parent, policies, calls };
}

function wanted(parent: Live, ...Permissions: { StatementId: string; Qualifier?: string }[]): Wanted {
  return {
    properties: { Permissions: Permissions.map((one) => ({ ...INVOKE, ...one })) },
    dependencies: { lambdaFunction: [dependency("Lambda::Function", "f", { id: ARN })] },
    parent,
  };
}

async function write(world: World, parent: Live, what: Wanted): Promise<void> {
  const desired = desiredOf(permission, what, world.stack);
  const context = {
    aws: world.aws,
    stack: world.stack,
    state: permission.desiredState(desired),
    desired,
    parent,
    code: async () => new Uint8Array(),
  };
  const [live] = await permission.read({
    aws: world.aws,
    stack: world.stack,
    lookups: [],
    parents: [parent],
    once: (_key, make) => make(),
  });
  if (live === undefined) await permission.create(context);
  else await permission.update({ ...context, live, changes: [], changed: () => true });
}

describe("Permission on versions and aliases", () => {
  it("names them in a tag of the function, so that their statements are found when they left the spec", async () => {
    const { world, parent, policies, calls } = withAliases();
    const both = wanted(parent, { StatementId: "a" }, { StatementId: "a", Qualifier: "live" });
    await write(world, parent, both);
    expect(calls.slice(1)).toEqual(["TagResource", "AddPermission :a", "AddPermission live:a"]);
    expect(parent.tags).toEqual({ [TAG]: "live" });
    expect(await planOf(world, permission, both)).toEqual([]);

    const one = wanted(parent, { StatementId: "a" });
    expect((await planOf(world, permission, one)).map(({ path }) => path)).toEqual([
      "Permissions.live:a.Action",
      "Permissions.live:a.Principal",
      "Permissions.live:a.Qualifier",
    ]);
    calls.length = 0;
    await write(world, parent, one);
    expect(calls).toEqual(["GetPolicy", "GetPolicy live", "RemovePermission live:a", "UntagResource"]);
    expect([policies.get("")?.size, policies.get("live")?.size]).toEqual([1, 0]);
    expect(await planOf(world, permission, one)).toEqual([]);
  });

  it("asks for one that the spec names even without the tag", async () => {
    const { world, parent, calls } = withAliases();
    await planOf(world, permission, wanted(parent, { StatementId: "a", Qualifier: "live" }));
    expect(calls).toEqual(["GetPolicy", "GetPolicy live"]);
  });
});
