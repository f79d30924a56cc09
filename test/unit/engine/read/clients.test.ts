import { expect, test } from "vitest";
import type { Aws } from "../../../../src/aws/aws.ts";
import { loadClients } from "../../../../src/engine/read/clients.ts";
import { resourceTypes } from "../../../../src/resources/registry.ts";

function loaded(text: string): readonly string[] {
  const names: string[] = [];
  const aws = {
    client: async ({ name }: { readonly name: string }) => {
      names.push(name);
      throw new Error("no client here");
    },
  };
  loadClients(aws as unknown as Aws, resourceTypes, [text]);
  return names.toSorted();
}

test("loads the client of each service that the spec names, once, and that of the tags", () => {
  const spec =
    'exports.createResources = () => [{ type: "Api", group: "ApiGatewayV2" }, { type: "Role", group: "IAM" }];';
  expect(loaded(spec)).toEqual(["ApiGatewayV2", "IAM", "Resource Groups Tagging API"]);
});

test("loads no others, and an error is left to whoever needs the client", () => {
  expect(loaded("")).toEqual(["Resource Groups Tagging API"]);
});
