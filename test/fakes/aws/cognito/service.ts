import * as client from "@aws-sdk/client-cognito-identity-provider";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { tagOperations, tagProblem } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";
import { clientDefaults, poolDefaults, standardAttributes } from "./defaults.ts";

interface Pool {
  readonly id: string;
  readonly created: Date;
  settings: client.UserPoolType;
  mfa: Omit<client.GetUserPoolMfaConfigResponse, "MfaConfiguration">;
  readonly tags: Map<string, string>;
}
interface Domain {
  readonly poolId: string;
  description: client.DomainDescriptionType;
}

const pools = table<RegionState, Pool>();
/** By `POOL/CLIENT`. */
const clients = table<RegionState, client.UserPoolClientType>();
/** Prefixes and domain names are one for all accounts. */
const domains = table<RegionState, Domain>();

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
const missing = (message: string): AwsError => new AwsError("ResourceNotFoundException", message);
const arnOf = (ctx: Ctx, id: string): string =>
  `arn:${ctx.partition}:cognito-idp:${ctx.regionName}:${ctx.accountId}:userpool/${id}`;

function pool(ctx: Ctx, id = ""): Pool {
  return need(pools(ctx.region).get(id), () => missing(`User pool ${id} does not exist.`));
}

function appClient(
  ctx: Ctx,
  { UserPoolId = "", ClientId = "" }: { UserPoolId?: string | undefined; ClientId?: string | undefined },
): client.UserPoolClientType {
  pool(ctx, UserPoolId);
  return need(clients(ctx.region).get(`${UserPoolId}/${ClientId}`), () =>
    missing(`User pool client ${ClientId} does not exist.`),
  );
}

const domainsOf = (ctx: Ctx, id: string): readonly Domain[] =>
  [...domains(ctx.region).values()].filter(({ poolId }) => poolId === id);

/** What is sent, without what is not: AWS puts its defaults there. */
function given<T extends object>(members: T): Partial<T> {
  const kept = Object.entries(members).filter(
    ([, value]) =>
      value !== undefined &&
      value !== "" &&
      !(typeof value === "object" && value !== null && Object.keys(value).length === 0),
  );
  return Object.fromEntries(kept) as Partial<T>;
}

type Settings = Omit<client.UpdateUserPoolRequest, "UserPoolId" | "UserPoolTags" | "PoolName">;

/** A pool's settings: what is not sent goes back to the default, and one of two spellings is answered in both. */
function settings(input: Settings): client.UserPoolType {
  const { LambdaConfig: lambda = {}, VerificationMessageTemplate: template = {} } = input;
  const one = {
    SmsMessage: template.SmsMessage ?? input.SmsVerificationMessage,
    EmailMessage: template.EmailMessage ?? input.EmailVerificationMessage,
    EmailSubject: template.EmailSubject ?? input.EmailVerificationSubject,
  };
  const tokens = lambda.PreTokenGenerationConfig?.LambdaArn ?? lambda.PreTokenGeneration;
  const config = lambda.PreTokenGenerationConfig ?? { LambdaVersion: "V1_0" as const, LambdaArn: tokens };
  if (lambda.PreTokenGeneration !== undefined && lambda.PreTokenGeneration !== tokens)
    throw invalid("The Lambda ARN in PreTokenGeneration and PreTokenGenerationConfig must be the same.");
  if ((lambda.CustomSMSSender ?? lambda.CustomEmailSender) !== undefined && lambda.KMSKeyID === undefined)
    throw invalid("KMS Key ID is required for custom senders.");
  if (
    input.EmailConfiguration?.EmailSendingAccount === "DEVELOPER" &&
    input.EmailConfiguration.SourceArn === undefined
  )
    throw invalid("Please provide a valid email identity in SourceArn.");
  if ((input.MfaConfiguration ?? "OFF") !== "OFF" && input.SmsConfiguration === undefined)
    throw invalid(
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    );
  return {
    ...poolDefaults(),
    ...given(input),
    LambdaConfig: {
      ...given(lambda),
      ...(tokens === undefined ? {} : { PreTokenGeneration: tokens, PreTokenGenerationConfig: config }),
    },
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      ...given({ ...template, ...one }),
    },
    ...given({
      SmsVerificationMessage: one.SmsMessage,
      EmailVerificationMessage: one.EmailMessage,
      EmailVerificationSubject: one.EmailSubject,
    }),
  };
}

