/** What functions know of layers. */
import type { JsonValue } from "../../model/values.ts";
import { textsOf } from "../live-values.ts";
import type { Lookup } from "../type.ts";

export const LAYER = "Lambda::Layer";

export function nameOfLayer(arn: string): string | undefined {
  return /^arn:[^:]+:lambda:[^:]*:\d*:layer:([\w-]+):\d+$/.exec(arn)?.[1];
}

/** Layers that a live function has: no tag finds them. */
export function reachLayers(
  layers: JsonValue | undefined,
): readonly { readonly type: string; readonly lookup: Lookup }[] {
  return textsOf(layers).flatMap((arn) => {
    const name = nameOfLayer(arn);
    return name === undefined ? [] : [{ type: LAYER, lookup: { name, arn } }];
  });
}
