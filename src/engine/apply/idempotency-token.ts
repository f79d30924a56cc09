/** The token with which AWS recognises a create that is sent twice. Pure. */
import { createHash } from "node:crypto";
import type { StackFacts } from "../../model/stack.ts";
import { canonicalJson, type JsonObject } from "../../model/values.ts";

export interface TokenFacts {
  readonly stack: StackFacts;
  /** `Group::Type::name` */
  readonly key: string;
  /** The state to create: a different state means a different resource. */
  readonly state: JsonObject;
  /** The resource being replaced. Without it, AWS would return the old one for as long as it remembers the token. */
  readonly replaces?: string | undefined;
}

/** Identical for every attempt, even after a crash: 32 hex digits, which every service accepts. */
export function idempotencyToken({ stack, key, state, replaces }: TokenFacts): string {
  const { account, region, projectName, stage, directory } = stack;
  const facts = { account, region, projectName, stage, directory, key, state, replaces: replaces ?? null };
  return createHash("sha256").update(canonicalJson(facts)).digest("hex").slice(0, 32);
}
