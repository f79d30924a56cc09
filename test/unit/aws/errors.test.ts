import { describe, expect, it } from "vitest";
import { iamAction, noteOperation, translate } from "../../../src/aws/errors.ts";
import { GatewrightError } from "../../../src/model/errors.ts";

function awsError(name: string, message: string, more: object = {}): Error {
  const error = Object.assign(new Error(message), { name, ...more });
  noteOperation(error, { service: "Lambda", operation: "GetFunction" });
  return error;
}

describe("an error of AWS, as the user reads it", () => {
  it.each([
    ["AccessDeniedException", "User x is not authorized", "AWS_ACCESS_DENIED"],
    [
      "ExpiredTokenException",
      "The security token included in the request is expired",
      "AWS_CREDENTIALS_EXPIRED",
    ],
    ["ExpiredToken", "expired", "AWS_CREDENTIALS_EXPIRED"],
    ["InvalidClientTokenId", "The security token is invalid", "AWS_CREDENTIALS_REFUSED"],
    ["UnrecognizedClientException", "The security token is invalid", "AWS_CREDENTIALS_REFUSED"],
    ["CredentialsProviderError", "Could not load credentials from any providers", "AWS_NO_CREDENTIALS"],
    ["TooManyRequestsException", "Too Many Requests", "AWS_THROTTLED"],
    ["BadRequestException", "Invalid integration URI", "AWS_ERROR"],
  ])("%s is %s → %s", (name, message, code) => {
    const shown = translate(awsError(name, message), "Lambda::Function::f");
    expect(shown).toBeInstanceOf(GatewrightError);
    expect(shown).toMatchObject({ code, resource: "Lambda::Function::f" });
    expect((shown as GatewrightError).hint).toBeTruthy();
  });

  it("names the IAM action that was denied", () => {
    expect((translate(awsError("AccessDeniedException", "no")) as GatewrightError).message).toContain(
      "lambda:GetFunction",
    );
  });

  it("says that AWS could not be reached when the connection failed", () => {
    const shown = translate(
      Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" }),
    );
    expect(shown).toMatchObject({ code: "AWS_UNREACHABLE" });
  });

  it("leaves a bug of ours alone, with its stack", () => {
    const bug = new TypeError("undefined is not a function");
    expect(translate(bug)).toBe(bug);
  });
});

describe("the IAM action of a call", () => {
  it.each([
    ["ApiGatewayV2", "GetApis", "apigateway:GET"],
    ["ApiGatewayV2", "CreateRoute", "apigateway:POST"],
    ["ApiGatewayV2", "UpdateStage", "apigateway:PATCH"],
    ["ApiGatewayV2", "DeleteCorsConfiguration", "apigateway:DELETE"],
    ["ApiGatewayV2", "TagResource", "apigateway:TagResource"],
    ["IAM", "GetRole", "iam:GetRole"],
    ["CloudWatch Logs", "DescribeLogGroups", "logs:DescribeLogGroups"],
    ["Resource Groups Tagging API", "GetResources", "tag:GetResources"],
  ])("of %s %s is %s", (service, operation, action) => {
    expect(iamAction({ service, operation })).toBe(action);
  });
});
