import * as client from "@aws-sdk/client-dynamodb";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { keyArn } from "../kms/service.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";

interface Table {
  it: client.TableDescription;
  readonly tags: Map<string, string>;
  /** When what is under way ends, in ms. */
  until: number;
  ttl?: string | undefined;
  /** When it last changed. */
  ttlChanged?: number;
  recovery: boolean;
}

const tables = table<RegionState, Table>();
/** How long a change takes, in ms. */
const CHANGE = 5000;

const invalid = (message: string): AwsError => new AwsError("ValidationException", message);
const gone = (name: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`);

/** What an active table can take at once: its capacity, or on demand what every new table can. */
function warm({
  ProvisionedThroughput: capacity,
}: client.TableDescription): client.TableWarmThroughputDescription {
  const provisioned = (capacity?.ReadCapacityUnits ?? 0) > 0;
  return {
    ReadUnitsPerSecond: provisioned ? capacity?.ReadCapacityUnits : 12_000,
    WriteUnitsPerSecond: provisioned ? capacity?.WriteCapacityUnits : 4_000,
    Status: "ACTIVE",
  };
}

/** The table as time has made it. */
function find(ctx: Ctx, name = ""): Table {
  const found = need(tables(ctx.region).get(name), () => gone(name));
  if (ctx.now().getTime() < found.until) return found;
  if (found.it.TableStatus === "DELETING") {
    tables(ctx.region).delete(name);
    throw gone(name);
  }
  const indexes = (found.it.GlobalSecondaryIndexes ?? [])
    .filter(({ IndexStatus }) => IndexStatus !== "DELETING")
    .map((index) => ({ ...index, IndexStatus: client.IndexStatus.ACTIVE }));
  found.it = pruned({
    ...found.it,
    TableStatus: client.TableStatus.ACTIVE,
    GlobalSecondaryIndexes: indexes,
    WarmThroughput: warm(found.it),
  });
  return found;
}

/** Attributes that no key uses any more are forgotten. */
function pruned(it: client.TableDescription): client.TableDescription {
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = it;
  const keys = [it, ...global, ...local].flatMap(({ KeySchema = [] }) => KeySchema);
  const used = new Set(keys.map(({ AttributeName }) => AttributeName));
  return {
    ...it,
    AttributeDefinitions: (it.AttributeDefinitions ?? []).filter(({ AttributeName }) =>
      used.has(AttributeName),
    ),
    ...(global.length === 0 ? { GlobalSecondaryIndexes: undefined } : {}),
  };
}

function checkKeys(it: client.TableDescription): void {
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = it;
  const keys = new Set(
    [it, ...global, ...local].flatMap(({ KeySchema = [] }) => KeySchema.map((key) => key.AttributeName)),
  );
  const defined = (it.AttributeDefinitions ?? []).map(({ AttributeName }) => AttributeName);
  if (defined.length !== keys.size || defined.some((name) => !keys.has(name)))
    throw invalid(
      "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    );
}

const addTags = tagAdder(({ message }) => invalid(message));

const tagged = (ctx: Ctx, arn = ""): Map<string, string> => find(ctx, arn.split("table/")[1]).tags;

/** One change at a time: the table must be done with the one before. */
function ready(ctx: Ctx, name: string | undefined): Table {
  const found = find(ctx, name);
  const busy =
    found.it.TableStatus !== "ACTIVE" ||
    (found.it.GlobalSecondaryIndexes ?? []).some(({ IndexStatus }) => IndexStatus !== "ACTIVE");
  if (busy)
    throw new AwsError(
      "ResourceInUseException",
      `Attempt to change a resource which is still in use: Table is being ${found.it.TableStatus === "CREATING" ? "created" : "updated"}: ${name}`,
    );
  return found;
}

type Settings = Pick<
  client.UpdateTableInput,
  | "BillingMode"
  | "ProvisionedThroughput"
  | "OnDemandThroughput"
  | "StreamSpecification"
  | "SSESpecification"
  | "TableClass"
  | "DeletionProtectionEnabled"
>;

/** What is answered of settings. */
function described(ctx: Ctx, before: client.TableDescription, given: Settings): client.TableDescription {
  const {
    BillingMode,
    ProvisionedThroughput,
    OnDemandThroughput,
    StreamSpecification: stream,
    SSESpecification: sse,
    TableClass,
    DeletionProtectionEnabled,
  } = given;
  const it = { ...before };
  if (BillingMode === "PAY_PER_REQUEST") {
    it.BillingModeSummary = { BillingMode };
    it.ProvisionedThroughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };
  }
  if (BillingMode === "PROVISIONED" && before.BillingModeSummary !== undefined)
    it.BillingModeSummary = { BillingMode };
  if (ProvisionedThroughput !== undefined) {
    if (it.BillingModeSummary?.BillingMode === "PAY_PER_REQUEST")
      throw invalid(
        "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    it.ProvisionedThroughput = { ...ProvisionedThroughput, NumberOfDecreasesToday: 0 };
  }
  if (OnDemandThroughput !== undefined) it.OnDemandThroughput = OnDemandThroughput;
  if (stream?.StreamEnabled === true) {
    if (before.StreamSpecification?.StreamEnabled === true)
      throw invalid("Table already has an enabled stream");
    it.StreamSpecification = stream;
    it.LatestStreamArn = `${before.TableArn}/stream/${ctx.now().toISOString().slice(0, 23)}`;
  } else if (stream !== undefined) {
    if (
      before.TableId !== undefined &&
      before.StreamSpecification === undefined &&
      before.TableStatus === "ACTIVE"
    )
      throw invalid("Table is already not streaming");
    delete it.StreamSpecification;
  }
  if (sse?.Enabled === true)
    it.SSEDescription = {
      Status: "ENABLED",
      SSEType: sse.SSEType ?? "KMS",
      KMSMasterKeyArn:
        sse.KMSMasterKeyId === undefined
          ? `arn:${ctx.partition}:kms:${ctx.regionName}:${ctx.accountId}:key/aws-dynamodb`
          : keyArn(ctx, sse.KMSMasterKeyId),
    };
  else if (sse !== undefined) delete it.SSEDescription;
  if (TableClass !== undefined) it.TableClassSummary = { TableClass };
  if (DeletionProtectionEnabled !== undefined) it.DeletionProtectionEnabled = DeletionProtectionEnabled;
  return it;
}

function index(
  of: client.CreateGlobalSecondaryIndexAction | client.GlobalSecondaryIndex,
): client.GlobalSecondaryIndexDescription {
  const { ProvisionedThroughput: capacity, ...rest } = of;
  const none = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
  return {
    ...rest,
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...(capacity ?? none) },
    IndexStatus: client.IndexStatus.CREATING,
  };
}

const on = sdk<client.DynamoDB>(client);

/** DynamoDB: tables, their indexes, expiry, backups and tags. Changes take five seconds, one at a time. */
export const dynamodb = service(
  {
    id: "dynamodb",
    protocol: "aws-json",
    key: "DynamoDB_20120810",
    missing: (member) =>
      invalid(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    busy: () => new AwsError("ResourceInUseException", "Attempt to change a resource which is still in use"),
    tagged: (ctx) =>
      [...tables(ctx.region).values()].map(({ it, tags }) => ({ arn: it.TableArn ?? "", tags })),
  },
  client,
  [
    on(
      "createTable",
      (ctx, { TableName = "", Tags, GlobalSecondaryIndexes, LocalSecondaryIndexes, ...input }) => {
        const present = tables(ctx.region).get(TableName);
        if (
          present !== undefined &&
          !(present.it.TableStatus === "DELETING" && ctx.now().getTime() >= present.until)
        )
          throw new AwsError("ResourceInUseException", `Table already exists: ${TableName}`);
        const { AttributeDefinitions, KeySchema, ...settings } = input;
        if (settings.BillingMode !== "PAY_PER_REQUEST" && settings.ProvisionedThroughput === undefined)
          throw invalid("No provisioned throughput specified for the table");
        const TableArn = `arn:${ctx.partition}:dynamodb:${ctx.regionName}:${ctx.accountId}:table/${TableName}`;
        const base: client.TableDescription = {
          TableName,
          TableArn,
          AttributeDefinitions,
          KeySchema,
          CreationDateTime: ctx.now(),
          DeletionProtectionEnabled: false,
          ...(GlobalSecondaryIndexes === undefined
            ? {}
            : { GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(index) }),
          ...(LocalSecondaryIndexes === undefined ? {} : { LocalSecondaryIndexes }),
        };
        const it = {
          ...described(ctx, base, settings as Settings),
          TableId: ctx.ids.uuid(),
          TableStatus: client.TableStatus.CREATING,
        };
        checkKeys(it);
        const tags = new Map<string, string>();
        addTags(ctx, tags, Tags);
        tables(ctx.region).set(TableName, { it, tags, until: ctx.now().getTime() + CHANGE, recovery: false });
        return { TableDescription: it };
      },
    ),
    on("describeTable", (ctx, { TableName }) => ({ Table: find(ctx, TableName).it })),
    on(
      "updateTable",
      (ctx, { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: updates = [], ...settings }) => {
        const found = ready(ctx, TableName);
        if (updates.filter(({ Update }) => Update === undefined).length > 1)
          throw new AwsError(
            "LimitExceededException",
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
          );
        let indexes = found.it.GlobalSecondaryIndexes ?? [];
        const one = (name: string | undefined) =>
          need(
            indexes.find(({ IndexName }) => IndexName === name),
            () => new AwsError("ResourceNotFoundException", `Requested resource not found: Index: ${name}`),
          );
        for (const { Create, Update, Delete } of updates) {
          if (Delete !== undefined) {
            one(Delete.IndexName);
            indexes = indexes.map((it) =>
              it.IndexName === Delete.IndexName ? { ...it, IndexStatus: client.IndexStatus.DELETING } : it,
            );
          }
          if (Update !== undefined) {
            one(Update.IndexName);
            indexes = indexes.map((it) =>
              it.IndexName === Update.IndexName
                ? {
                    ...it,
                    ...(Update.OnDemandThroughput && { OnDemandThroughput: Update.OnDemandThroughput }),
                    ...(Update.ProvisionedThroughput && {
                      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...Update.ProvisionedThroughput },
                    }),
                  }
                : it,
            );
          }
          if (Create !== undefined) {
            if (indexes.some(({ IndexName }) => IndexName === Create.IndexName))
              throw invalid(`Attempting to create an index which already exists`);
            indexes = [...indexes, index(Create)];
          }
        }
        const it = {
          ...described(ctx, found.it, settings as Settings),
          ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
          ...(AttributeDefinitions === undefined ? {} : { AttributeDefinitions }),
        };
        if (updates.some(({ Create }) => Create !== undefined)) checkKeys(it);
        found.it = { ...it, TableStatus: client.TableStatus.UPDATING };
        found.until = ctx.now().getTime() + CHANGE;
        return { TableDescription: found.it };
      },
    ),
    on("deleteTable", (ctx, { TableName }) => {
      const found = ready(ctx, TableName);
      if (found.it.DeletionProtectionEnabled === true)
        throw invalid(
          "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
        );
      found.it = { ...found.it, TableStatus: client.TableStatus.DELETING };
      found.until = ctx.now().getTime() + CHANGE;
      return { TableDescription: found.it };
    }),
    on("describeTimeToLive", (ctx, { TableName }) => {
      const { ttl } = find(ctx, TableName);
      return {
        TimeToLiveDescription:
          ttl === undefined
            ? { TimeToLiveStatus: client.TimeToLiveStatus.DISABLED }
            : { TimeToLiveStatus: client.TimeToLiveStatus.ENABLED, AttributeName: ttl },
      };
    }),
    on(
      "updateTimeToLive",
      (
        ctx,
        {
          TableName,
          TimeToLiveSpecification: { AttributeName = "", Enabled } = { AttributeName: "", Enabled: false },
        },
      ) => {
        const found = ready(ctx, TableName);
        if (ctx.now().getTime() - (found.ttlChanged ?? Number.NEGATIVE_INFINITY) < 3_600_000)
          throw invalid("Time to live has been modified multiple times within a fixed interval");
        if (Enabled === true && found.ttl !== undefined) throw invalid("TimeToLive is already enabled");
        if (Enabled !== true && found.ttl !== AttributeName)
          throw invalid("TimeToLive is active on a different AttributeName");
        found.ttl = Enabled === true ? AttributeName : undefined;
        found.ttlChanged = ctx.now().getTime();
        return { TimeToLiveSpecification: { AttributeName, Enabled } };
      },
    ),
    on("describeContinuousBackups", (ctx, { TableName }) => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: client.ContinuousBackupsStatus.ENABLED,
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: find(ctx, TableName).recovery
            ? client.PointInTimeRecoveryStatus.ENABLED
            : client.PointInTimeRecoveryStatus.DISABLED,
        },
      },
    })),
    on("updateContinuousBackups", (ctx, { TableName, PointInTimeRecoverySpecification: recovery }) => {
      ready(ctx, TableName).recovery = recovery?.PointInTimeRecoveryEnabled === true;
      return {};
    }),
    on("tagResource", (ctx, { ResourceArn, Tags }) => addTags(ctx, tagged(ctx, ResourceArn), Tags)),
    on("untagResource", (ctx, { ResourceArn, TagKeys = [] }) => {
      for (const key of TagKeys) tagged(ctx, ResourceArn).delete(key);
    }),
    on("listTagsOfResource", (ctx, { ResourceArn }) => ({
      Tags: [...tagged(ctx, ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
    })),
  ],
);
