/** Clients of user pools. Facts: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { own } from "../../model/own.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { jsonOf, objectOf, textOf } from "../live-values.ts";
import {
  arnText,
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  textList,
  wholeNumber,
} from "../schema.ts";
import { cognito } from "./service.ts";

const unit = (word: string, says: string) =>
  optional(enumText("seconds", "minutes", "hours", "days"), says, { default: word });

const AUTH_FLOWS = [
  "ADMIN_NO_SRP_AUTH",
  "CUSTOM_AUTH_FLOW_ONLY",
  "USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_AUTH",
] as const;

/** AWS has numbers and lists of its own where the spec gives none. */
const asGiven =
  (key: string) =>
  (_given: JsonObject, { wanted }: { wanted: JsonObject }): boolean =>
    isEmpty(own(wanted, key));

const url = () =>
  patternText(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{0,1024}$/u, "a URL of at most 1024 characters, without spaces");
const inDays = ({ TokenValidityUnits }: JsonObject): boolean =>
  (objectOf(TokenValidityUnits).RefreshToken ?? "days") === "days";
/** AWS answers 0 for what was never set. */
const zeroIsNone = {
  ignored: (_given: JsonObject, _around: object, value: JsonValue | undefined) => value === 0,
};

const ofLive = ({ id, parentId = "" }: { id: string; parentId?: string | undefined }) => ({
  UserPoolId: parentId,
  ClientId: id,
});

