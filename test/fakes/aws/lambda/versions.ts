import * as client from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { each } from "../core/table.ts";
import type { FunctionRecord } from "../state.ts";
import {
  conflict,
  functionArn,
  invalid,
  nameOf,
  needFunction,
  needSettled,
  notFound,
  show,
  validation,
} from "./common.ts";

interface Provisioned {
  requested: number;
  /** Reads that still see it under way. */
  unsettled: number;
  /** The alias's version before: it gets every call until the new one's instances are ready. */
  from?: string | undefined;
}

interface Qualified {
  /** Published configurations by number. */
  readonly versions: Map<string, client.FunctionConfiguration>;
  readonly aliases: Map<string, client.AliasConfiguration>;
  /** By alias or version. */
  readonly provisioned: Map<string, Provisioned>;
  /** By alias or version; `$LATEST` for the function itself. */
  readonly invokes: Map<string, client.FunctionEventInvokeConfig>;
}

/** What a function has beside itself. */
const qualified = each<FunctionRecord, Qualified>(() => ({
  versions: new Map(),
  aliases: new Map(),
  provisioned: new Map(),
  invokes: new Map(),
}));

const on = sdk<client.Lambda>(client);

/** What counts as a change of a function: everything but where it stands. */
function content(config: client.FunctionConfiguration): string {
  const { RevisionId, LastModified, Version, FunctionArn, State, StateReason, StateReasonCode, ...rest } =
    config;
  const { LastUpdateStatus, LastUpdateStatusReason, LastUpdateStatusReasonCode, ...kept } = rest;
  return JSON.stringify(kept);
}

/** Publishes the function as it is; the last version again when nothing has changed since. */
export function publish(record: FunctionRecord): client.FunctionConfiguration {
  const { versions } = qualified(record);
  const now = show(record);
  const last = [...versions.values()].at(-1);
  if (last !== undefined && content(last) === content(now)) return { ...last };
  const Version = String(versions.size + 1);
  const made = {
    ...now,
    Version,
    FunctionArn: `${record.config.FunctionArn}:${Version}`,
    State: "Active" as const,
    LastUpdateStatus: "Successful" as const,
  };
  versions.set(Version, made);
  // Its statements stay behind: a version begins without.
  record.versions.set(Version, new Map());
  return { ...made };
}

/** The configuration at a version or an alias; undefined for the function itself. */
export function configurationAt(
  ctx: Ctx,
  reference: string | undefined,
  qualifier: string | undefined,
): client.FunctionConfiguration | undefined {
  const named = /:function:/.test(reference ?? "")
    ? /:function:[\w-]+:(.+)$/.exec(reference ?? "")?.[1]
    : /^[\w-]+:(.+)$/.exec(reference ?? "")?.[1];
  const asked = qualifier ?? named;
  if (asked === undefined || asked === "$LATEST") return undefined;
  const record = needFunction(ctx, reference);
  const { versions, aliases } = qualified(record);
  const number = aliases.get(asked)?.FunctionVersion ?? asked;
  if (number === "$LATEST") return undefined;
  const found = versions.get(number);
  if (found === undefined)
    throw notFound(`Function not found: ${functionArn(ctx, nameOf(reference))}:${asked}`);
  return { ...found };
}

function needVersion(record: FunctionRecord, version: string): void {
  if (version === "$LATEST" || qualified(record).versions.has(version)) return;
  throw notFound(`Function not found: ${record.config.FunctionArn}:${version}`);
}

function needAlias(record: FunctionRecord, name: string | undefined): client.AliasConfiguration {
  const found = qualified(record).aliases.get(name ?? "");
  if (found !== undefined) return found;
  throw notFound(`Cannot find alias arn: ${record.config.FunctionArn}:${name}`);
}

function checkWeights(
  record: FunctionRecord,
  version: string,
  routing: client.AliasRoutingConfiguration | undefined,
): void {
  const weights = Object.keys(routing?.AdditionalVersionWeights ?? {});
  for (const other of weights) needVersion(record, other);
  if (weights.length > 1)
    throw invalid("Number of items in AdditionalVersionWeights cannot be greater than 1.");
  if (weights.length > 0 && version === "$LATEST")
    throw invalid("$LATEST is not supported for an alias pointing to more than 1 version.");
  if (weights.includes(version))
    throw invalid("Invalid function version in AdditionalVersionWeights: it is the alias's own.");
}

