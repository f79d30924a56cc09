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
  readonly stored: readonly JsonValue[];
  /** `apply` or `destroy`: the same inputs with another purpose are another plan. */
  readonly purpose: string;
}

/** 64 hex digits. Sensitive values count, but cannot be read from it. */
export function planDigest(input: DigestInput): string {
  const { directory, projectName, stage, region, account, partition } = input.stack;
  const resources = input.resources.map(({ key, properties, dependencies, readOnly, code, image }) => ({
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
    ...(typeof image === "object" ? { image: image.digest } : {}),
  }));
  const live = input.live.map(({ type, id, parentId = null, state }) => ({ type, id, parentId, state }));
  const text = canonicalJson({
    engine: input.engine,
    purpose: input.purpose,
    // Without `source`: a terminal does not know the repository's id, and the plan of one commit has one id everywhere. Whose a
    // resource is shows in what is compared with it, and a foreign one stops the apply.
    stack: { directory, projectName, stage, region, account, partition },
    resources: inOrder(resources),
    live: inOrder(live),
    adopts: inOrder(input.adopts),
    stored: inOrder(input.stored),
    allowedDeletions: inOrder(input.allowedDeletions),
  });
  return createHash("sha256").update(text).digest("hex");
}

/** The same texts in whatever order AWS or the spec lists things. */
function inOrder(values: readonly JsonValue[]): string[] {
  return values.map(canonicalJson).sort();
}
