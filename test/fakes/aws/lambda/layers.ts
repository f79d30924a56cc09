import * as client from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { each, table } from "../core/table.ts";
import type { RegionState } from "../state.ts";
import { invalid, notFound, stamp, validation } from "./common.ts";
import { readPackage } from "./package.ts";

type Version = client.GetLayerVersionResponse & { Version: number };

/** `name:number` → version. */
export const layerVersions = table<RegionState, Version>();
/** The last number of each layer: numbers are never given twice. */
const numbers = each<RegionState, Map<string, number>>(() => new Map());

const on = sdk<client.Lambda>(client);

const arnOf = (ctx: Ctx, name: string): string =>
  `arn:${ctx.partition}:lambda:${ctx.regionName}:${ctx.accountId}:layer:${name}`;

function nameOf(reference: string | undefined): string {
  const name = /^(?:arn:[\w-]+:lambda:[\w-]+:\d{12}:layer:)?([\w-]{1,140})$/.exec(reference ?? "")?.[1];
  if (name !== undefined) return name;
  throw validation(
    `Value '${reference}' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+`,
  );
}

/** Refuses a version that is not there, of layers that were published here: those of other accounts are taken on trust. */
export function needLayers(ctx: Ctx, layers: readonly string[]): void {
  for (const arn of layers) {
    const [, name = "", number = ""] = /^(.+):(\d+)$/.exec(arn) ?? [];
    const own = name.split(":").at(-1) ?? "";
    if (arnOf(ctx, own) !== name || !numbers(ctx.region).has(own)) continue;
    if (!layerVersions(ctx.region).has(`${own}:${number}`))
      throw invalid(`Layer version ${arn} does not exist.`);
  }
}

/** Layer versions: published, listed newest first, never changed. */
export const layerOperations = [
  on("publishLayerVersion", (ctx, input) => {
    const name = nameOf(input.LayerName);
    if ((input.Description ?? "").length > 256)
      throw validation(
        "Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 256",
      );
    const { sha256, size, location } = readPackage(ctx, input.Content ?? {}, "Zip", "PublishLayerVersion");
    const Version = (numbers(ctx.region).get(name) ?? 0) + 1;
    numbers(ctx.region).set(name, Version);
    const version: Version = {
      Content: { CodeSha256: sha256, CodeSize: size, Location: location.Location },
      LayerArn: arnOf(ctx, name),
      LayerVersionArn: `${arnOf(ctx, name)}:${Version}`,
      Description: input.Description ?? "",
      CreatedDate: stamp(ctx.now()),
      Version,
      ...(input.CompatibleRuntimes === undefined ? {} : { CompatibleRuntimes: input.CompatibleRuntimes }),
      ...(input.CompatibleArchitectures === undefined
        ? {}
        : { CompatibleArchitectures: input.CompatibleArchitectures }),
      ...(input.LicenseInfo === undefined ? {} : { LicenseInfo: input.LicenseInfo }),
    };
    layerVersions(ctx.region).set(`${name}:${Version}`, version);
    return { ...version };
  }),
  on("getLayerVersion", (ctx, input) => {
    const found = layerVersions(ctx.region).get(`${nameOf(input.LayerName)}:${input.VersionNumber}`);
    if (found === undefined) throw notFound("The resource you requested does not exist.");
    return { ...found };
  }),
  on("listLayerVersions", (ctx, input) => {
    const name = nameOf(input.LayerName);
    const all = [...layerVersions(ctx.region).values()]
      .filter(({ LayerArn }) => LayerArn === arnOf(ctx, name))
      .toReversed()
      .map(({ Content: _content, LayerArn: _arn, ...listed }) => listed);
    const cut = page(all, pageLimit(ctx, input.MaxItems, 50), input.Marker, () => invalid("Invalid Marker."));
    return { LayerVersions: cut.items, ...(cut.next === undefined ? {} : { NextMarker: cut.next }) };
  }),
  // Functions that use it keep a copy of it. Deleting what is not there is no error.
  on("deleteLayerVersion", (ctx, input) => {
    layerVersions(ctx.region).delete(`${nameOf(input.LayerName)}:${input.VersionNumber}`);
  }),
];
