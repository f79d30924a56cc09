import * as client from "@aws-sdk/client-ssm";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";

interface Parameter {
  value: client.Parameter;
  about: client.ParameterMetadata;
  readonly tags: Map<string, string>;
}

const parameters = table<RegionState, Parameter>();

const invalid = (message: string): AwsError => new AwsError("ValidationException", message);
const arnOf = (ctx: Ctx, name: string): string =>
  `arn:${ctx.partition}:ssm:${ctx.regionName}:${ctx.accountId}:parameter/${name.replace(/^\//, "")}`;

function parameter(ctx: Ctx, name = ""): Parameter {
  return need(
    parameters(ctx.region).get(name),
    () => new AwsError("ParameterNotFound", `Parameter ${name} not found.`),
  );
}

function tagged(ctx: Ctx, name = ""): Map<string, string> {
  return need(
    parameters(ctx.region).get(name),
    () =>
      new AwsError(
        "InvalidResourceId",
        "The resource ID is not valid. Verify that you entered the correct ID and try again.",
      ),
  ).tags;
}

const addTags = tagAdder(({ kind, message }) =>
  kind === "too-many" ? new AwsError("TooManyTagsError", message) : invalid(message),
);

function checkValue({
  Value = "",
  AllowedPattern = "",
  Tier,
  Type,
  KeyId,
}: client.PutParameterRequest): void {
  if (Value === "")
    throw invalid("1 validation error detected: Value '' at 'value' failed to satisfy constraint");
  if (Tier !== "Advanced" && Tier !== "Intelligent-Tiering" && Value.length > 4096)
    throw invalid("Standard tier parameters support a maximum parameter value of 4096 characters.");
  if (AllowedPattern !== "" && !new RegExp(AllowedPattern).test(Value))
    throw new AwsError(
      "ParameterPatternMismatchException",
      `Parameter value, cannot be validated against allowedPattern: ${AllowedPattern}`,
    );
  if (KeyId !== undefined && Type !== "SecureString")
    throw invalid("KeyId is required only for the SecureString type parameter.");
}

const on = sdk<client.SSM>(client);

/** Systems Manager: parameters and their tags. */
export const ssm = service(
  {
    id: "ssm",
    protocol: "aws-json",
    key: "AmazonSSM",
    missing: (member) =>
      invalid(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    busy: () =>
      new AwsError(
        "TooManyUpdates",
        "There are concurrent updates for a resource that supports one update at a time.",
      ),
    tagged: (ctx) =>
      [...parameters(ctx.region).values()].map(({ about, tags }) => ({
        arn: arnOf(ctx, about.Name ?? ""),
        tags,
      })),
  },
  client,
  [
    on("putParameter", (ctx, input) => {
      const { Name = "", Value, Overwrite = false, Tags, Tier = "Standard", DataType = "text" } = input;
      const present = parameters(ctx.region).get(Name);
      if (present !== undefined && !Overwrite)
        throw new AwsError(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
        );
      if (Overwrite && (Tags ?? []).length > 0)
        throw invalid(
          "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag.",
        );
      const Type = input.Type ?? present?.value.Type;
      if (Type === undefined) throw invalid("A parameter type is required when you create a parameter.");
      if (present !== undefined && present.value.Type !== Type)
        throw new AwsError("HierarchyTypeMismatchException", "The parameter type cannot be changed.");
      if (present?.about.Tier === "Advanced" && input.Tier === "Standard")
        throw invalid(
          "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.",
        );
      checkValue({ ...input, Type });
      const tags = present?.tags ?? new Map<string, string>();
      addTags(ctx, tags, Tags);
      const Version = (present?.value.Version ?? 0) + 1;
      const chosen =
        Tier === "Intelligent-Tiering" ? ((Value ?? "").length > 4096 ? "Advanced" : "Standard") : Tier;
      const kept = present?.about;
      const text = (given: string | undefined, before: string | undefined) => given ?? before;
      parameters(ctx.region).set(Name, {
        value: { Name, Type, Value, Version, DataType, ARN: arnOf(ctx, Name), LastModifiedDate: ctx.now() },
        about: {
          Name,
          Type,
          Version,
          Tier: chosen,
          DataType,
          Description: text(input.Description, kept?.Description),
          AllowedPattern: text(input.AllowedPattern, kept?.AllowedPattern),
          ...(Type === "SecureString" ? { KeyId: input.KeyId ?? kept?.KeyId ?? "alias/aws/ssm" } : {}),
        },
        tags,
      });
      return { Version, Tier: chosen };
    }),
    on("getParameter", (ctx, { Name, WithDecryption = false }) => {
      const { value } = parameter(ctx, Name);
      const hidden = value.Type === "SecureString" && !WithDecryption;
      return { Parameter: hidden ? { ...value, Value: "AQICAHh=" } : value };
    }),
    on("describeParameters", (ctx, { ParameterFilters = [] }) => {
      const names = ParameterFilters.filter(({ Key }) => Key === "Name").flatMap(({ Values = [] }) => Values);
      const all = [...parameters(ctx.region).values()].map(({ about }) => about);
      return { Parameters: all.filter(({ Name = "" }) => names.length === 0 || names.includes(Name)) };
    }),
    on("deleteParameter", (ctx, { Name = "" }) => {
      parameter(ctx, Name);
      parameters(ctx.region).delete(Name);
      return {};
    }),
    on("addTagsToResource", (ctx, { ResourceId, Tags }) => {
      addTags(ctx, tagged(ctx, ResourceId), Tags);
      return {};
    }),
    on("removeTagsFromResource", (ctx, { ResourceId, TagKeys = [] }) => {
      for (const key of TagKeys) tagged(ctx, ResourceId).delete(key);
      return {};
    }),
    on("listTagsForResource", (ctx, { ResourceId }) => ({
      TagList: [...tagged(ctx, ResourceId)].map(([Key, Value]) => ({ Key, Value })),
    })),
  ],
);
