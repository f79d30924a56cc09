import { describe, expect, it } from "vitest";
import { driftedStack } from "../../../../bot/reports/drift-issue.ts";
import { hiddenName } from "../../../../src/text/hidden.ts";

const body = (name: string): string => `A plan.\n\n${hiddenName("drift", name)}`;

describe("the stack of a drift issue", () => {
  it.each(["apis/shop", "my apis/größe", "x --> <img src=x>", "a--b", "50%"])(
    "is read back: %s",
    (directory) => {
      expect(driftedStack(7, body(`7/prod/${directory}`))).toEqual({ stage: "prod", directory });
    },
  );

  it("is none where the issue is of another repository, or has no such line", () => {
    expect(driftedStack(8, body("7/prod/apis/shop"))).toBeUndefined();
    expect(driftedStack(7, "A plan.")).toBeUndefined();
    expect(driftedStack(7, body("7/prod"))).toBeUndefined();
  });
});