function addAttributes(present: client.SchemaAttributeType[], added: readonly client.SchemaAttributeType[]) {
  const all = [...present];
  for (const { Name = "", ...attribute } of added) {
    const index = all.findIndex((one) => one.Name === Name);
    const standard = all[index];
    if (standard !== undefined && !Name.startsWith("custom:")) {
      all[index] = { ...standard, ...attribute, Name };
      continue;
    }
    const name = `custom:${Name}`;
    if (all.some((one) => one.Name === name))
      throw invalid(`${name}: Existing attribute already has name ${name}.`);
    if (attribute.Required === true) throw invalid("Required custom attributes are not supported currently.");
    const { AttributeDataType = "String" } = attribute;
    const limits =
      AttributeDataType === "Number"
        ? { NumberAttributeConstraints: attribute.NumberAttributeConstraints ?? {} }
        : { StringAttributeConstraints: attribute.StringAttributeConstraints ?? {} };
    all.push({
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      ...limits,
      ...attribute,
      AttributeDataType,
      Name: name,
    });
  }
  return all;
}

function checkTags(ctx: Ctx, present: Map<string, string>, tags: Record<string, string>): void {
  const problem = tagProblem(ctx, present, tags);
  if (problem !== undefined) throw invalid(problem.message);
}

function answerOf(ctx: Ctx, { id, created, settings: own, mfa: _mfa, tags }: Pool): client.UserPoolType {
  const names = domainsOf(ctx, id).map(({ description }) => description.Domain ?? "");
  const prefix = names.find((name) => !name.includes("."));
  const custom = names.find((name) => name.includes("."));
  return {
    ...own,
    Id: id,
    Arn: arnOf(ctx, id),
    CreationDate: created,
    EstimatedNumberOfUsers: 0,
    UserPoolTags: Object.fromEntries(tags),
    ...(prefix === undefined ? {} : { Domain: prefix }),
    ...(custom === undefined ? {} : { CustomDomain: custom }),
  };
}

/** A client's settings: what is not sent goes back to the default. */
function clientSettings({
  UserPoolId: _pool,
  ...input
}: Omit<client.UpdateUserPoolClientRequest, "ClientId">): client.UserPoolClientType {
  const oauth = (input.AllowedOAuthFlows ?? []).length > 0;
  if (
    oauth &&
    input.AllowedOAuthFlowsUserPoolClient === true &&
    (input.AllowedOAuthScopes ?? []).length === 0
  )
    throw new AwsError(
      "InvalidOAuthFlowException",
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    );
  if (
    input.DefaultRedirectURI !== undefined &&
    input.CallbackURLs?.includes(input.DefaultRedirectURI) !== true
  )
    throw invalid("DefaultRedirectURI must be one of the CallbackURLs.");
  return { ...clientDefaults(), ...given(input) };
}

const on = sdk<client.CognitoIdentityProvider>(client);

