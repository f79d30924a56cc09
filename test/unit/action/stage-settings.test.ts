import { describe, expect, it } from "vitest";
import { readInputs } from "../../../src/action/inputs.ts";
import { withSettings } from "../../../src/action/stage-settings.ts";
import { userErrors } from "../../../src/model/errors.ts";
import { parseSettings } from "../../../src/settings/parse.ts";

const inputs = (env: Record<string, string>) => readInputs({ INPUT_STAGE: "dev", ...env });
const settings = parseSettings(`
projectName: shop
spec: infra.js
stages:
  dev:
    region: eu-west-2
    account: "123456789012"
    env: { TABLE: orders-dev }
    allowDeletion: [old]
`);

describe("a job", () => {
  it("has what the stage's settings say, whatever region the environment is in", () => {
    expect(withSettings(inputs({ AWS_REGION: "us-east-1" }), settings)).toMatchObject({
      region: "eu-west-2",
      spec: "infra.js",
      projectName: "shop",
      values: { expectedAccount: "123456789012", env: { TABLE: "orders-dev" }, allowDeletion: ["old"] },
    });
  });

  it("follows its inputs without a file, or for a stage that the file does not have", () => {
    const prod = inputs({ INPUT_STAGE: "prod", AWS_REGION: "us-east-1", INPUT_SPEC: "other.js" });
    for (const known of [undefined, settings]) {
      expect(withSettings(prod, known)).toMatchObject({
        region: "us-east-1",
        spec: "other.js",
        projectName: undefined,
        values: { env: {}, expectedAccount: undefined },
      });
    }
  });

  it("may repeat a setting and add to what may be deleted", () => {
    const same = inputs({ "INPUT_AWS-REGION": "eu-west-2", "INPUT_ALLOW-DELETION": "old, older" });
    expect(withSettings(same, settings).allowDeletion).toEqual(["old", "older"]);
  });

  it("contradicts no setting: each is named with both values", () => {
    const other = inputs({
      "INPUT_AWS-REGION": "us-east-1",
      INPUT_SPEC: "x.js",
      "INPUT_PROJECT-NAME": "y",
    });
    const errors = (() => {
      try {
        return [withSettings(other, settings)].length;
      } catch (error) {
        return userErrors(error)?.map(({ code, message }) => `${code}: ${message}`);
      }
    })();
    expect(errors).toEqual([
      'SETTINGS_CONTRADICTED: the input "aws-region" is "us-east-1"; .github/gatewright.yml says region: "eu-west-2"',
      'SETTINGS_CONTRADICTED: the input "spec" is "x.js"; .github/gatewright.yml says spec: "infra.js"',
      'SETTINGS_CONTRADICTED: the input "project-name" is "y"; .github/gatewright.yml says projectName: "shop"',
    ]);
  });

  it("needs a region from somewhere", () => {
    expect(() => withSettings(inputs({}), undefined)).toThrow("no AWS region is set");
  });
});
