/** What API Gateway V2 can make, as the SDK lists it: each kind is a type here, or is left out for a reason. */
import * as client from "@aws-sdk/client-apigatewayv2";
import { expect, it } from "vitest";
import { resourceTypes } from "../../src/resources/registry.ts";
import { operationsOf } from "../fakes/aws/wire/shapes.ts";

const PORTAL = "developer portals publish APIs to readers; nothing in a request's path needs one";
/** Not supported, by decision. */
const WITHOUT: Readonly<Record<string, string>> = {
  Portal: PORTAL,
  PortalProduct: PORTAL,
  ProductPage: PORTAL,
  ProductRestEndpointPage: PORTAL,
};

const kinds = operationsOf(client).flatMap(({ name }) => /^Create(.+)$/.exec(name)?.[1] ?? []);

it("every kind that the SDK can create is a type, or is left out for a reason", () => {
  const missing = kinds.filter((kind) => !resourceTypes.has(`ApiGatewayV2::${kind}`));
  expect(missing.filter((kind) => !Object.hasOwn(WITHOUT, kind))).toEqual([]);
});

it("what is left out is something that the SDK can create and no type is", () => {
  const wrong = Object.keys(WITHOUT).filter(
    (kind) => !kinds.includes(kind) || resourceTypes.has(`ApiGatewayV2::${kind}`),
  );
  expect(wrong).toEqual([]);
});
