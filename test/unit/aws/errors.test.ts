import { describe, expect, it } from "vitest";
import { noteOperation, translate } from "../../../src/aws/errors.ts";
import { tagging } from "../../../src/aws/services.ts";
import { GatewrightError } from "../../../src/model/errors.ts";
import { apiGateway } from "../../../src/resources/ApiGatewayV2/service.ts";
import { logs } from "../../../src/resources/CloudWatchLogs/service.ts";
import { iam } from "../../../src/resources/IAM/service.ts";

function awsError(name: string, message: string, more: object = {}): Error {
  const error = Object.assign(new Error(message), { name, ...more });
  noteOperation(error, { service: "Lambda", operation: "GetFunction", iamAction: "lambda:GetFunction" });
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
    ["TooManyRequestsException", "Rate exceeded", "AWS_THROTTLED"],
    ["LimitExceededException", "Cannot exceed quota for RolesPerAccount: 1000", "AWS_QUOTA"],
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
    [apiGateway, "GetApis", "apigateway:GET"],
    [apiGateway, "CreateRoute", "apigateway:POST"],
    [apiGateway, "UpdateStage", "apigateway:PATCH"],
    [apiGateway, "DeleteCorsConfiguration", "apigateway:DELETE"],
    [apiGateway, "TagResource", "apigateway:TagResource"],
    [iam, "GetRole", "iam:GetRole"],
    [logs, "DescribeLogGroups", "logs:DescribeLogGroups"],
    [tagging, "GetResources", "tag:GetResources"],
  ])("of $0.name $1 is $2", (service, operation, action) => {
    expect(service.iamAction(operation)).toBe(action);
  });
});
