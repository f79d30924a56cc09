/** What a plan without changes asks AWS because of one resource of each type, as the reference says. */
import { expect, it } from "vitest";
import { PLAN_CALLS, type PlanCalls } from "../../scripts/reference/plan-calls.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { Live } from "../../src/resources/type.ts";
import type { Call } from "../fakes/aws/core/dispatch.ts";
import { registeredDomains } from "../fakes/aws/route53domains/service.ts";
import { engineOnFake, failuresOf } from "../integration/harness.ts";
import { examples } from "../type-examples/all.ts";
import { namesIn, specOf, type TypeExample } from "../type-examples/example.ts";

/** The calls of the second plan that the first has not. */
function more(after: readonly Call[], before: readonly Call[]): readonly Call[] {
  const textOf = ({ operation, input }: Call): string => `${operation} ${JSON.stringify(input)}`;
  const left = before.map(textOf);
  return after.filter((call) => {
    const at = left.indexOf(textOf(call));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What calls know a resource by: its id, the end of its ARN, its name. */
const namesOf = ({ id, name }: Live): readonly string[] => [id, id.split(/[/:]/).at(-1) ?? id, name];

/** The texts that say what a call is about; none in a list of everything. */
const textsIn = ({ input }: Call): readonly string[] =>
  Object.values(input).filter((value) => typeof value === "string" && !/^\d*$/.test(value)) as string[];

function isAbout(call: Call, names: readonly string[]): boolean {
  return textsIn(call).some((text) =>
    names.some(
      (name) => text === name || (/[/:]/.test(text.at(-name.length - 1) ?? "") && text.endsWith(name)),
    ),
  );
}

async function measured({ type, lives: [life] }: TypeExample): Promise<PlanCalls> {
  if (life === undefined) throw new Error(`${type} has no life`);
  const { engine, fake } = engineOnFake();
  const callsOfPlan = async (properties: Parameters<typeof specOf>[1]) => {
    const files = { "resources.js": specOf({ type, ...life }, properties), ...life.files };
    const allowed = { allowDeletion: namesIn(life) };
    expect(failuresOf(await engine.apply(files, {}, allowed))).toEqual([]);
    fake.resetCalls();
    const planning = await engine.planning(files, allowed);
    return { calls: [...fake.calls], live: [...planning.live.values()] };
  };
  const without = await callsOfPlan(undefined);
  const before = new Set(without.live.map(({ type, name }) => `${type} ${name}`));
  const { calls, live } = await callsOfPlan(life.full);
  const ofType = live.filter((other) => other.type === type);
  // A deployment stands there already when the spec has none: its stage implies it.
  const one = ofType.find(({ name }) => !before.has(`${type} ${name}`)) ?? ofType[0];
  if (one === undefined) throw new Error(`${type} is not there`);
  const added = more(calls, without.calls);
  const others = live.filter((other) => other !== one).flatMap(namesOf);
  const kinds = added.map((call): keyof PlanCalls => {
    if (textsIn(call).length === 0) return "all";
    return isAbout(call, others) && !isAbout(call, namesOf(one)) ? "holder" : "each";
  });
  const count = (kind: keyof PlanCalls): number => kinds.filter((one) => one === kind).length;
  return { each: count("each"), holder: count("holder"), all: count("all") };
}

const lived = examples.filter(({ lives }) => lives.length > 0);

it.each(lived.map((example) => [example.type, example] as const))(
  "%s: the numbers of scripts/reference/plan-calls.ts",
  async (type, example) => {
    expect({ [type]: await measured(example) }).toEqual({ [type]: PLAN_CALLS[type] });
  },
);

it("a registered domain, which is only read, costs one call", async () => {
  const { engine, fake } = engineOnFake();
  registeredDomains(fake.region("us-east-1")).set("example.com", { DomainName: "example.com" });
  const domain = { group: "Route53Domains", type: "Domain", name: "example.com", readOnly: true };
  await engine.plan({ "resources.js": `exports.createResources = () => [${JSON.stringify(domain)}];` });
  const calls = fake.calls.filter(({ service }) => service === "route53domains");
  expect({ each: calls.length, holder: 0, all: 0 }).toEqual(PLAN_CALLS["Route53Domains::Domain"]);
});

it("every type has numbers, and nothing else", () => {
  expect(Object.keys(PLAN_CALLS)).toEqual([...resourceTypes.keys()]);
});
