/** User pools. Facts: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html */
import type {
  CognitoIdentityProvider,
  UserPoolDescriptionType,
} from "@aws-sdk/client-cognito-identity-provider";
import { sdkInput } from "../../aws/sdk-input.ts";
import { canonicalJson, isEmpty, type JsonObject } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { jsonOf, listOf, objectOf, tagsOf, textOf, textsOf } from "../live-values.ts";
import { schemaFromAws } from "./user-pool-attributes.ts";
import { poolProperties } from "./user-pool-properties.ts";
import type { ReadContext } from "../type.ts";
import { cognito } from "./service.ts";

const idOfArn = (arn: string): string | undefined =>
  /^arn:[^:]+:cognito-idp:[^:]*:\d*:userpool\/([\w-]+)$/.exec(arn)?.[1];

/** The memo's key of a pool's description, which its domains are read from too. */
export const described = (id: string): string => `DescribeUserPool ${id}`;

/** A pool with its second factors, which only a call of their own tells; asked once per reading, however it was found. */
async function whole(
  client: CognitoIdentityProvider,
  { once }: Pick<ReadContext, "once">,
  UserPoolId: string,
): Promise<object> {
  const { UserPool = {} } = await once(described(UserPoolId), () => client.describeUserPool({ UserPoolId }));
  if ((UserPool.MfaConfiguration ?? "OFF") === "OFF") return UserPool;
  const mfa = await once(`GetUserPoolMfaConfig ${UserPoolId}`, () =>
    client.getUserPoolMfaConfig({ UserPoolId }),
  );
  const EnabledMfas = [
    ...(mfa.SmsMfaConfiguration?.SmsConfiguration === undefined ? [] : ["SMS_MFA"]),
    ...(mfa.SoftwareTokenMfaConfiguration?.Enabled === true ? ["SOFTWARE_TOKEN_MFA"] : []),
    ...(mfa.EmailMfaConfiguration === undefined ? [] : ["EMAIL_OTP"]),
  ];
  return { ...UserPool, EnabledMfas };
}

/** The second factors in one call: the pool's own update takes them only in part. */
async function setFactors(
  client: CognitoIdentityProvider,
  UserPoolId: string,
  state: JsonObject,
): Promise<void> {
  const MfaConfiguration = textOf(state.MfaConfiguration);
  const factors = textsOf(state.EnabledMfas);
  const { SmsAuthenticationMessage, SmsConfiguration } = state;
  const sms = {
    ...(isEmpty(SmsAuthenticationMessage) ? {} : { SmsAuthenticationMessage }),
    SmsConfiguration,
  };
  await client.setUserPoolMfaConfig(
    sdkInput({
      UserPoolId,
      MfaConfiguration,
      // AWS refuses to configure a factor and to turn them off in one call.
      ...(MfaConfiguration === "OFF"
        ? {}
        : {
            SoftwareTokenMfaConfiguration: { Enabled: factors.includes("SOFTWARE_TOKEN_MFA") },
            ...(factors.includes("SMS_MFA") ? { SmsMfaConfiguration: sms as JsonObject } : {}),
            ...(factors.includes("EMAIL_OTP") ? { EmailMfaConfiguration: {} } : {}),
          }),
    }),
  );
}

const attributesIn = (state: JsonObject): ReadonlyMap<string, JsonObject> =>
  new Map(listOf(state.Schema).map((one) => [textOf(objectOf(one).Name), objectOf(one)]));

/** Standard attributes, which every pool has: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const STANDARD =
  /^(sub|name|given_name|family_name|middle_name|nickname|preferred_username|profile|picture|website|email|email_verified|gender|birthdate|zoneinfo|locale|phone_number|phone_number_verified|address|updated_at|identities)$/;

/** Custom attributes that are new; undefined if the change is another one, for which AWS has no call. */
function addedAttributes(before: JsonObject, after: JsonObject): readonly JsonObject[] | undefined {
  const [old, next] = [attributesIn(before), attributesIn(after)];
  const kept = [...old].every(([name, one]) => canonicalJson(next.get(name) ?? null) === canonicalJson(one));
  const added = [...next].filter(([name]) => !old.has(name));
  const possible = added.every(([name, one]) => !STANDARD.test(name) && one.Required !== true);
  return kept && possible ? added.map(([, one]) => one) : undefined;
}

const named = ({ Id, Name }: UserPoolDescriptionType): JsonObject => ({ Id: Id ?? "", Name: Name ?? "" });

/** What AWS takes of a state: what the pool's calls are not for goes by calls of its own. */
function sent({ Tags, EnabledMfas: _own, ...state }: JsonObject): JsonObject {
  return { ...state, UserPoolTags: tagsOf({ Tags: Tags ?? {} }) };
}

