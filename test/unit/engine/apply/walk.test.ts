import { describe, expect, it } from "vitest";
import { walk } from "../../../../src/engine/apply/walk.ts";
import type { ApplyEvent } from "../../../../src/model/apply.ts";
import { makeWorld } from "../../../../src/engine/apply/world.ts";
import { noteOperation, WRITE_OUTCOME_UNKNOWN } from "../../../../src/aws/errors.ts";
import { connectAws } from "../../../../src/aws/connect.ts";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import { makePlan } from "../../../../src/engine/plan/plan.ts";
import type { CreateContext, Live, ResourceType } from "../../../../src/resources/type.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import {
  box,
  haveBox,
  haveThing,
  ourTags,
  specOf,
  stack,
  thing,
  wantBox,
  wantThing,
} from "../plan/toy-types.ts";

/** A toy AWS: what was made, by id, and what each verb does next. */
function toyAws(
  verbs: {
    create?: (name: string, make: () => Live) => Promise<Live>;
    remove?: (name: string) => Promise<void>;
  } = {},
  types: readonly ResourceType[] = [box, thing],
) {
  const made = new Map<string, Live>();
  const order: string[] = [];
  let next = 0;
  const make = (type: string, { state, desired, parent }: CreateContext): Live => {
    next += 1;
    const live: Live = {
      type,
      name: desired.name,
      id: `new-${next}`,
      state,
      attributes: {},
      ...(parent === undefined ? { tags: ourTags } : { parentId: parent.id }),
    };
    made.set(live.id, live);
    order.push(`create ${desired.name}`);
    return live;
  };
  const withVerbs = (type: ResourceType): ResourceType => ({
    ...type,
    read: async () => [...made.values()].filter((live) => live.type === type.type),
    create: async (context) =>
      verbs.create === undefined
        ? make(type.type, context)
        : verbs.create(context.desired.name, () => make(type.type, context)),
    update: async ({ live, state, desired }) => {
      order.push(`update ${desired.name}`);
      return { ...live, state };
    },
    delete: async ({ live }) => {
      await verbs.remove?.(live.name);
      order.push(`delete ${live.name}`);
    },
  });
  const registry = new Map(types.map((type) => [type.type, withVerbs(type)]));
  const run = async (
    resources: DesiredResource[],
    observed: Observed[],
    more: { signal?: AbortSignal; onEvent?: (event: ApplyEvent) => void } = {},
  ) => {
    const planning = makePlan({
      engine: "test",
      stack,
      registry,
      spec: specOf(...resources),
      observed,
      adopt: [],
      purpose: "apply",
    });
    const world = makeWorld(connectAws({ region: "eu-west-2", clock: createFakeClock() }), planning);
    const results = await walk(world, { beforeWrite: async () => {}, ...more });
    return results.map(({ name, outcome, error, because }) => ({
      name,
      outcome,
      ...(error === undefined ? {} : { code: error.code }),
      ...(because === undefined ? {} : { because }),
    }));
  };
  return { made, order, run };
}

function awsError(name: string): Error {
  const error = Object.assign(new Error(`${name} happened`), { name });
  noteOperation(error, { service: "ApiGatewayV2", operation: "CreateRoute", iamAction: "apigateway:POST" });
  return error;
}

