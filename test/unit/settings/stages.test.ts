import { describe, expect, it } from "vitest";
import { previewPull, previewStage } from "../../../src/model/stage.ts";
import { parseSettings } from "../../../src/settings/parse.ts";
import { stageOf } from "../../../src/settings/stages.ts";
import { stageValues } from "../../../src/settings/values.ts";

const STAGES = `stages:
  dev:
    account: "111111111111"
    region: eu-west-2
    role: arn:aws:iam::111111111111:role/dev
    directories: [apis/*]
    env: {TABLE: dev, LEVEL: info}
    apply: on-merge
    needs: [base]
    smoke: {GET /hello: 200}
  base: {}
`;
const ROLE = "arn:aws:iam::222222222222:role/previews";
const settings = parseSettings(`${STAGES}preview:
  stage: dev
  account: "222222222222"
  role: ${ROLE}
  env: {TABLE: preview}
`);

describe("the stage of a preview", () => {
  it("is named after its pull request", () => {
    expect([previewStage(12), previewPull("pr-12")]).toEqual(["pr-12", 12]);
    for (const other of ["pr-", "pr-0", "pr-012", "PR-12", "pr-12-dev", "dev"])
      expect(previewPull(other)).toBeUndefined();
  });

  it("runs what its stage runs, under names, an account and a role of its own", () => {
    expect(stageOf(settings, "pr-12")).toMatchObject({
      directories: ["apis/*"],
      region: "eu-west-2",
      account: "222222222222",
      role: ROLE,
      names: "{name}-{stage}",
      env: { TABLE: "preview", LEVEL: "info" },
      apply: "before-merge",
      needs: [],
      smoke: { "GET /hello": 200 },
    });
    const inherited = parseSettings(`${STAGES}preview: {stage: dev}\n`);
    expect(stageOf(inherited, "pr-1")).toMatchObject({ account: "111111111111", role: undefined });
  });

  it("is there only where the settings have previews, and is no stage that is listed", () => {
    expect(stageOf(parseSettings(STAGES), "pr-12")).toBeUndefined();
    expect(stageOf(settings, "qa")).toBeUndefined();
    expect(Object.keys(settings.stages)).toEqual(["dev", "base"]);
  });

  it("gives Action, terminal and bot the same values, and may delete what holds data", () => {
    expect(stageValues(settings, { stage: "pr-12" }, (name) => name)).toMatchObject({
      region: "eu-west-2",
      expectedAccount: "222222222222",
      names: "{name}-{stage}",
      allowDeletion: "all",
    });
    expect(stageValues(settings, { stage: "dev" }, (name) => name).allowDeletion).toEqual([]);
  });
});

describe("settings of previews are refused", () => {
  it.each([
    ["a stage that is not there", "preview: {stage: qa}"],
    ["names without the stage", "preview: {stage: dev, names: '{name}-preview'}"],
    ["a lifetime without a unit", "preview: {stage: dev, ttl: 3}"],
    ["no stage", "preview: {automatic: true}"],
  ])("%s", (_what, preview) => {
    expect(() => parseSettings(`stages: {dev: {}}\n${preview}\n`)).toThrow(
      expect.objectContaining({ code: "SETTINGS_INVALID" }),
    );
  });

  it.each(["pr-1", "PR-12", "pr-007"])("a stage of people's own called %s", (name) => {
    expect(() => parseSettings(`stages: {dev: {}, ${name}: {}}`)).toThrow(/stages of previews/);
  });
});
