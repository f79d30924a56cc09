/** Our resource types beside CloudFormation's own schema: every difference is in the type's example, with its reason. */
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../src/resources/registry.ts";
import { examples } from "../type-examples/all.ts";
import { differencesOf } from "./cloudformation-compare.ts";

describe("resource types and CloudFormation's schema", () => {
  it.each(examples.map((example) => [example.type, example] as const))(
    "%s differs only as its example says, each time for a reason",
    (name, { cloudFormation, differences = {} }) => {
      const type = resourceTypes.get(name);
      if (type === undefined) throw new Error(`no type ${name}`);
      // Not listed: find out which side is right. Listed but gone: take it off the list.
      expect(differencesOf(type, cloudFormation)).toEqual(Object.keys(differences).toSorted());
      for (const [line, reason] of Object.entries(differences))
        expect(reason.length, line).toBeGreaterThan(10);
    },
  );
});
