/** Children in somebody else's parent: routes and integrations may be in an API of another stack here. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { type RandomEntry, specText } from "./random-stack.ts";
import { changesOf, engineOnFake, failuresOf, memorySource } from "./harness.ts";

vi.mock("../../src/resources/types.ts", async (original) => {
  const types = await original<typeof import("../../src/resources/types.ts")>();
  const shared = <Type extends typeof types.route>(type: Type): Type => {
    const { api, ...others } = type.dependencies;
    return { ...type, dependencies: { ...others, ...(api && { api: { ...api, foreignParent: true } }) } };
  };
  return { ...types, route: shared(types.route), integration: shared(types.integration) };
});

const GROUP = "ApiGatewayV2";
const inShared = (type: string, properties: Record<string, string>, more: Record<string, string> = {}) => ({
  group: GROUP,
  type,
  properties,
  dependencies: { api: "shared", ...more },
});
const backend = (of: string) =>
  inShared("Integration", {
    IntegrationType: "HTTP_PROXY",
    IntegrationMethod: "GET",
    IntegrationUri: `https://${of}.example`,
  });
const route = (of: string, more: Record<string, string> = {}) =>
  inShared(
    "Route",
    { RouteKey: `GET /${of}`, ...more },
    { integration: `integration::shared::https://${of}.example` },
  );
const spec = (...entries: readonly RandomEntry[]): Record<string, string> => ({
  "resources.js": specText({ entries, files: {} }),
});
const readOnlyApi = "{ group: 'ApiGatewayV2', type: 'Api', name: 'shared', readOnly: true },";
/** Ours, in the API of another stack. */
const ours = (...entries: readonly RandomEntry[]): Record<string, string> => {
  const { "resources.js": text = "" } = spec(...entries);
  return { "resources.js": text.replace("[", `[\n  ${readOnlyApi}`) };
};

const THEIRS = spec(
  { group: GROUP, type: "Api", properties: { Name: "shared", ProtocolType: "HTTP" } },
  backend("theirs"),
  route("theirs"),
);
const OURS = ours(backend("ours"), route("ours"));

describe("children in an API of another stack", () => {
  let world: ReturnType<typeof engineOnFake>;
  const keys = (): readonly string[] =>
    [...world.fake.state.apis.values()].flatMap(({ routes }) =>
      [...routes.values()].map(({ RouteKey, OperationName }) =>
        [RouteKey, OperationName].filter((word) => word !== undefined).join(" "),
      ),
    );
  const base = (files: Record<string, string>) => ({ base: memorySource(files) });
  const codesOf = ({ problems }: Plan): readonly string[] => problems.map(({ code }) => code);

  beforeEach(async () => {
    world = engineOnFake();
    expect(failuresOf(await world.engine.apply(THEIRS, {}, { projectName: "theirs" }))).toEqual([]);
    expect(failuresOf(await world.engine.apply(OURS))).toEqual([]);
  });

  it("are created beside theirs, and planned again without changes", async () => {
    expect(keys()).toEqual(["GET /theirs", "GET /ours"]);
    expect(changesOf(await world.engine.plan(OURS))).toEqual([]);
    expect(changesOf(await world.engine.plan(OURS, base(OURS)))).toEqual([]);
  });

  it("are changed and deleted when the base branch's spec names them, and theirs never", async () => {
    const changed = ours(backend("ours"), route("ours", { OperationName: "look" }));
    expect(codesOf(await world.engine.plan(changed))).toEqual(["FOREIGN_RESOURCE"]);
    expect(failuresOf(await world.engine.apply(changed, {}, base(OURS)))).toEqual([]);
    expect(keys()).toEqual(["GET /theirs", "GET /ours look"]);
    expect(changesOf(await world.engine.plan(ours()))).toEqual([]);
    expect(failuresOf(await world.engine.apply(ours(backend("ours")), {}, base(changed)))).toEqual([]);
    expect(keys()).toEqual(["GET /theirs"]);
  });

  it("go with their stack as far as AWS has them as the spec says, and theirs stay", async () => {
    expect(failuresOf(await world.engine.destroy(OURS))).toEqual([]);
    expect(keys()).toEqual(["GET /theirs"]);
    expect(failuresOf(await world.engine.apply(OURS))).toEqual([]);
    const changed = ours(backend("ours"), route("ours", { OperationName: "look" }));
    const result = await world.engine.destroy(changed);
    expect(codesOf(result.plan)).toEqual(["FOREIGN_RESOURCE"]);
    expect(keys()).toEqual(["GET /theirs", "GET /ours"]);
  });
});