describe("walking a plan", () => {
  it("does what others need first, and deletes users before what they use", async () => {
    const aws = toyAws();
    const b = haveBox("b");
    const old = haveThing("old", b);
    const user = haveThing("user", b, { Peer: "id-old" });
    await aws.run([wantBox("b"), wantBox("a"), wantThing("t", "a")], [b, old, user]);
    expect(aws.order.indexOf("create a")).toBeLessThan(aws.order.indexOf("create t"));
    expect(aws.order.indexOf("delete user")).toBeLessThan(aws.order.indexOf("delete old"));
  });

  it("skips what waits for a failure, says for which, and goes on with the rest", async () => {
    const aws = toyAws({
      create: async (name, make) => {
        if (name === "a") throw awsError("BadRequestException");
        return make();
      },
    });
    expect(await aws.run([wantBox("a"), wantThing("t", "a"), wantBox("b"), wantThing("u", "b")], [])).toEqual(
      [
        { name: "a", outcome: "failed", code: "BadRequestException" },
        { name: "t", outcome: "skipped", because: "Toy::Box::a" },
        { name: "b", outcome: "succeeded" },
        { name: "u", outcome: "succeeded" },
      ],
    );
  });

  it("stops between two steps when it is cancelled: what is done stays done, the rest is said to be cancelled", async () => {
    const cancel = new AbortController();
    const aws = toyAws();
    const results = await aws.run([wantBox("a"), wantThing("t", "a")], [], {
      signal: cancel.signal,
      onEvent: ({ kind }) => kind === "step-finished" && cancel.abort(),
    });
    expect(results).toEqual([
      { name: "a", outcome: "succeeded" },
      { name: "t", outcome: "cancelled" },
    ]);
  });

  describe("with a resource that another one makes ready", () => {
    /** Boxes that are ready once a thing is in them. */
    const ready = new Set<string>();
    const slowBox: ResourceType = {
      ...box,
      wait: {
        readiness: ({ name }) => (ready.has(name) ? "ready" : "pending"),
        awaiting: ({ name }) => `something in ${name}`,
        deadlineMs: 3_600_000,
      },
    };
    const filling: ResourceType = {
      ...thing,
      dependencies: { box: { type: box.type, parent: true, required: true, makesReady: true } },
    };

    it("starts that one as soon as the resource is made", async () => {
      const aws = toyAws(
        {
          create: async (name, make) => {
            if (name === "t") ready.add("a");
            return make();
          },
        },
        [slowBox, filling],
      );
      expect(await aws.run([wantBox("a"), wantThing("t", "a")], [])).toEqual([
        { name: "a", outcome: "succeeded" },
        { name: "t", outcome: "succeeded" },
      ]);
    });

    it("stops waiting when that one fails", async () => {
      const aws = toyAws(
        {
          create: async (name, make) => {
            if (name === "u") throw awsError("BadRequestException");
            return make();
          },
        },
        [slowBox, filling],
      );
      expect(await aws.run([wantBox("b"), wantThing("u", "b")], [])).toEqual([
        { name: "b", outcome: "failed", code: "WAITS_IN_VAIN" },
        { name: "u", outcome: "failed", code: "BadRequestException" },
      ]);
    });
  });

  it("takes up a create whose answer was lost instead of repeating it", async () => {
    let lost = 0;
    const aws = toyAws({
      create: async (name, make) => {
        const live = make();
        if (name !== "a" || lost > 0) return live;
        lost += 1;
        throw Object.assign(new Error("cut"), { name: WRITE_OUTCOME_UNKNOWN });
      },
    });
    expect(await aws.run([wantBox("a")], [])).toEqual([{ name: "a", outcome: "succeeded" }]);
    expect(aws.made.size).toBe(1);
  });

  it("repeats a create that was lost before it happened", async () => {
    let lost = 0;
    const aws = toyAws({
      create: async (_name, make) => {
        lost += 1;
        if (lost === 1) throw Object.assign(new Error("cut"), { name: WRITE_OUTCOME_UNKNOWN });
        return make();
      },
    });
    expect(await aws.run([wantBox("a")], [])).toEqual([{ name: "a", outcome: "succeeded" }]);
    expect(aws.made.size).toBe(1);
  });

  it("counts what somebody else deleted meanwhile as deleted", async () => {
    const aws = toyAws({
      remove: async () => {
        throw awsError("NotFoundException");
      },
    });
    expect(await aws.run([], [haveBox("a")])).toEqual([{ name: "a", outcome: "succeeded" }]);
  });

  it("tells the children that went with their parent, and that they stayed when it did", async () => {
    const a = haveBox("a");
    const good = toyAws();
    expect(await good.run([], [a, haveThing("t", a)])).toEqual([
      { name: "a", outcome: "succeeded" },
      { name: "t", outcome: "succeeded" },
    ]);
    const bad = toyAws({
      remove: async () => {
        throw awsError("BadRequestException");
      },
    });
    expect(await bad.run([], [a, haveThing("t", a)])).toEqual([
      { name: "a", outcome: "failed", code: "BadRequestException" },
      { name: "t", outcome: "skipped", because: "Toy::Box::a" },
    ]);
  });
});
