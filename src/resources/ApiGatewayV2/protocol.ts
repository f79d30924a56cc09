/** Which protocol the Api of a resource speaks, and what the other one does not have. */
import { isEmpty, type JsonValue } from "../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { refused } from "../findings.ts";
import type { Protocol } from "./common.ts";
import { own } from "../../model/own.ts";

/** Undefined where it is not certain: the Api is somebody else's, or its entry has mistakes of its own. */
export function protocolOf(one: Linked, spec: LinkedSpec): Protocol | undefined {
  const api = one.parent === undefined ? undefined : spec.byKey(one.parent);
  if (api === undefined || api.draft.readOnly || api.draft.broken === true) return undefined;
  const { ProtocolType = "HTTP" } = api.properties;
  return ProtocolType === "HTTP" || ProtocolType === "WEBSOCKET" ? ProtocolType : undefined;
}

/** Errors for properties that APIs of the other protocol do not have. */
export function onlyFor(
  one: Linked,
  protocol: Protocol | undefined,
  only: Readonly<Record<Protocol, readonly string[]>>,
): readonly Finding[] {
  if (protocol === undefined) return [];
  const other = protocol === "HTTP" ? "WEBSOCKET" : "HTTP";
  return only[other]
    .filter((key) => saysSomething(own(one.properties, key)))
    .map((key) =>
      refused(key, `${key} is only for ${other} APIs`, `Remove it: the API's ProtocolType is ${protocol}.`),
    );
}

/** Specs that were generated from what AWS answers write out what is off. */
function saysSomething(value: JsonValue | undefined): boolean {
  return value !== false && !isEmpty(value);
}
