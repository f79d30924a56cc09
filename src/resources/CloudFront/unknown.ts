/** What AWS has learnt since and no spec can say: an update sends it back as it was. */
import type { JsonValue } from "../../model/values.ts";
import { objectOf } from "../live-values.ts";
import { bucketOrigin, customOrigin, originShield } from "./properties.ts";

/** Members that AWS answered and no spec can write (what it has learnt since): they are sent back as they are. */
export function withUnknown(
  live: JsonValue | undefined,
  sent: JsonValue,
  known: readonly string[],
): JsonValue {
  // A cache policy and the older settings exclude each other.
  const left = new Set([...known, "ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"]);
  const kept = Object.entries(objectOf(live)).filter(([key]) => !left.has(key));
  return { ...Object.fromEntries(kept), ...objectOf(sent) };
}

/** Parts of an origin that have members of the kind too: the certificate that CloudFront shows a server. */
const PARTS = { CustomOriginConfig: customOrigin, S3OriginConfig: bucketOrigin, OriginShield: originShield };

export function originWithUnknown(
  live: JsonValue | undefined,
  sent: JsonValue,
  known: readonly string[],
): JsonValue {
  const whole = objectOf(withUnknown(live, sent, known));
  const parts = Object.entries(PARTS).flatMap(([key, { shape }]): [string, JsonValue][] => {
    const part = whole[key];
    return part === undefined ? [] : [[key, withUnknown(objectOf(live)[key], part, Object.keys(shape))]];
  });
  return { ...whole, ...Object.fromEntries(parts) };
}