const weightsOf = (routing: client.AliasRoutingConfiguration | undefined) =>
  Object.keys(routing?.AdditionalVersionWeights ?? {}).length === 0 ? {} : { RoutingConfig: routing };

/** What a qualifier must name: an alias, a published version or, where it may, the function itself. */
function needQualifier(record: FunctionRecord, qualifier: string): void {
  if (qualifier === "$LATEST" || qualified(record).aliases.has(qualifier)) return;
  needVersion(record, qualifier);
}

/** A function's variable that stands for code that ends while it starts. */
const CRASHES = "CRASHES_AT_START";

function crashes(record: FunctionRecord, qualifier: string): boolean {
  const { aliases, versions } = qualified(record);
  const version = versions.get(aliases.get(qualifier)?.FunctionVersion ?? qualifier);
  return version?.Environment?.Variables?.[CRASHES] !== undefined;
}

function aliasAnswer(record: FunctionRecord, alias: client.AliasConfiguration): client.AliasConfiguration {
  const one = qualified(record).provisioned.get(alias.Name ?? "");
  if (one?.from === undefined || (one.unsettled <= 0 && !crashes(record, alias.Name ?? "")))
    return { ...alias };
  return { ...alias, RoutingConfig: { AdditionalVersionWeights: { [one.from]: 1 } } };
}

function provisionedAnswer(one: Provisioned, fails: boolean) {
  const ready = one.unsettled <= 0;
  if (!ready) one.unsettled--;
  if (ready && fails)
    return {
      RequestedProvisionedConcurrentExecutions: one.requested,
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: "FAILED" as const,
      StatusReason: "FUNCTION_ERROR_INIT_FAILURE",
    };
  return {
    RequestedProvisionedConcurrentExecutions: one.requested,
    AvailableProvisionedConcurrentExecutions: ready ? one.requested : 0,
    AllocatedProvisionedConcurrentExecutions: ready ? one.requested : 0,
    Status: ready ? ("READY" as const) : ("IN_PROGRESS" as const),
  };
}

function pageOf<Item>(ctx: Ctx, all: Item[], most: number | undefined, marker: string | undefined) {
  return page(all, pageLimit(ctx, most, 50), marker, () => invalid("Invalid Marker."));
}

const next = (marker: string | undefined) => (marker === undefined ? {} : { NextMarker: marker });

