/** What goes away with time is waited out, in every call of every step; what does not is an error at once. */
import { describe, expect, it } from "vitest";
import type { StepWaiting } from "../../src/model/apply.ts";
import type { Fault } from "../fakes/aws/fake-aws.ts";
import { recordedErrors } from "../contract/recorded.ts";
import { changesOf, engineOnFake, failuresOf } from "./harness.ts";
import { tenResources } from "./ten-resources.ts";

const edited: Readonly<Record<string, string>> = {
  ...tenResources,
  "resources.js": (tenResources["resources.js"] ?? "")
    .replace('RouteKey: "GET /"', 'RouteKey: "GET /other"')
    .replace("retentionInDays: 7", "retentionInDays: 30")
    .replace('Action: ["logs:*"]', 'Action: ["logs:PutLogEvents"]')
    .replace('Runtime: "nodejs22.x"', 'Runtime: "nodejs22.x", MemorySize: 256'),
};

/** As AWS said it. */
function recorded(id: string): Fault {
  const row = recordedErrors().find((one) => one.id === id);
  if (row === undefined) throw new Error(`${id} is not recorded`);
  const { operation, code, message, status } = row;
  return { kind: "custom", operation, code, message, status };
}

async function writesOf(edit: boolean): Promise<number> {
  const { fake, engine } = engineOnFake();
  if (edit) await engine.apply(tenResources);
  fake.resetCalls();
  await engine.apply(edit ? edited : tenResources);
  return fake.calls.filter(({ operation }) => !/^(Get|List|Describe)/.test(operation)).length;
}

