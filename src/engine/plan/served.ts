/** A digest of what is served: when it changes, what serves it must be created again. Pure. */
import type { Decision } from "./decision.ts";
import { createHash } from "node:crypto";
import type { Live } from "../../resources/type.ts";
import type { Serves } from "../../spec/type-rules.ts";
import { canonicalJson, type JsonObject } from "../../model/values.ts";

/** Of a parent and its children as AWS has them; ids count. */
export function servedDigest({ ignores }: Serves, parent: Live, children: readonly Live[]): string {
  const served = Object.fromEntries(Object.entries(parent.state).filter(([key]) => !ignores.includes(key)));
  const parts = children
    .map((child): JsonObject => ({ type: child.type, id: child.id, state: child.state }))
    .sort((left, right) => (`${left.type} ${left.id}` < `${right.type} ${right.id}` ? -1 : 1));
  const text = canonicalJson({ id: parent.id, served, parts });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Whether a change of the parent changes what is served. */
export function changesWhatIsServed(parent: Decision, { ignores }: Serves): boolean {
  if (parent.action === "no-op") return false;
  return (
    parent.action !== "update" ||
    parent.changes.some(({ path }) => !ignores.includes(path.replace(/[.[].*/s, "")))
  );
}
