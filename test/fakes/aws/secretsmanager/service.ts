import * as client from "@aws-sdk/client-secrets-manager";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";

interface Secret {
  readonly arn: string;
  readonly name: string;
  /** Missing until it is given a value. */
  value?: { readonly text: string; readonly version: string };
  deleted?: boolean;
}

const secrets = table<RegionState, Secret>();

/** By name or ARN. */
function secret(ctx: Ctx, id = ""): Secret {
  const all = secrets(ctx.region);
  const found = need(
    all.get(id) ?? [...all.values()].find(({ arn }) => arn === id),
    () => new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
  );
  if (found.deleted === true)
    throw new AwsError(
      "InvalidRequestException",
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  return found;
}

const on = sdk<client.SecretsManager>(client);

/** Secrets Manager: what reading a secret needs, and what makes one for that. */
export const secretsManager = service(
  {
    id: "secretsmanager",
    protocol: "aws-json",
    key: "secretsmanager",
    missing: (member) =>
      new AwsError("ValidationException", `1 validation error detected: Value at '${member}'`),
    ...COMMON,
  },
  client,
  [
    on("createSecret", (ctx, { Name = "", SecretString }) => {
      if (secrets(ctx.region).has(Name))
        throw new AwsError(
          "ResourceExistsException",
          `The operation failed because the secret ${Name} already exists.`,
        );
      const arn = `arn:${ctx.partition}:secretsmanager:${ctx.regionName}:${ctx.accountId}:secret:${Name}-AbCdEf`;
      const value = SecretString === undefined ? undefined : { text: SecretString, version: ctx.ids.uuid() };
      secrets(ctx.region).set(Name, { arn, name: Name, ...(value === undefined ? {} : { value }) });
      return { ARN: arn, Name, VersionId: value?.version };
    }),
    on("putSecretValue", (ctx, { SecretId, SecretString = "" }) => {
      const found = secret(ctx, SecretId);
      found.value = { text: SecretString, version: ctx.ids.uuid() };
      return { ARN: found.arn, Name: found.name, VersionId: found.value.version };
    }),
    on("getSecretValue", (ctx, { SecretId }) => {
      const { arn, name, value } = secret(ctx, SecretId);
      if (value === undefined)
        throw new AwsError(
          "ResourceNotFoundException",
          "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
        );
      return {
        ARN: arn,
        Name: name,
        SecretString: value.text,
        VersionId: value.version,
        VersionStages: ["AWSCURRENT"],
      };
    }),
    on("deleteSecret", (ctx, { SecretId }) => {
      const found = secret(ctx, SecretId);
      found.deleted = true;
      return { ARN: found.arn, Name: found.name };
    }),
  ],
);
