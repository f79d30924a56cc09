/** What a stage serves, as a digest: when it moves, a stage without AutoDeploy needs a new deployment. Pure. */
import { createHash } from "node:crypto";
import type { Live } from "../../resources/type.ts";
import { canonicalJson, type JsonObject } from "../../model/values.ts";

/** Of an Api and its routes, integrations and authorizers as AWS has them; ids count, tags and names do not. */
export function servedDigest(parent: Live, children: readonly Live[]): string {
  const { Tags: _tags, Description: _description, Name: _name, ...served } = parent.state;
  const parts = children
    .map((child): JsonObject => ({ type: child.type, id: child.id, state: child.state }))
    .sort((left, right) => (`${left.type} ${left.id}` < `${right.type} ${right.id}` ? -1 : 1));
  const text = canonicalJson({ id: parent.id, served, parts });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
