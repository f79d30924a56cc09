import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryOf } from "../../../../src/engine/trail/entry.ts";
import type { Suspect } from "../../../../src/engine/trail/suspects.ts";
import { ACCOUNT, anEvent, assumedRole, iamUser, type Told } from "../../../fakes/aws/cloudtrail/events.ts";

const AT = new Date("2026-11-29T05:00:00Z");
const ROUTE: Suspect = {
  key: "ApiGatewayV2::Route::route::my-api::GET /hello",
  source: "apigateway.",
  names: ["r4m9t2k"],
  within: ["7a38wlw431"],
  lookups: [],
};
const request = { apiId: "7a38wlw431", routeId: "r4m9t2k", authorizationType: "NONE" };
const updated = (more: Partial<Told> = {}) =>
  anEvent({ name: "UpdateRoute", source: "apigateway.amazonaws.com", at: AT, request, ...more });

describe("the event that changed a resource", () => {
  it("names it and what it is in; a refused call, a read and another API's do not count", () => {
    expect(entryOf(ROUTE, [updated()], [])).toEqual({
      key: ROUTE.key,
      at: AT.getTime(),
      event: "UpdateRoute",
      who: "ana",
      earlier: 0,
    });
    const others = [
      updated({ more: { errorCode: "AccessDenied" } }),
      updated({ readOnly: true }),
      updated({ request: { ...request, apiId: "another" } }),
      updated({ request: { ...request, routeId: "r4m9t2" } }),
      updated({ source: "lambda.amazonaws.com" }),
    ];
    expect(entryOf(ROUTE, others, [])).toBeUndefined();
  });

  it("may name it in its answer, among its resources, or within an ARN", () => {
    const made = updated({
      name: "CreateRoute",
      request: { apiId: "7a38wlw431", routeKey: "GET /debug" },
      response: { routeId: "r4m9t2k" },
    });
    expect(entryOf(ROUTE, [made], [])?.event).toBe("CreateRoute");
    const tagged = updated({
      name: "TagResource",
      request: { resourceArn: "arn:aws:apigateway:eu-west-2::/apis/7a38wlw431/routes/r4m9t2k" },
    });
    expect(entryOf(ROUTE, [tagged], [])?.event).toBe("TagResource");
    const lambda: Suspect = { ...ROUTE, source: "lambda.", names: ["orders"], within: [] };
    const configured = anEvent({
      name: "UpdateFunctionConfiguration20150331v2",
      source: "lambda.amazonaws.com",
      at: AT,
      resources: ["orders"],
    });
    expect(entryOf(lambda, [configured], [])?.event).toBe("UpdateFunctionConfiguration");
  });

  it.each([
    ["an IAM user", iamUser("ben"), "ben"],
    ["a role's session", assumedRole("Admin", "ana@example.com"), "Admin/ana"],
    ["a service", { type: "AWSService", invokedBy: "lambda.amazonaws.com" }, "lambda.amazonaws.com"],
    ["the root user", { type: "Root", arn: `arn:aws:iam::${ACCOUNT}:root` }, undefined],
    ["a user of IAM Identity Center", { type: "IdentityCenterUser" }, "ana"],
    ["nobody", undefined, "ana"],
  ])("was made by %s", (_, identity, who) => {
    const event = updated(identity === undefined ? { more: { userIdentity: 7 } } : { identity });
    expect(entryOf(ROUTE, [event], [])?.who).toBe(who);
  });

  it.each([
    ["the AWS console", { sessionCredentialFromConsole: "true" }],
    ["the AWS console", { userAgent: "console.amazonaws.com" }],
    ["Terraform", { userAgent: "APN/1.0 HashiCorp/1.0 Terraform/1.3.7 aws-sdk-go-v2/1.30.1" }],
    ["the AWS CLI", { userAgent: "aws-cli/2.15.0 Python/3.11" }],
    ["CloudFormation", { userAgent: "cloudformation.amazonaws.com" }],
    [undefined, { userAgent: "<img src=x>" }],
  ])("was made with %s", (through, more) => {
    expect(entryOf(ROUTE, [updated({ more })], [])?.through).toBe(through);
  });

  it("is the newest of somebody else; Gatewright's own only where there is no other, and called that", () => {
    const later = new Date(AT.getTime() + 60_000);
    const role = `arn:aws:iam::${ACCOUNT}:role/deploy`;
    const own = updated({ at: later, identity: assumedRole("deploy", "gatewright-pr12-0a1b2c3d-acme-shop") });
    expect(entryOf(ROUTE, [own, updated()], [role])).toMatchObject({ who: "ana", earlier: 0 });
    expect(entryOf(ROUTE, [own], [role])).toMatchObject({ own: true });
    expect(entryOf(ROUTE, [updated(), updated({ at: later })], [])).toMatchObject({ earlier: 1 });
  });

  it("is not Gatewright's because somebody calls a session as it does", () => {
    const later = new Date(AT.getTime() + 60_000);
    const posing = updated({
      at: later,
      identity: assumedRole("Admin", "gatewright-pr12-0a1b2c3d-acme-shop"),
    });
    const entry = entryOf(ROUTE, [posing, updated()], [`arn:aws:iam::${ACCOUNT}:role/deploy`]);
    expect(entry).toMatchObject({ who: "Admin/gatewright-pr12-0a1b2c3d-acme-shop" });
    expect(entry?.own).toBeUndefined();
  });

  it("is Gatewright's own by its role too, whatever the session or the role's path; not by another account's", () => {
    const event = updated({ identity: assumedRole("deploy", "i-0123456789abcdef0") });
    const isOwn = (arn: string) => entryOf(ROUTE, [event], [arn])?.own;
    expect(isOwn(`arn:aws:iam::${ACCOUNT}:role/teams/shop/deploy`)).toBe(true);
    expect(isOwn(`arn:aws:sts::${ACCOUNT}:assumed-role/deploy/other`)).toBe(true);
    expect(isOwn("arn:aws:iam::210987654321:role/deploy")).toBeUndefined();
    expect(isOwn(`arn:aws:iam::${ACCOUNT}:role/deployer`)).toBeUndefined();
    const user = updated({ identity: iamUser("deployer") });
    expect(entryOf(ROUTE, [user], [`arn:aws:iam::${ACCOUNT}:user/deployer`])?.own).toBe(true);
  });

  it("is found without an error, whatever a record holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (CloudTrailEvent) => {
        const entry = entryOf(ROUTE, [{ ...updated(), CloudTrailEvent }], []);
        expect(entry === undefined || entry.key === ROUTE.key).toBe(true);
      }),
    );
  });
});
