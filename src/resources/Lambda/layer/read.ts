/** Reading layers: one list of a layer's versions, and one call for the version that counts. */
import type { GetLayerVersionResponse, Lambda, LayerVersionsListItem } from "@aws-sdk/client-lambda";
import { ifFound } from "../../../aws/errors.ts";
import { isOurs } from "../../../aws/tags.ts";
import type { StackFacts } from "../../../model/stack.ts";
import type { MakeLive } from "../../definition.ts";
import { jsonOf, textOf } from "../../live-values.ts";
import type { Live, Lookup, ReadContext } from "../../type.ts";
import { CODE_TAG } from "../function/state.ts";
import { lambda } from "../service.ts";
import { readMark } from "./mark.ts";

/**
 * The newest version that is this stack's, or the newest of all where none is. Older ones of the stack are left over from
 * replacements that were interrupted.
 */
export async function readLayers(
  { aws, stack, lookups }: ReadContext,
  live: MakeLive,
): Promise<readonly Live[]> {
  const client = await aws.client(lambda);
  const byName = new Map<string, Lookup>();
  for (const lookup of lookups)
    if (byName.get(lookup.name)?.properties === undefined) byName.set(lookup.name, lookup);
  const found = await Promise.all(
    [...byName.values()].map((lookup) => readLayer(client, stack, lookup, live)),
  );
  return found.flat();
}

async function readLayer(
  client: Lambda,
  stack: StackFacts,
  { name, properties }: Lookup,
  live: MakeLive,
): Promise<readonly Live[]> {
  const versions = (await ifFound(() => versionsOf(client, name))) ?? [];
  const ours = versions.filter(({ Description }) => isOurs(readMark(Description ?? "").tags, stack));
  // Something of ours only uses it: it is somebody else's, and costs no further call.
  if (ours.length === 0 && properties === undefined) return [];
  const [newest, ...older] = ours.length === 0 ? versions.slice(0, 1) : ours;
  if (newest === undefined) return [];
  const whole = await ifFound(() =>
    client.getLayerVersion({ LayerName: name, VersionNumber: newest.Version }),
  );
  return [
    ...(whole === undefined ? [] : [layerLive(live, stack, name, whole)]),
    ...older.map((one) => ({ ...layerLive(live, stack, name, one), superseded: true })),
  ];
}

/** Newest first. */
async function versionsOf(client: Lambda, LayerName: string): Promise<readonly LayerVersionsListItem[]> {
  const versions: LayerVersionsListItem[] = [];
  let Marker: string | undefined;
  do {
    const page = await client.listLayerVersions({ LayerName, ...(Marker === undefined ? {} : { Marker }) });
    versions.push(...(page.LayerVersions ?? []));
    Marker = page.NextMarker || undefined;
  } while (Marker !== undefined);
  return versions.toSorted((left, right) => (right.Version ?? 0) - (left.Version ?? 0));
}

/** A version as AWS answers it. */
export function layerLive(
  live: MakeLive,
  stack: StackFacts,
  LayerName: string,
  version: LayerVersionsListItem | GetLayerVersionResponse,
): Live {
  const { Description, Content, ...answer } = jsonOf(version);
  const { description, tags } = readMark(textOf(Description));
  const place = tags[CODE_TAG];
  const { CodeSha256: sha256, CodeSize } = ("Content" in version ? version.Content : undefined) ?? {};
  const made = live(
    {
      ...answer,
      LayerName,
      Arn: answer.LayerVersionArn ?? "",
      Version: String(answer.Version),
      Description: description,
      OfThisStack: isOurs(tags, stack),
      ...(CodeSize === undefined ? {} : { CodeSize }),
      // Of content in S3, only the place is in the spec.
      ...(place === undefined ? { CodeSha256: sha256 ?? "" } : { CodePlace: place }),
    },
    { stack },
  );
  return { ...made, tags };
}
