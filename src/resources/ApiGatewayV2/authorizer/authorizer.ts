/** Authorizers. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
import { callsWithoutPermission } from "../callers.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, text } from "../../../model/values.ts";
import { defineType } from "../../define.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Desired, Live } from "../../type.ts";
import { inspectAuthorizer } from "./inspect.ts";
import { authorizerProperties, checkAuthorizer, withoutForeign } from "./properties.ts";
import { ofParent, parentApi, parentAttributes, supersededByName, supersededName } from "../common.ts";
import { invocationUri } from "../function-uri.ts";
import { reachRole } from "../../IAM/reach.ts";
import { passRole } from "../permissions.ts";
import { apiGateway, GATEWAY } from "../service.ts";
import { callsWithoutTrust } from "../../policy/trust.ts";

function withDependencies(properties: JsonObject, desired: Desired): JsonObject {
  const { stack } = desired;
  if (properties.AuthorizerType === "JWT") {
    const jwt: JsonObject = { ...objectOf(properties.JwtConfiguration) };
    const pool = desired.dependency("userPool");
    // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
    if (pool !== undefined && isEmpty(jwt.Issuer))
      jwt.Issuer = text`https://cognito-idp.${stack.region}.amazonaws.com/${pool.id}`;
    return { ...properties, JwtConfiguration: jwt };
  }
  const role = desired.dependency("role")?.attribute("Arn");
  const uri =
    properties.AuthorizerUri ?? desired.dependency("lambdaFunction")?.attribute("FunctionArn") ?? "";
  return {
    ...properties,
    ...(role === undefined || !isEmpty(properties.AuthorizerCredentialsArn)
      ? {}
      : { AuthorizerCredentialsArn: role }),
    AuthorizerUri: typeof uri === "string" ? invocationUri(stack, uri) : uri,
  };
}

export const authorizer = defineType({
  type: "ApiGatewayV2::Authorizer",
  summary: "Decides who may call the routes that name it, by token or by a function.",
  service: apiGateway,
  properties: authorizerProperties,
  dependencies: {
    api: parentApi,
    userPool: { type: "CognitoIdentityServiceProvider::UserPool" },
    lambdaFunction: { type: "Lambda::Function" },
    role: { type: "IAM::Role" },
  },
  identity: { by: "parent", property: "Name" },
  id: "AuthorizerId",
  replaceOrder: "create-first",
  checks: checkAuthorizer,
  attributes: { id: "The authorizer's id." },
  quotas: [{ name: "authorizers per API", most: 10, adjustable: true }],
  inspect: (one, spec) => [
    ...inspectAuthorizer(one, spec),
    ...callsWithoutPermission(one, spec, { role: "AuthorizerCredentialsArn", what: "refuses every request" }),
    ...callsWithoutTrust(one, spec, { ...GATEWAY, what: "every request is refused" }),
  ],
  permissions: {
    read: ["GetAuthorizers"],
    write: ["CreateAuthorizer", "UpdateAuthorizer", "DeleteAuthorizer"],
    besides: passRole,
  },
  consequence: (live) =>
    `Routes that authorizer ${textOf(live.state.Name)} protects will refuse every request.`,
  fromSpec: withDependencies,
  fromAws: (answer, { parent }) => ({
    ...withoutForeign(answer, parent?.state ?? {}),
    ...parentAttributes(parent),
  }),
  standing: supersededByName,
  reaches: ({ state }) => reachRole(state.AuthorizerCredentialsArn),
  calls: {
    list: (client, paging, { parent }) => client.getAuthorizers({ ...ofParent(parent), ...paging }),
    create: (client, input, { parent }) =>
      // The SDK wants a list of sources even where AWS wants none.
      client.createAuthorizer(sdkInput({ ...ofParent(parent), IdentitySource: [], ...input })),
    update: (client, input, { live, state, parent }) =>
      client.updateAuthorizer(
        sdkInput({
          ...ofParent(parent),
          AuthorizerId: live.id,
          AuthorizerType: textOf(state.AuthorizerType),
          ...input,
        }),
      ),
    delete: (client, live) => client.deleteAuthorizer(ofLive(live)),
  },
  // Frees the name: the new one is made, routes move over to it, then the old one goes.
  async supersede({ aws, live }) {
    const client = await aws.client(apiGateway);
    await client.updateAuthorizer({ ...ofLive(live), Name: supersededName(live) });
  },
});

function ofLive({ id, parentId }: Live): { ApiId: string | undefined; AuthorizerId: string } {
  return { ApiId: parentId, AuthorizerId: id };
}