/** Versions, aliases, and what each may have for itself. */
export const versionOperations = [
  on("publishVersion", (ctx, input) => {
    const record = needFunction(ctx, input.FunctionName);
    needSettled(ctx, record);
    return publish(record);
  }),
  on("createAlias", (ctx, { FunctionName, Name = "", FunctionVersion = "", Description, RoutingConfig }) => {
    const record = needFunction(ctx, FunctionName);
    if (/^\d+$/.test(Name) || !/^[\w-]{1,128}$/.test(Name))
      throw validation(
        `Value '${Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
      );
    needVersion(record, FunctionVersion);
    checkWeights(record, FunctionVersion, RoutingConfig);
    const { aliases } = qualified(record);
    const AliasArn = `${record.config.FunctionArn}:${Name}`;
    if (aliases.has(Name)) throw conflict(`Alias already exists: ${AliasArn}`);
    const made = {
      AliasArn,
      Name,
      FunctionVersion,
      Description: Description ?? "",
      ...weightsOf(RoutingConfig),
      RevisionId: ctx.ids.uuid(),
    };
    aliases.set(Name, made);
    record.versions.set(Name, new Map());
    return { ...made };
  }),
  on("updateAlias", (ctx, { FunctionName, Name = "", FunctionVersion, Description, RoutingConfig }) => {
    const record = needFunction(ctx, FunctionName);
    const before = needAlias(record, Name);
    const version = FunctionVersion ?? before.FunctionVersion ?? "";
    needVersion(record, version);
    checkWeights(record, version, RoutingConfig);
    const { RoutingConfig: old, ...kept } = before;
    const made = {
      ...kept,
      FunctionVersion: version,
      Description: Description ?? before.Description,
      ...weightsOf(RoutingConfig ?? old),
      RevisionId: ctx.ids.uuid(),
    };
    qualified(record).aliases.set(Name, made);
    const provisioned = qualified(record).provisioned.get(Name);
    if (provisioned !== undefined) {
      const moves = version !== before.FunctionVersion;
      provisioned.from = moves ? before.FunctionVersion : undefined;
      if (moves) provisioned.unsettled = 2;
    }
    return aliasAnswer(record, made);
  }),
  on("getAlias", (ctx, { FunctionName, Name }) => {
    const record = needFunction(ctx, FunctionName);
    const provisioned = qualified(record).provisioned.get(Name ?? "");
    if (provisioned !== undefined) provisioned.unsettled--;
    return aliasAnswer(record, needAlias(record, Name));
  }),
  on("listAliases", (ctx, input) => {
    const record = needFunction(ctx, input.FunctionName);
    const all = [...qualified(record).aliases.values()].map((one) => aliasAnswer(record, one));
    const cut = pageOf(ctx, all, input.MaxItems, input.Marker);
    return { Aliases: cut.items, ...next(cut.next) };
  }),
  // Deleting what is not there is no error.
  on("deleteAlias", (ctx, { FunctionName, Name = "" }) => {
    const record = needFunction(ctx, FunctionName);
    const { aliases, provisioned, invokes } = qualified(record);
    if (!aliases.delete(Name)) return;
    record.versions.delete(Name);
    provisioned.delete(Name);
    invokes.delete(Name);
  }),
  on("putProvisionedConcurrencyConfig", (ctx, input) => {
    const record = needFunction(ctx, input.FunctionName);
    const { Qualifier = "", ProvisionedConcurrentExecutions: requested = 0 } = input;
    const alias = qualified(record).aliases.get(Qualifier);
    if (Qualifier === "$LATEST" || alias?.FunctionVersion === "$LATEST")
      throw invalid("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    needQualifier(record, Qualifier);
    if (alias !== undefined && aliasAnswer(record, alias).RoutingConfig !== undefined)
      throw invalid("Alias with weights can not be used with Provisioned Concurrency");
    const made: Provisioned = { requested, unsettled: 2 };
    qualified(record).provisioned.set(Qualifier, made);
    return provisionedAnswer(made, crashes(record, Qualifier));
  }),
  on("listProvisionedConcurrencyConfigs", (ctx, input) => {
    const record = needFunction(ctx, input.FunctionName);
    const all = [...qualified(record).provisioned].map(([qualifier, one]) => ({
      FunctionArn: `${record.config.FunctionArn}:${qualifier}`,
      ...provisionedAnswer(one, crashes(record, qualifier)),
    }));
    const cut = pageOf(ctx, all, input.MaxItems, input.Marker);
    return { ProvisionedConcurrencyConfigs: cut.items, ...next(cut.next) };
  }),
  on("deleteProvisionedConcurrencyConfig", (ctx, { FunctionName, Qualifier = "" }) => {
    const record = needFunction(ctx, FunctionName);
    if (!qualified(record).provisioned.delete(Qualifier))
      throw new AwsError(
        "ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function",
        404,
        { Type: "User" },
      );
  }),
  on("putFunctionEventInvokeConfig", (ctx, { FunctionName, Qualifier = "$LATEST", ...given }) => {
    const record = needFunction(ctx, FunctionName);
    needQualifier(record, Qualifier);
    const made: client.FunctionEventInvokeConfig = {
      FunctionArn: `${record.config.FunctionArn}:${Qualifier}`,
      LastModified: ctx.now(),
      ...given,
      DestinationConfig: { OnSuccess: {}, OnFailure: {}, ...given.DestinationConfig },
    };
    qualified(record).invokes.set(Qualifier, made);
    return { ...made };
  }),
  on("getFunctionEventInvokeConfig", (ctx, { FunctionName, Qualifier = "$LATEST" }) => {
    const record = needFunction(ctx, FunctionName);
    const found = qualified(record).invokes.get(Qualifier);
    if (found !== undefined) return { ...found };
    throw notFound(
      `The function ${record.config.FunctionArn}:${Qualifier} doesn't have an EventInvokeConfig`,
    );
  }),
  on("listFunctionEventInvokeConfigs", (ctx, input) => {
    const record = needFunction(ctx, input.FunctionName);
    const cut = pageOf(ctx, [...qualified(record).invokes.values()], input.MaxItems, input.Marker);
    return { FunctionEventInvokeConfigs: cut.items, ...next(cut.next) };
  }),
  on("deleteFunctionEventInvokeConfig", (ctx, { FunctionName, Qualifier = "$LATEST" }) => {
    const record = needFunction(ctx, FunctionName);
    if (!qualified(record).invokes.delete(Qualifier))
      throw notFound(
        `The function ${record.config.FunctionArn}:${Qualifier} doesn't have an EventInvokeConfig`,
      );
  }),
];