export const userPoolClient = defineType({
  type: "CognitoIdentityServiceProvider::UserPoolClient",
  summary: "An application that signs users of a pool in.",
  service: cognito,
  properties: properties({
    ClientName: required(
      patternText(/^[\w\s+=,.@-]{1,128}$/, "a client's name: letters, digits, spaces and + = , . @ -"),
      "Name of the client, also its name in the spec.",
    ),
    GenerateSecret: optional(
      flag(),
      "Whether it has a secret. Gatewright never shows it: read it with DescribeUserPoolClient.",
      { default: false, createOnly: true },
    ),
    RefreshTokenValidity: optional(wholeNumber(0, 315_360_000), "How long refresh tokens are valid.", {
      default: (given) => (inDays(given) ? 30 : undefined),
      defaultWords: "30 days",
      ignored: (_given, { wanted }) => isEmpty(wanted.RefreshTokenValidity) && !inDays(wanted),
    }),
    AccessTokenValidity: optional(wholeNumber(1, 86_400), "How long access tokens are valid.", {
      ...zeroIsNone,
      defaultWords: "one hour",
    }),
    IdTokenValidity: optional(wholeNumber(1, 86_400), "How long identity tokens are valid.", {
      ...zeroIsNone,
      defaultWords: "one hour",
    }),
    TokenValidityUnits: optional(
      properties({
        AccessToken: unit("hours", "Of AccessTokenValidity."),
        IdToken: unit("hours", "Of IdTokenValidity."),
        RefreshToken: unit("days", "Of RefreshTokenValidity."),
      }),
      "Units of the three.",
      { default: {}, defaultWords: "hours and days" },
    ),
    ReadAttributes: optional(textList(limitedText(2048, 1)), "Attributes that it may read.", {
      unordered: true,
      ignored: asGiven("ReadAttributes"),
      defaultWords: "the standard ones",
    }),
    WriteAttributes: optional(textList(limitedText(2048, 1)), "Attributes that it may write.", {
      unordered: true,
      ignored: asGiven("WriteAttributes"),
      defaultWords: "the standard ones",
    }),
    ExplicitAuthFlows: optional(textList(enumText(...AUTH_FLOWS)), "How it may sign users in.", {
      unordered: true,
      ignored: asGiven("ExplicitAuthFlows"),
      defaultWords: "AWS's own",
    }),
    SupportedIdentityProviders: optional(
      textList(
        patternText(
          /^[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]{1,32}$/u,
          "the name of an identity provider, at most 32 characters",
        ),
      ),
      "Who knows its users: `COGNITO`, or others.",
      {
        unordered: true,
      },
    ),
    CallbackURLs: optional(textList(url(), 100), "Where users come back to after signing in.", {
      unordered: true,
    }),
    LogoutURLs: optional(textList(url(), 100), "Where users come back to after signing out.", {
      unordered: true,
    }),
    DefaultRedirectURI: optional(url(), "One of CallbackURLs, for requests that name none."),
    AllowedOAuthFlows: optional(
      textList(enumText("code", "implicit", "client_credentials"), 3),
      "OAuth flows that it may use.",
      { unordered: true },
    ),
    AllowedOAuthScopes: optional(
      textList(patternText(/^[!#-[\]-~]{1,256}$/, 'an OAuth scope, such as "openid" or "orders/read"'), 50),
      "OAuth scopes that it may ask for.",
      {
        unordered: true,
      },
    ),
    AllowedOAuthFlowsUserPoolClient: optional(flag(), "Whether it may use OAuth at all.", { default: false }),
    AnalyticsConfiguration: optional(
      properties({
        ApplicationId: optional(
          patternText(/^[0-9a-fA-F]*$/, "the id of a Pinpoint application"),
          "Id of a Pinpoint application.",
        ),
        ApplicationArn: optional(arnText("mobiletargeting"), "ARN of a Pinpoint application."),
        RoleArn: optional(arnText("iam"), "Role that may send to it."),
        ExternalId: optional(limitedText(131_072), "What the role's trust policy asks for."),
        UserDataShared: optional(flag(), "Whether users' data is sent too.", { default: false }),
      }),
      "Where sign-ins are counted.",
    ),
    PreventUserExistenceErrors: optional(
      enumText("LEGACY", "ENABLED"),
      "Whether errors hide if a user exists.",
      { default: "LEGACY" },
    ),
    EnableTokenRevocation: optional(flag(), "Whether tokens can be revoked.", { default: true }),
    EnablePropagateAdditionalUserContextData: optional(
      flag(),
      "Whether callers may say where a user comes from.",
      { default: false },
    ),
    AuthSessionValidity: optional(wholeNumber(3, 15), "Minutes in which a sign-in must end.", { default: 3 }),
    RefreshTokenRotation: optional(
      properties({
        Feature: required(enumText("ENABLED", "DISABLED"), "Whether each use gives a new refresh token.", {
          ignored: (_given, { wanted }, value) =>
            value === "DISABLED" && isEmpty(wanted.RefreshTokenRotation),
        }),
        RetryGracePeriodSeconds: optional(wholeNumber(0, 60), "Seconds for which the old one is taken.", {
          ignored: (_given, _around, value) => value === 0,
        }),
      }),
      "New refresh tokens for old.",
    ),
  }),
  dependencies: {
    userPool: { type: "CognitoIdentityServiceProvider::UserPool", required: true, parent: true },
  },
  identity: { by: "parent", property: "ClientName" },
  id: "ClientId",
  // What UpdateUserPoolClient is not sent goes back to AWS's default.
  updates: "replace",
  checks: ({ properties: { AllowedOAuthFlows, AllowedOAuthScopes, AllowedOAuthFlowsUserPoolClient } }) =>
    (isEmpty(AllowedOAuthFlows) && isEmpty(AllowedOAuthScopes)) || AllowedOAuthFlowsUserPoolClient === true
      ? []
      : [
          {
            path: "AllowedOAuthFlowsUserPoolClient",
            message: "must be true for AllowedOAuthFlows and AllowedOAuthScopes to have an effect",
          },
        ],
  attributes: { id: "The client's id.", "live.ClientId": "The client's id." },
  outputs: { UserPoolClientId: "ClientId" },
  permissions: {
    read: ["ListUserPoolClients", "DescribeUserPoolClient"],
    write: ["CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient"],
  },
  consequence: (live) => `Applications that use client ${textOf(live.state.ClientName)} can sign nobody in.`,
  // The secret goes no further than AWS's answer: it is in no state, attribute, plan or log.
  fromAws: ({ ClientSecret, ...answer }) =>
    answer.CreationDate === undefined ? answer : { ...answer, GenerateSecret: !isEmpty(ClientSecret) },
  calls: {
    async list(client, { NextToken }, { parent }) {
      const page = await client.listUserPoolClients({
        UserPoolId: parent?.id ?? "",
        MaxResults: 60,
        ...(NextToken !== undefined && { NextToken }),
      });
      return { Items: page.UserPoolClients ?? [], NextToken: page.NextToken };
    },
    async complete({ aws }, answer, { parent }) {
      const client = await aws.client(cognito);
      const ids = { UserPoolId: parent?.id ?? "", ClientId: textOf(answer.ClientId) };
      const { UserPoolClient = {} } = await client.describeUserPoolClient(ids);
      return jsonOf(UserPoolClient);
    },
    async create(client, input, { parent }) {
      const { UserPoolClient = {} } = await client.createUserPoolClient(
        sdkInput({ ...input, UserPoolId: parent?.id ?? "" }),
      );
      return { ClientId: UserPoolClient.ClientId };
    },
    async update(client, input, { live }) {
      await client.updateUserPoolClient(sdkInput({ ...input, ...ofLive(live) }));
      return {};
    },
    delete: (client, live) => client.deleteUserPoolClient(ofLive(live)),
  },
});
