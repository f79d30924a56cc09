/** The plan's identity: a digest of everything it depends on. Pure. */
import { createHash } from "node:crypto";
import type { Live } from "../../../resources/type.ts";
import type { StackFacts } from "../../../model/stack.ts";
import type { DesiredResource } from "../../../spec/types.ts";
import { canonicalJson, type JsonValue } from "../../../model/values.ts";

export interface DigestInput {
  readonly engine: string;
  readonly stack: StackFacts;
  readonly resources: readonly DesiredResource[];
  /** The live values that it was compared with, and what is to be deleted. */
  readonly live: readonly Live[];
  /** Taken over with this plan. */
  readonly adopts: readonly string[];
  /** Protected resources that go with this plan, because that was allowed. */
  readonly allowedDeletions: readonly string[];
  /** Which stored values it uses, with their versions. */
  readonly stored?: readonly JsonValue[] | undefined;
  /** `apply` or `destroy`: the same inputs with another purpose are another plan. */
  readonly purpose: string;
}

/** 64 hex digits. Sensitive values count, but cannot be read from it. */
export function planDigest(input: DigestInput): string {
  const { directory, projectName, stage, region, account, partition } = input.stack;
  const resources = input.resources
    .map(({ key, properties, dependencies, readOnly, code }) => ({
      key,
      properties,
      dependencies: Object.fromEntries(
        Object.entries(dependencies).map(([name, targets]) => [
          name,
          targets.map((target) => ("arn" in target ? target.arn : target.key)),
        ]),
      ),
      readOnly,
      code: code?.sha256 ?? null,
    }))
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  const live = input.live
    .map(({ type, id, parentId, state }) => ({ type, id, parentId: parentId ?? null, state }))
    .map((one): { sort: string; one: JsonValue } => ({
      sort: `${one.type} ${one.parentId ?? ""} ${one.id}`,
      one,
    }))
    .sort((left, right) => (left.sort < right.sort ? -1 : 1))
    .map(({ one }) => one);
  const text = canonicalJson({
    engine: input.engine,
    purpose: input.purpose,
    // Without `source`: a terminal does not know the repository's id, and the plan of one commit has one id everywhere. Whose a
    // resource is shows in what is compared with it, and a foreign one stops the apply.
    stack: { directory, projectName, stage, region, account, partition },
    resources,
    live,
    adopts: [...input.adopts].sort(),
    ...(input.stored === undefined || input.stored.length === 0 ? {} : { stored: [...input.stored] }),
    ...(input.allowedDeletions.length === 0 ? {} : { allowedDeletions: [...input.allowedDeletions].sort() }),
  });
  return createHash("sha256").update(text).digest("hex");
}