describe("an apply waits for what goes away with time", () => {
  it.each(["busy", "throttle"] as const)("%s 25 times in a row, at any write of any step", async (kind) => {
    for (const edit of [false, true]) {
      const writes = await writesOf(edit);
      expect(writes).toBeGreaterThan(5);
      for (let skip = 0; skip < writes; skip += 1) {
        const { fake, engine } = engineOnFake();
        if (edit) await engine.apply(tenResources);
        fake.faults.inject({ kind, writesOnly: true, skip, times: 25 });
        const files = edit ? edited : tenResources;
        expect(failuresOf(await engine.apply(files)), `${kind} at write ${skip + 1}`).toEqual([]);
        expect(changesOf(await engine.plan(files))).toEqual([]);
      }
    }
  });

  it.each([
    ["lambda-role-not-assumable", 80],
    ["lambda-throttled-by-ec2", 40],
    ["lambda-role-without-network-permissions", 20],
    ["apigatewayv2-log-delivery-missing", 10],
    ["iam-policy-not-attachable", 5],
    ["iam-invalid-principal", 10],
    ["iam-concurrent-modification", 25],
    ["logs-operation-aborted", 25],
    ["apigatewayv2-concurrent-modification", 25],
  ])("%s, as AWS said it, %d times", async (id, times) => {
    const { fake, engine } = engineOnFake();
    const fault = fake.faults.inject({ ...recorded(id), times });
    expect(failuresOf(await engine.apply(tenResources))).toEqual([]);
    expect(fault.hits).toBe(times);
  });

  it("and says after its deadline what it waited for, and for how long", async () => {
    const { fake, engine } = engineOnFake();
    fake.faults.inject({ ...recorded("lambda-role-not-assumable"), times: 9999 });
    const failures = failuresOf(await engine.apply(tenResources));
    expect(failures[0]).toMatch(
      /^failed create Lambda::Function::my-function: DEADLINE waited 90\d s for Lambda to be able to assume the function's role; AWS's last word: .*cannot be assumed/,
    );
  });

  it("and tells meanwhile what it waits for, since when and until when, once", async () => {
    const { fake, engine } = engineOnFake();
    fake.faults.inject({ ...recorded("lambda-role-not-assumable"), times: 30 });
    const waits: StepWaiting[] = [];
    const result = await engine.apply(tenResources, {
      onEvent: (event) => {
        if (event.kind === "step-waiting") waits.push(event);
      },
    });
    expect(result.succeeded).toBe(true);
    expect(waits.map(({ key, action, awaiting, at, until }) => [key, action, awaiting, until - at])).toEqual([
      ["Lambda::Function::my-function", "create", "Lambda to be able to assume the function's role", 900_000],
    ]);
  });

  it("but says nothing of a throttled call that passes in a moment", async () => {
    const { fake, engine } = engineOnFake();
    fake.faults.inject({ kind: "throttle", writesOnly: true, times: 2 });
    const kinds = new Set<string>();
    await engine.apply(tenResources, { onEvent: ({ kind }) => void kinds.add(kind) });
    expect([...kinds].sort()).toEqual(["step-finished", "step-started"]);
  });

  it("until it is cancelled: what waited is cancelled, not failed", async () => {
    const { fake, engine } = engineOnFake();
    const stop = new AbortController();
    const fault = fake.faults.inject({
      ...recorded("lambda-role-not-assumable"),
      times: 9999,
      when: () => {
        if (fault.hits > 3) stop.abort();
        return true;
      },
    });
    const result = await engine.apply(tenResources, { signal: stop.signal });
    expect(result.cancelled).toBe(true);
    expect(result.results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(result.results.find(({ type }) => type === "Lambda::Function")?.outcome).toBe("cancelled");
    expect(fault.hits).toBeLessThan(8);
  });

  it("and asks before each repetition whether it may still write", async () => {
    const { fake, engine } = engineOnFake();
    const fault = fake.faults.inject({ ...recorded("lambda-role-not-assumable"), times: 9999 });
    const lost = new Error("the lock is gone");
    const result = await engine.apply(tenResources, {
      beforeWrite: async (key) => {
        if (key.startsWith("Lambda::Function") && fault.hits >= 3) throw lost;
      },
    });
    expect(result.succeeded).toBe(false);
    expect(fault.hits).toBe(3);
  });
});

describe("a quota", () => {
  it.each([
    ["apigatewayv2-quota-integrations", /resources of this kind in an API .*Maximum number of Integrations/],
    ["iam-quota-attached-policies", /managed policies attached to a role .*PoliciesPerRole: 10/],
    ["iam-quota-roles", /roles in the account .*RolesPerAccount: 1000/],
    ["iam-quota-policy-size", /size of a managed policy.*PolicySize: 6144/],
    ["lambda-policy-too-long", /size of a function's resource policy/],
  ])("%s is an error after one call, with its name and value", async (id, says) => {
    const { fake, engine } = engineOnFake();
    const fault = fake.faults.inject({ ...recorded(id), times: 9999 });
    const result = await engine.apply(tenResources);
    const failed = result.results.find(({ outcome }) => outcome === "failed");
    expect(failed?.error?.code).toBe("AWS_QUOTA");
    expect(failed?.error?.message).toMatch(says);
    expect(failed?.error?.hint).toMatch(/Service Quotas|does not raise/);
    expect(fault.hits).toBe(1);
  });
});

describe("not found, said of something else than the resource", () => {
  it("is not taken for the resource's end", async () => {
    const { fake, engine } = engineOnFake();
    await engine.apply(tenResources);
    const retained = {
      ...tenResources,
      "resources.js": (tenResources["resources.js"] ?? "").replace(
        "$context.requestId",
        "$context.requestId x",
      ),
    };
    fake.faults.inject({ ...recorded("apigatewayv2-update-stage-route-settings"), times: 9999 });
    const [failure] = failuresOf(await engine.apply(retained));
    expect(failure).toMatch(
      /^failed update ApiGatewayV2::Stage.*NotFoundException .*Unable to find Route by key/,
    );
  });

  it.each([
    ["apigatewayv2-api-mapped", "delete ApiGatewayV2::Api"],
    ["apigatewayv2-rest-api-mapped", "delete ApiGatewayV2::Api"],
  ])("%s: a deletion that a custom domain prevents says so", async (id, step) => {
    const { fake, engine } = engineOnFake();
    await engine.apply(tenResources);
    const fault = fake.faults.inject({ ...recorded(id), times: 9999 });
    const result = await engine.destroy(tenResources);
    const failed = result.results.find(({ outcome }) => outcome === "failed");
    expect(`${failed?.action} ${failed?.type}`).toBe(step);
    expect(failed?.error?.hint).toMatch(/^A custom domain maps to it\. Delete that API mapping first/);
    expect(fault.hits).toBe(1);
  });

  it("a stage that a custom domain maps to says so too", async () => {
    const { fake, engine } = engineOnFake();
    const autoDeploying = {
      ...tenResources,
      "resources.js": (tenResources["resources.js"] ?? "").replaceAll("my-api::live", "my-api::next"),
    };
    const renamed = {
      ...autoDeploying,
      "resources.js": (autoDeploying["resources.js"] ?? "").replace('StageName: "live"', 'StageName: "next"'),
    };
    await engine.apply(tenResources);
    fake.faults.inject({ ...recorded("apigatewayv2-stage-mapped"), times: 9999 });
    const result = await engine.apply(renamed);
    const failed = result.results.find(({ outcome }) => outcome === "failed");
    expect(failed?.key).toBe("ApiGatewayV2::Stage::my-api::live");
    expect(failed?.error?.hint).toMatch(/^A custom domain maps to it/);
  });
});

describe("settings of a route", () => {
  const withSettings = (settings: string, keys: readonly string[]): Readonly<Record<string, string>> => ({
    "resources.js": `exports.createResources = () => [
  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "a", ProtocolType: "HTTP" }) },
  { type: "Integration", group: "ApiGatewayV2", properties: () => ({ IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri: "https://example.com" }), dependencies: () => ({ api: "a" }) },
  ${keys.map((key) => `{ type: "Route", group: "ApiGatewayV2", properties: () => ({ RouteKey: "${key}" }), dependencies: () => ({ api: "a", integration: "integration::a::https://example.com" }) },`).join("\n  ")}
  { type: "Stage", group: "ApiGatewayV2", properties: () => ({ StageName: "s", AutoDeploy: true, RouteSettings: ${settings} }), dependencies: () => ({ api: "a" }) },
];
`,
  });
  const before = withSettings('{ "GET /a": { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 } }', [
    "GET /a",
    "GET /b",
  ]);
  const after = withSettings('{ "GET /b": { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 } }', [
    "GET /b",
    "GET /c",
  ]);

  it("go before their route", async () => {
    const { fake, engine } = engineOnFake();
    expect(failuresOf(await engine.apply(before))).toEqual([]);
    fake.resetCalls();
    expect(failuresOf(await engine.apply(after))).toEqual([]);
    const order = fake.calls.map(({ operation }) => operation);
    expect(order.indexOf("DeleteRouteSettings")).toBeGreaterThan(-1);
    expect(order.indexOf("DeleteRouteSettings")).toBeLessThan(order.indexOf("DeleteRoute"));
    expect(order.indexOf("UpdateStage")).toBeLessThan(order.indexOf("DeleteRoute"));
    expect(changesOf(await engine.plan(after))).toEqual([]);
  });

  it("that have outlived it, which somebody deleted, are healed", async () => {
    const { fake, engine } = engineOnFake();
    await engine.apply(before);
    const [api] = fake.state.apis.values();
    for (const [id, route] of api?.routes ?? []) if (route.RouteKey === "GET /a") api?.routes.delete(id);
    expect(failuresOf(await engine.apply(after))).toEqual([]);
    expect(changesOf(await engine.plan(after))).toEqual([]);
  });
});