export const userPool = defineType({
  type: "CognitoIdentityServiceProvider::UserPool",
  summary: "A directory of users, whose tokens JWT authorizers accept.",
  service: cognito,
  properties: poolProperties,
  identity: { by: "tags", property: "PoolName" },
  physicalName: (name, shortened) => shortened(name, 128),
  id: "Id",
  arn: ({ partition, region, account }, { id }) =>
    `arn:${partition}:cognito-idp:${region}:${account}:userpool/${id}`,
  nameOfArn: idOfArn,
  foundByTagsAs: "cognito-idp:userpool",
  // What UpdateUserPool is not sent goes back to AWS's default.
  updates: "replace",
  tags: {
    style: "map",
    set: (client, ResourceArn, Tags) => client.tagResource({ ResourceArn, Tags }),
    remove: (client, ResourceArn, TagKeys) => client.untagResource({ ResourceArn, TagKeys }),
  },
  protected: "its users",
  checks: ({ properties: { MfaConfiguration, EnabledMfas, AliasAttributes, UsernameAttributes } }) => [
    ...(isEmpty(EnabledMfas) || !isEmpty(MfaConfiguration)
      ? []
      : [
          {
            path: "EnabledMfas",
            message: "has no effect while MfaConfiguration is OFF",
            hint: "Set MfaConfiguration to ON or OPTIONAL.",
          },
        ]),
    ...(isEmpty(AliasAttributes) || isEmpty(UsernameAttributes)
      ? []
      : [{ path: "AliasAttributes", message: "cannot stand beside UsernameAttributes" }]),
  ],
  replaces: ({ path }, before, after) =>
    /^Schema\b/.test(path) ? addedAttributes(before, after) === undefined : undefined,
  attributes: {
    id: "The user pool's id.",
    "live.Id": "The user pool's id.",
    "live.Arn": "The user pool's ARN.",
    "live.ProviderName": "The issuer without `https://`.",
    "live.ProviderURL": "The issuer of its tokens.",
  },
  outputs: { UserPoolId: "Id" },
  writtenAt: ({ stack: { partition, region, account } }) => [
    `arn:${partition}:cognito-idp:${region}:${account}:userpool/*`,
  ],
  permissions: {
    read: ["ListUserPools", "DescribeUserPool", "GetUserPoolMfaConfig"],
    write: [
      "CreateUserPool",
      "UpdateUserPool",
      "DeleteUserPool",
      "AddCustomAttributes",
      "SetUserPoolMfaConfig",
      "TagResource",
      "UntagResource",
    ],
    besides: { "iam:PassRole": "to give Cognito the role that sends SMS" },
  },
  consequence: (live) => `Every user of ${live.name} is lost, and nobody can sign in.`,
  fromAws(answer, { stack, wanted = {} }) {
    const id = textOf(answer.Id);
    const ProviderName = `cognito-idp.${stack.region}.amazonaws.com/${id}`;
    return {
      ...answer,
      // The answer of a create is made of the state, which has the names of the spec already.
      PoolName: answer.Name ?? answer.PoolName ?? "",
      Tags: answer.UserPoolTags ?? answer.Tags ?? {},
      Schema:
        answer.SchemaAttributes === undefined
          ? (answer.Schema ?? [])
          : schemaFromAws(answer.SchemaAttributes, wanted.Schema),
      ProviderName,
      ProviderURL: `https://${ProviderName}`,
    };
  },
  calls: {
    async list(client, { NextToken }) {
      const page = await client.listUserPools({
        MaxResults: 60,
        ...(NextToken !== undefined && { NextToken }),
      });
      return { Items: (page.UserPools ?? []).map(named), NextToken: page.NextToken };
    },
    complete: async ({ aws, once }, answer) =>
      jsonOf(await whole(await aws.client(cognito), { once }, textOf(answer.Id))),
    byArn: (client, arn, reading) => whole(client, reading, idOfArn(arn) ?? ""),
    async create(client, input) {
      const { MfaConfiguration, ...rest } = sent(input);
      const own = !isEmpty(input.EnabledMfas);
      // A pool cannot be made with a second factor other than SMS.
      const mfa: JsonObject = own ? {} : { MfaConfiguration: MfaConfiguration ?? "OFF" };
      const { UserPool } = await client.createUserPool(sdkInput({ ...rest, ...mfa }));
      const Id = UserPool?.Id ?? "";
      if (own) await setFactors(client, Id, input);
      return { Id };
    },
    async update(client, input, { live, state, changes, changed }) {
      const added = changed("Schema") ? (addedAttributes(live.state, state) ?? []) : [];
      if (added.length > 0)
        await client.addCustomAttributes(sdkInput({ UserPoolId: live.id, CustomAttributes: [...added] }));
      if (changed("EnabledMfas") || changed("MfaConfiguration")) await setFactors(client, live.id, state);
      const { Schema: _added, ...rest } = sent({ ...input, Tags: state.Tags ?? {} });
      if (changes.some(({ path }) => !/^(Schema|EnabledMfas)\b/.test(path)))
        await client.updateUserPool(sdkInput({ ...rest, UserPoolId: live.id }));
      return {};
    },
    delete: (client, live) => client.deleteUserPool({ UserPoolId: live.id }),
  },
});