/** Cognito: user pools, their clients and domains. */
export const cognito = service(
  {
    id: "cognito-idp",
    protocol: "aws-json",
    key: "AWSCognitoIdentityProviderService",
    missing: (member) =>
      invalid(
        `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    throttled: () => new AwsError("TooManyRequestsException", "Too many requests"),
    busy: () => new AwsError("ConcurrentModificationException", "Concurrent modification of the user pool."),
    tagged: (ctx) => [...pools(ctx.region).values()].map(({ id, tags }) => ({ arn: arnOf(ctx, id), tags })),
  },
  client,
  [
    on(
      "createUserPool",
      (
        ctx,
        {
          PoolName = "",
          UserPoolTags = {},
          Schema = [],
          AliasAttributes,
          UsernameAttributes,
          UsernameConfiguration,
          ...input
        },
      ) => {
        if (AliasAttributes !== undefined && UsernameAttributes !== undefined)
          throw invalid("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
        checkTags(ctx, new Map(), UserPoolTags);
        const id = `${ctx.regionName}_${ctx.ids.lower(9)}`;
        const made: Pool = {
          id,
          created: ctx.now(),
          settings: {
            ...settings(input),
            ...given({ AliasAttributes, UsernameAttributes, UsernameConfiguration }),
            Name: PoolName,
            SchemaAttributes: addAttributes(standardAttributes(), Schema),
          },
          mfa:
            input.SmsConfiguration === undefined || (input.MfaConfiguration ?? "OFF") === "OFF"
              ? {}
              : { SmsMfaConfiguration: { SmsConfiguration: input.SmsConfiguration } },
          tags: new Map(Object.entries(UserPoolTags)),
        };
        pools(ctx.region).set(id, made);
        return { UserPool: answerOf(ctx, made) };
      },
    ),
    on("describeUserPool", (ctx, { UserPoolId }) => ({ UserPool: answerOf(ctx, pool(ctx, UserPoolId)) })),
    on("listUserPools", (ctx, { MaxResults = 0, NextToken }) => {
      if (MaxResults < 1 || MaxResults > 60)
        throw invalid(
          `Value '${MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60`,
        );
      const all = [...pools(ctx.region).values()].map(({ id, settings: { Name } }) => ({ Id: id, Name }));
      const { items, next } = page(all, pageLimit(ctx, MaxResults, 60), NextToken, () =>
        invalid("Invalid NextToken"),
      );
      return { UserPools: items, NextToken: next };
    }),
    on("updateUserPool", (ctx, { UserPoolId, UserPoolTags, PoolName, ...input }) => {
      const found = pool(ctx, UserPoolId);
      const { AliasAttributes, UsernameAttributes, UsernameConfiguration, SchemaAttributes, Name } =
        found.settings;
      // With a second factor other than SMS the pool's own SMS settings are not asked for.
      const other =
        found.mfa.SoftwareTokenMfaConfiguration?.Enabled === true ||
        found.mfa.EmailMfaConfiguration !== undefined;
      const { MfaConfiguration = "OFF" } = input;
      const next = settings(other ? { ...input, MfaConfiguration: "OFF" } : input);
      found.settings = {
        ...next,
        MfaConfiguration,
        ...given({ AliasAttributes, UsernameAttributes, UsernameConfiguration, SchemaAttributes }),
        Name: PoolName ?? Name,
      };
      found.tags.clear();
      for (const [key, value] of Object.entries(UserPoolTags ?? {})) found.tags.set(key, value);
    }),
    on("addCustomAttributes", (ctx, { UserPoolId, CustomAttributes = [] }) => {
      const { settings: own } = pool(ctx, UserPoolId);
      const standard = CustomAttributes.find(({ Name }) =>
        own.SchemaAttributes?.some((one) => one.Name === Name),
      );
      if (standard !== undefined) throw invalid(`Invalid attribute name ${standard.Name}`);
      own.SchemaAttributes = addAttributes(own.SchemaAttributes ?? [], CustomAttributes);
    }),
    on("setUserPoolMfaConfig", (ctx, { UserPoolId, MfaConfiguration = "OFF", ...mfa }) => {
      const found = pool(ctx, UserPoolId);
      const configured = Object.keys(given(mfa)).length > 0;
      if (MfaConfiguration === "OFF" && configured)
        throw invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
      if (MfaConfiguration !== "OFF" && !configured)
        throw invalid("Invalid MFA configuration given, at least one factor must be configured.");
      found.settings.MfaConfiguration = MfaConfiguration;
      found.mfa = MfaConfiguration === "OFF" ? {} : mfa;
      return { MfaConfiguration, ...mfa };
    }),
    on("getUserPoolMfaConfig", (ctx, { UserPoolId }) => {
      const { mfa, settings: own } = pool(ctx, UserPoolId);
      return { ...mfa, MfaConfiguration: own.MfaConfiguration };
    }),
    on("deleteUserPool", (ctx, { UserPoolId = "" }) => {
      const { settings: own } = pool(ctx, UserPoolId);
      if (own.DeletionProtection === "ACTIVE")
        throw invalid(
          "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
        );
      if (domainsOf(ctx, UserPoolId).length > 0)
        throw invalid(
          "User pool cannot be deleted. It has a domain configured that should be deleted first.",
        );
      pools(ctx.region).delete(UserPoolId);
      for (const key of [...clients(ctx.region).keys()])
        if (key.startsWith(`${UserPoolId}/`)) clients(ctx.region).delete(key);
    }),
    on("createUserPoolClient", (ctx, { UserPoolId = "", GenerateSecret, ...input }) => {
      pool(ctx, UserPoolId);
      const ClientId = ctx.ids.lower(26);
      const made: client.UserPoolClientType = {
        ...clientSettings({ UserPoolId, ...input }),
        UserPoolId,
        ClientId,
        CreationDate: ctx.now(),
        ...(GenerateSecret === true ? { ClientSecret: `secret${ctx.ids.lower(45)}` } : {}),
      };
      clients(ctx.region).set(`${UserPoolId}/${ClientId}`, made);
      return { UserPoolClient: made };
    }),
    on("describeUserPoolClient", (ctx, input) => ({ UserPoolClient: appClient(ctx, input) })),
    on("listUserPoolClients", (ctx, { UserPoolId = "", MaxResults, NextToken }) => {
      pool(ctx, UserPoolId);
      const all = [...clients(ctx.region).values()]
        .filter((one) => one.UserPoolId === UserPoolId)
        .map(({ ClientId, ClientName }) => ({ ClientId, ClientName, UserPoolId }));
      const { items, next } = page(all, pageLimit(ctx, MaxResults, 60), NextToken, () =>
        invalid("Invalid NextToken"),
      );
      return { UserPoolClients: items, NextToken: next };
    }),
    on("updateUserPoolClient", (ctx, { ClientId = "", ...input }) => {
      const { UserPoolId, ClientName, CreationDate, ClientSecret } = appClient(ctx, { ...input, ClientId });
      const next: client.UserPoolClientType = {
        ClientName,
        ...clientSettings(input),
        UserPoolId,
        ClientId,
        CreationDate,
        ...(ClientSecret === undefined ? {} : { ClientSecret }),
      };
      clients(ctx.region).set(`${UserPoolId}/${ClientId}`, next);
      return { UserPoolClient: next };
    }),
    on("deleteUserPoolClient", (ctx, input) => {
      appClient(ctx, input);
      clients(ctx.region).delete(`${input.UserPoolId}/${input.ClientId}`);
    }),
    on(
      "createUserPoolDomain",
      (ctx, { Domain: name = "", UserPoolId = "", ManagedLoginVersion = 1, CustomDomainConfig }) => {
        pool(ctx, UserPoolId);
        if (domains(ctx.region).has(name)) throw invalid("Domain already associated with another user pool.");
        const custom = name.includes(".");
        if (custom && CustomDomainConfig === undefined)
          throw invalid("Custom domain requires a certificate.");
        if (
          domainsOf(ctx, UserPoolId).some(({ description }) => description.Domain?.includes(".") === custom)
        )
          throw invalid("User pool already has a domain configured.");
        const CloudFrontDomain = `${ctx.ids.lower(13)}.cloudfront.net`;
        domains(ctx.region).set(name, {
          poolId: UserPoolId,
          description: {
            UserPoolId,
            AWSAccountId: ctx.accountId,
            Domain: name,
            CloudFrontDistribution: CloudFrontDomain,
            // A domain name of one's own has to be spread first; the next look finds it done.
            Status: custom ? "CREATING" : "ACTIVE",
            ...(CustomDomainConfig === undefined ? {} : { CustomDomainConfig }),
            ManagedLoginVersion,
          },
        });
        return { ManagedLoginVersion, ...(custom ? { CloudFrontDomain } : {}) };
      },
    ),
    on("describeUserPoolDomain", (ctx, { Domain: name = "" }) => {
      const found = domains(ctx.region).get(name);
      if (found === undefined) return { DomainDescription: {} };
      const seen = found.description;
      found.description = { ...seen, Status: "ACTIVE" };
      return { DomainDescription: seen };
    }),
    on(
      "updateUserPoolDomain",
      (ctx, { Domain: name = "", UserPoolId, CustomDomainConfig, ManagedLoginVersion }) => {
        pool(ctx, UserPoolId);
        const found = need(domains(ctx.region).get(name), () => missing(`No such domain ${name}.`));
        found.description = {
          ...found.description,
          ...(CustomDomainConfig === undefined ? {} : { CustomDomainConfig, Status: "UPDATING" as const }),
          ...(ManagedLoginVersion === undefined ? {} : { ManagedLoginVersion }),
        };
        return { ManagedLoginVersion };
      },
    ),
    on("deleteUserPoolDomain", (ctx, { Domain: name = "", UserPoolId }) => {
      pool(ctx, UserPoolId);
      if (!domains(ctx.region).delete(name))
        throw invalid("No such domain or domain does not belong to the user pool.");
    }),
    ...tagOperations(client, {
      calls: ["TagResource", "UntagResource", "ListTagsForResource"],
      reference: "ResourceArn",
      output: "Tags",
      check: checkTags,
      find: (ctx, arn) => pool(ctx, arn.split("/").at(-1)).tags,
    }),
  ],
);
