/**
 * What the real AWS answered, read by the product's own types and compared with what was wanted: no difference where
 * AWS had what was wanted, and the recorded one where it had not.
 */
import { describe, expect, it } from "vitest";
import type { Aws } from "../../src/aws/aws.ts";
import { diffStates } from "../../src/engine/plan/diff.ts";
import type { JsonObject } from "../../src/model/values.ts";
import { own } from "../../src/model/own.ts";
import { objectOf, textOf } from "../../src/resources/live-values.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { Live, ResolvedDependency, ResourceType } from "../../src/resources/type.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { type RecordedState, recordedStates } from "./recorded.ts";
import { spelled, unfolded } from "./recorded-spelling.ts";
import { answersOf, MADE_ID, PLAYED_TYPES } from "./recorded-answers.ts";

const stack = {
  directory: ".",
  projectName: "shop",
  stage: "dev",
  region: "us-east-1",
  account: "123456789012",
  partition: "aws",
};

const states = recordedStates().flatMap(unfolded).map(spelled);
const playable = states.filter(({ type }) => PLAYED_TYPES.includes(type));

/** A function's URL is a property of the function here. */
function asOurs(row: RecordedState): { type: ResourceType; wanted: JsonObject } {
  const isUrl = row.type === "Lambda::FunctionUrl";
  const type = resourceTypes.get(isUrl ? "Lambda::Function" : row.type);
  if (type === undefined) throw new Error(`${row.id}: the product has no ${row.type}`);
  if (isUrl) return { type, wanted: { FunctionUrlConfig: row.wanted } };
  // A row that does not show the name is about the one that was asked for.
  return {
    type,
    wanted: row.type === "ApiGatewayV2::Stage" ? { StageName: MADE_ID, ...row.wanted } : row.wanted,
  };
}

function awsAnswering(row: RecordedState): Aws {
  const answers = answersOf(row) ?? {};
  const client = new Proxy(
    {},
    {
      get(_target, method) {
        if (method === "then") return undefined;
        return async () => {
          const answer = answers[String(method)];
          if (answer !== undefined) return answer;
          throw Object.assign(new Error(`no ${String(method)}`), { name: "NotFoundException" });
        };
      },
    },
  );
  return { region: stack.region, clock: createFakeClock(), client: async () => client as never };
}

const parentKeys = (type: ResourceType): readonly string[] =>
  Object.keys(type.dependencies).filter((key) => type.dependencies[key]?.parent === true);

/** The parent in AWS. */
function parentOf(type: ResourceType, row: RecordedState): Live | undefined {
  const parent = parentKeys(type).map((key) => type.dependencies[key]?.type)[0];
  if (parent === undefined) return undefined;
  const state = row.protocol === undefined ? {} : { ProtocolType: row.protocol };
  return { type: parent, name: "x", id: "a1b2c3d4e5", state, attributes: { ...state } };
}

/** What a plan would show for a row: paths. Undefined where the row is none of a spec's resources. */
async function shownBy(row: RecordedState): Promise<string[] | undefined> {
  const { type, wanted } = asOurs(row);
  const parent = parentOf(type, row);
  const isNamed =
    type.type.startsWith("ApiGatewayV2::") || textOf(own(wanted, type.nameProperty ?? "")) !== "";
  const given = type.canonical({
    name: isNamed ? undefined : "x",
    properties: wanted,
    dependencies: Object.fromEntries(parentKeys(type).map((key) => [key, ["x"]])),
  });
  const name = parent === undefined ? type.name(given) : "x";
  const [live] = await type.read({
    aws: awsAnswering(row),
    stack,
    lookups: [{ name, properties: given.properties }],
    parents: parent === undefined ? [] : [parent],
    once: (_key, make) => make(),
  });
  if (live === undefined) return undefined;
  const above: ResolvedDependency[] =
    parent === undefined
      ? []
      : [{ type: parent.type, name: "x", id: parent.id, attribute: () => "x", properties: parent.state }];
  const isParent = (key: string): boolean => parentKeys(type).includes(key);
  const state = type.desiredState({
    name,
    properties: given.properties,
    dependencies: (key) => (isParent(key) ? above : []),
    dependency: (key) => (isParent(key) ? above[0] : undefined),
    stack,
    // The recordings have no packages: their sum is as wanted.
    codeSha256:
      row.answered.PackageType === "Image" ? undefined : textOf(row.answered.CodeSha256) || undefined,
  });
  const notes = Object.keys(objectOf(state.Tags)).filter((key) => key.startsWith("gc-"));
  return diffStates(type, live.state, state)
    .map(({ path }) => path)
    .filter((path) => !notes.some((note) => path === `Tags.${note}`));
}

describe("a recorded state", () => {
  it.each(playable.map((row) => [row.id, row] as const))("%s", async (_id, row) => {
    const shown = await shownBy(row);
    if (row.id === "deployment-of-auto-deploy") expect(shown).toBeUndefined();
    else if (row.differs === undefined) expect(shown).toEqual([]);
    else
      for (const path of row.differs)
        expect(
          shown?.some((one) => one.startsWith(path)),
          path,
        ).toBe(true);
  });

  it("is of a type that the product does not have, or it is played", () => {
    const waiting = new Set(states.filter((row) => !playable.includes(row)).map(({ type }) => type));
    const known = { "Lambda::FunctionUrl": "Lambda::Function" };
    // A type that is here by now: write in recorded-answers.ts what AWS's SDK answers of it.
    expect([...waiting].filter((type) => resourceTypes.has(type))).toEqual([]);
    const unknown = PLAYED_TYPES.filter((type) => !(type in known) && !resourceTypes.has(type));
    expect(unknown).toEqual([]);
  });
});
