/** Authorizers. Facts: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { type JsonObject, withoutEmpty } from "../../model/values.ts";
import { jsonOf, listOf, objectOf, textOf } from "../live-values.ts";
import { nameFrom, propertyName } from "../naming.ts";
import type { CreateContext, DeleteContext, Live, ResourceType, UpdateContext } from "../type.ts";
import { authorizerSchema, checkAuthorizer } from "./authorizer-schema.ts";
import { authorizerName, desiredAuthorizer, liveAuthorizer, supersededName } from "./authorizer-state.ts";
import { AUTHORIZER, apiNameOf, apiOf, changedTexts, parentApi, readChildren, ifThere } from "./common.ts";
import { listAuthorizers } from "./lists.ts";
import { apiGateway } from "./service.ts";
import { passRole } from "./permissions.ts";

async function create(context: CreateContext): Promise<Live> {
  const api = apiOf(context);
  const client = await context.aws.client(apiGateway);
  // The SDK wants a list of sources even where AWS wants none.
  const input = { ApiId: api.id, IdentitySource: [], ...withoutEmpty(context.state) };
  return liveAuthorizer(api, jsonOf(await client.createAuthorizer(sdkInput(input))));
}

const TEXTS = [
  "AuthorizerCredentialsArn",
  "AuthorizerPayloadFormatVersion",
  "AuthorizerResultTtlInSeconds",
  "AuthorizerUri",
  "EnableSimpleResponses",
  "IdentityValidationExpression",
];

async function update(context: UpdateContext): Promise<Live> {
  const { aws, live, state, changed } = context;
  const api = apiOf(context);
  const client = await aws.client(apiGateway);
  const input: JsonObject = {
    ApiId: api.id,
    AuthorizerId: live.id,
    AuthorizerType: textOf(state.AuthorizerType),
    ...changedTexts(context, TEXTS),
  };
  if (changed("IdentitySource")) input.IdentitySource = [...listOf(state.IdentitySource)];
  if (changed("JwtConfiguration")) input.JwtConfiguration = objectOf(state.JwtConfiguration);
  return liveAuthorizer(api, jsonOf(await client.updateAuthorizer(sdkInput(input))));
}

async function remove({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(apiGateway);
  await ifThere(client.deleteAuthorizer({ ApiId: live.parentId, AuthorizerId: live.id }));
}

/** Frees the name: the new one is made, routes move over to it, then the old one goes. */
async function supersede({ aws, live }: DeleteContext): Promise<void> {
  const client = await aws.client(apiGateway);
  await client.updateAuthorizer({
    ApiId: live.parentId,
    AuthorizerId: live.id,
    Name: supersededName(live),
  });
}

export const authorizer: ResourceType = {
  type: AUTHORIZER,
  summary: "Who may call the routes that name it: holders of a token, or whom a function lets in.",
  service: apiGateway,
  attributes: { id: "The authorizer's id." },
  permissions: {
    read: ["GetAuthorizers"],
    write: ["CreateAuthorizer", "UpdateAuthorizer", "DeleteAuthorizer"],
    besides: passRole,
  },
  dependencies: {
    api: parentApi,
    userPool: { type: "CognitoIdentityServiceProvider::UserPool" },
    lambdaFunction: { type: "Lambda::Function" },
    role: { type: "IAM::Role" },
  },
  schema: authorizerSchema,
  createOnly: ["AuthorizerType"],
  writeOnly: [],
  unordered: ["IdentitySource", "JwtConfiguration.Audience"],
  sensitive: [],
  policyDocuments: [],
  taggable: false,
  replaceOrder: "create-first",
  consequence: (live) =>
    `Routes that authorizer ${textOf(live.state.Name)} protects will refuse every request.`,
  canonical: (entry) => nameFrom("Name", entry),
  name: (entry) => authorizerName(apiNameOf(entry), propertyName("Name", entry)),
  aliases: (entry) => [propertyName("Name", entry)],
  check: checkAuthorizer,
  desiredState: desiredAuthorizer,
  read: (context) =>
    readChildren(context, async (api) =>
      (await listAuthorizers(context, api.id)).map((answer) => liveAuthorizer(api, answer)),
    ),
  create,
  update,
  delete: remove,
  supersede,
};
