import { describe, expect, it } from "vitest";
import { createFakeAws, type FakeAws, type FaultKind } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { type Bench, changesOf, engineOn, failuresOf } from "./harness.ts";
import { tenResources } from "./ten-resources.ts";

interface Played {
  readonly fake: FakeAws;
  readonly engine: Bench;
}

function play(): Played {
  const fake = createFakeAws({ consistency: { functionActive: 1, functionUpdate: 1, roleAssumable: 1 } });
  const engine = engineOn({
    region: "us-east-1",
    clientConfig: fake.clientConfig(),
    clock: createFakeClock(),
    backoffMs: 1,
  });
  return { fake, engine };
}

/** The number of resources of each type in AWS; duplicates and orphans make it too large. */
function inventory({ fake }: Played): Record<string, number> {
  const apis = [...fake.state.apis.values()];
  return {
    apis: apis.length,
    integrations: apis.reduce((sum, api) => sum + api.integrations.size, 0),
    routes: apis.reduce((sum, api) => sum + api.routes.size, 0),
    stages: apis.reduce((sum, api) => sum + api.stages.size, 0),
    deployments: apis.reduce((sum, api) => sum + api.deployments.size, 0),
    functions: fake.state.functions.size,
    roles: fake.state.roles.size,
    policies: [...fake.state.policies.values()].filter(({ managedByAws }) => !managedByAws).length,
    logGroups: fake.state.logGroups.size,
  };
}

/** Applies until there are no changes. A fault may make the first attempt fail, but must not change the result. */
async function converge(played: Played, files: Readonly<Record<string, string>>): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    await played.engine.apply(files).catch(() => undefined);
    if (changesOf(await played.engine.plan(files)).length === 0) return;
  }
  expect(changesOf(await played.engine.plan(files))).toEqual([]);
}

async function writesOf(
  files: Readonly<Record<string, string>>,
  before?: Readonly<Record<string, string>>,
): Promise<number> {
  const played = play();
  if (before !== undefined) await played.engine.apply(before);
  played.fake.resetCalls();
  expect(failuresOf(await played.engine.apply(files))).toEqual([]);
  return played.fake.calls.filter(({ operation }) => !/^(Get|List|Describe)/.test(operation)).length;
}

const edited: Readonly<Record<string, string>> = {
  ...tenResources,
  "resources.js": (tenResources["resources.js"] ?? "")
    .replace('RouteKey: "GET /"', 'RouteKey: "GET /other"')
    .replace("retentionInDays: 7", "retentionInDays: 30")
    .replace('Action: ["logs:*"]', 'Action: ["logs:PutLogEvents"]')
    .replace('PayloadFormatVersion: "2.0"', 'PayloadFormatVersion: "1.0"')
    .replace('Runtime: "nodejs22.x"', 'Runtime: "nodejs22.x", MemorySize: 256'),
};
const kinds: readonly FaultKind[] = ["cut", "cut-after", "error", "error-after", "throttle"];

describe("a fault at any write", () => {
  it.each(kinds)("%s while everything is created: the same result, without duplicates", async (kind) => {
    const clean = play();
    await converge(clean, tenResources);
    const expected = inventory(clean);
    const writes = await writesOf(tenResources);
    expect(writes).toBeGreaterThan(10);
    for (let skip = 0; skip < writes; skip += 1) {
      const played = play();
      played.fake.faults.inject({ kind, writesOnly: true, skip, times: 1 });
      await converge(played, tenResources);
      expect(inventory(played), `${kind} at write ${skip + 1}`).toEqual(expected);
    }
  });

  it.each(kinds)("%s while everything is edited: the same result, without duplicates", async (kind) => {
    const clean = play();
    await converge(clean, tenResources);
    await converge(clean, edited);
    const expected = inventory(clean);
    const writes = await writesOf(edited, tenResources);
    expect(writes).toBeGreaterThan(5);
    for (let skip = 0; skip < writes; skip += 1) {
      const played = play();
      await converge(played, tenResources);
      played.fake.faults.inject({ kind, writesOnly: true, skip, times: 1 });
      await converge(played, edited);
      expect(inventory(played), `${kind} at write ${skip + 1}`).toEqual(expected);
    }
  });
});

describe("a crash at any write", () => {
  /** The process is dead: nothing happens after the k-th write. */
  it("followed by another run: the same result, without duplicates", async () => {
    const clean = play();
    await converge(clean, tenResources);
    const expected = inventory(clean);
    const writes = await writesOf(tenResources);
    for (let k = 0; k < writes; k += 1) {
      const played = play();
      let count = 0;
      const dead = new Error("killed");
      await played.engine
        .apply(tenResources, {
          beforeWrite: async () => {
            count += 1;
            if (count > k) throw dead;
          },
        })
        .catch(() => undefined);
      await converge(played, tenResources);
      expect(inventory(played), `killed at write ${k + 1}`).toEqual(expected);
    }
  });
});
