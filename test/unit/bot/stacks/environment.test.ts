import { expect, it } from "vitest";
import { environmentOf } from "../../../../bot/stacks/environment.ts";
import { settingsSchema } from "../../../../src/settings/schema.ts";
import { aStack } from "../../../fakes/store.ts";

const settings = settingsSchema.parse({ stages: { dev: {}, prod: { environment: "production" } } });
const of = (directory: string, stage = "dev") => environmentOf(settings, { ...aStack({ stage }), directory });

it("a stack's environment is the stage's, with the directory where it has one", () => {
  expect([of("."), of("apis/orders"), of(".", "prod")]).toEqual(["dev", "dev (apis/orders)", "production"]);
});

it("fits into what GitHub takes, and tells any two directories apart", () => {
  const [one, other] = [of(`${"a".repeat(255)}/one`), of(`${"a".repeat(255)}/two`)];
  expect([one.length <= 255, other.length <= 255, one !== other]).toEqual([true, true, true]);
  expect(one).toMatch(/^dev \(a+… [0-9a-f]{32}$/);
});
