import { describe, expect, it } from "vitest";
import { doubtfulTexts } from "../../../src/spec/load/doubtful-texts.ts";

const codes = (text: string): readonly string[] =>
  doubtfulTexts({ entry: { properties: { Environment: { Variables: { A: text } } }, dependencies: {} } }).map(
    ({ code }) => code,
  );

describe("a text is doubtful", () => {
  it.each([
    "undefined",
    "arn:aws:sqs:eu-west-2:undefined:orders",
    "orders-undefined",
    "https://undefined/orders",
    "a=NaN",
    "[object Object]",
    "table/[object Object]",
  ])("that a template made of nothing: %s", (text) => {
    expect(codes(text)).toEqual(["TEXT_DOUBTFUL"]);
  });

  it.each([
    `\${ssm:/shop/table}`,
    `x-\${self:custom.stage}`,
    `\${env:TABLE}`,
    `\${file(./a.yml):b}`,
    "{{resolve:ssm:/shop/table:1}}",
    "{{resolve:secretsmanager:shop:SecretString:key}}",
  ])("that another tool would fill in: %s", (text) => {
    expect(codes(text)).toEqual(["TEXT_NOT_FILLED_IN"]);
  });

  it.each([
    "calls of undefined routes end here",
    "an undefined-behaviour sanitizer",
    `\${request.path.id}`,
    `\${stageVariables.name}`,
    `arn:aws:s3:::home/\${aws:username}/*`,
    "$context.requestId",
    "NaNo",
    "",
  ])("but not this one: %s", (text) => {
    expect(codes(text)).toEqual([]);
  });

  it("names the property and what is in it", () => {
    const [found] = doubtfulTexts({
      entry: { properties: { Tags: { Owner: "team-undefined" } }, dependencies: {} },
    });
    expect(found?.message).toMatch(/^Tags\.Owner: "-undefined" is hardly meant/);
    expect(found?.path).toEqual(["Tags", "Owner"]);
  });

  it("ends on a long text of beginnings that never end", () => {
    expect(codes(`\${ssm:`.repeat(100_000))).toEqual([]);
    expect(codes("{{resolve:ssm:".repeat(100_000))).toEqual([]);
  });
});
