/** A role that was made anew under its old name: what was encrypted for the old one cannot be read any more. */
import { describe, expect, it } from "vitest";
import { reasonText } from "../../src/report/reason.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, engineOn, failuresOf } from "./harness.ts";

const spec = (environment: string): Readonly<Record<string, string>> => ({
  "resources.js": `exports.createResources = () => [
  { type: "Role", group: "IAM", properties: () => ({ RoleName: "r", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }) },
  { type: "Function", group: "Lambda", properties: () => ({ Configuration: { FunctionName: "f", Handler: "f.handler", Runtime: "nodejs22.x"${environment} } }), dependencies: () => ({ role: "r" }) },
];
`,
  "f/f.js": "exports.handler = async () => ({});\n",
});
const encrypted = spec(', Environment: { Variables: { KEY: "x" } }');

async function deployed(files: Readonly<Record<string, string>>) {
  const clock = createFakeClock();
  const fake = createFakeAws({ clock: clock.now });
  const { region, ...clientConfig } = fake.clientConfig();
  const engine = engineOn({ region, clientConfig, clock, budget: async () => {}, attempts: 1 });
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
  clock.advance(60_000);
  fake.resetCalls();
  return { clock, fake, engine };
}

describe("a role that was deleted and made again", () => {
  it("by hand: the plan says so, and the apply sets it anew with the environment", async () => {
    const { clock, fake, engine } = await deployed(encrypted);
    const record = fake.state.roles.get("r");
    if (record !== undefined) record.role.CreateDate = new Date(clock.now());
    const plan = await engine.plan(encrypted);
    const [change, ...more] = plan.changes.filter(({ action }) => action !== "no-op");
    expect(more).toEqual([]);
    expect(change).toMatchObject({ key: "Lambda::Function::f", action: "update" });
    expect(reasonText(change ?? {})).toBe("Role was made anew and is set again");
    clock.advance(1000);
    fake.resetCalls();
    expect(failuresOf(await engine.apply(encrypted))).toEqual([]);
    const update = fake.calls.find(({ operation }) => operation === "UpdateFunctionConfiguration");
    expect(update?.input).toMatchObject({
      Role: "arn:aws:iam::123456789012:role/r",
      Environment: { Variables: { KEY: "x" } },
    });
    expect(changesOf(await engine.plan(encrypted))).toEqual([]);
  });

  it("by the same apply that finds it gone", async () => {
    const { clock, fake, engine } = await deployed(encrypted);
    fake.state.roles.delete("r");
    const plan = await engine.plan(encrypted);
    expect(changesOf(plan).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "create IAM::Role::r",
      "update Lambda::Function::f",
    ]);
    clock.advance(1000);
    expect(failuresOf(await engine.apply(encrypted))).toEqual([]);
    expect(fake.calls.map(({ operation }) => operation)).toContain("UpdateFunctionConfiguration");
    clock.advance(1000);
    expect(changesOf(await engine.plan(encrypted))).toEqual([]);
  });

  it("does not matter to a function without an environment", async () => {
    const plain = spec("");
    const { clock, fake, engine } = await deployed(plain);
    const record = fake.state.roles.get("r");
    if (record !== undefined) record.role.CreateDate = new Date(clock.now());
    expect(changesOf(await engine.plan(plain))).toEqual([]);
  });
});
