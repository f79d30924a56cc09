import { describe, expect, test } from "vitest";
import { needsOfMerge } from "../../../../bot/events/merge.ts";
import { settingsSchema } from "../../../../src/settings/schema.ts";
import { aStack } from "../../../fakes/store.ts";

const { repository } = aStack();
const of = (stages: object, name = "prod") =>
  needsOfMerge(settingsSchema.parse({ projectName: "shop", stages }), repository, name);

describe("the needed stages that a merge applies itself", () => {
  test.each<[string, object, readonly string[]]>([
    ["are none of a stage that needs none", { prod: {} }, []],
    ["are those of its branch", { dev: {}, qa: {}, prod: { needs: ["dev", "qa"] } }, ["dev", "qa"]],
    [
      "are not those that commands apply",
      { dev: { apply: "before-merge" }, qa: {}, prod: { needs: ["dev", "qa"] } },
      ["qa"],
    ],
    ["are not those of another branch", { dev: {}, prod: { needs: ["dev"], branch: "release" } }, []],
    [
      "are not those of another branch than the default one",
      { dev: { branch: "next" }, prod: { needs: ["dev"] } },
      [],
    ],
    [
      "are those that name the default branch, or the same one",
      { dev: { branch: "main" }, prod: { needs: ["dev"] } },
      ["dev"],
    ],
  ])("%s", (_what, stages, expected) => {
    expect(of(stages)).toEqual(expected);
  });

  test("are none of a stage that the settings do not have", () => {
    expect(of({ dev: {} }, "constructor")).toEqual([]);
  });
});
