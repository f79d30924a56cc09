/** The token with which AWS recognises a create that is sent twice. Pure. */
import { createHash } from "node:crypto";
import type { StackFacts } from "../../model/stack.ts";
import { canonicalJson, type JsonObject } from "../../model/values.ts";

export interface TokenFacts {
  readonly stack: StackFacts;
  /** `Group::Type::name` */
  readonly key: string;
  /** The state that is created: another one is another resource. */
  readonly state: JsonObject;
  /** The resource that the new one replaces. Without it, AWS would answer with the old one for as long as it remembers. */
  readonly replaces?: string | undefined;
}

/** The same for every attempt, also after a crash: 32 hex digits, a form that every service accepts. */
export function idempotencyToken({ stack, key, state, replaces }: TokenFacts): string {
  const { account, region, projectName, stage, directory } = stack;
  const facts = { account, region, projectName, stage, directory, key, state, replaces: replaces ?? null };
  return createHash("sha256").update(canonicalJson(facts)).digest("hex").slice(0, 32);
}
