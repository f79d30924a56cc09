import type { Ctx } from "./context.ts";
import { type Operation, operation } from "./service.ts";
import { schemaOf } from "./sdk.ts";

export interface TagProblem {
  kind: "too-many" | "reserved" | "key" | "value";
  message: string;
}

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tag rules all services share: at most 50, keys 1–128, values up to 256, `aws:` is reserved. */
export function tagProblem(
  ctx: Ctx,
  present: Map<string, string>,
  added: Record<string, string>,
): TagProblem | undefined {
  for (const [key, value] of Object.entries(added)) {
    if (key.toLowerCase().startsWith("aws:")) {
      return { kind: "reserved", message: `Tag keys starting with 'aws:' are reserved: ${key}` };
    }
    if (key.length < 1 || key.length > 128 || !ALLOWED.test(key)) {
      return { kind: "key", message: `Invalid tag key: ${key}` };
    }
    if (value.length > 256 || !ALLOWED.test(value))
      return { kind: "value", message: `Invalid tag value: ${value}` };
  }
  const size = new Set([...present.keys(), ...Object.keys(added)]).size;
  if (size > ctx.quotas.tagsPerResource) {
    return { kind: "too-many", message: `The number of tags exceeds ${ctx.quotas.tagsPerResource}` };
  }
  return undefined;
}

/** A tag of a list, in the spelling of whichever service. */
interface ListedTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
  readonly TagKey?: string | undefined;
  readonly TagValue?: string | undefined;
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** Adds the tags of a list to a resource's, for a service that refuses wrong ones in its own way. */
export function tagAdder(
  refusal: (problem: TagProblem) => Error,
): (ctx: Ctx, to: Map<string, string>, list?: readonly ListedTag[]) => void {
  return (ctx, to, list = []) => {
    const added = Object.fromEntries(
      list.map((tag) => [
        tag.Key ?? tag.TagKey ?? tag.key ?? "",
        tag.Value ?? tag.TagValue ?? tag.value ?? "",
      ]),
    );
    const problem = tagProblem(ctx, to, added);
    if (problem !== undefined) throw refusal(problem);
    for (const [key, value] of Object.entries(added)) to.set(key, value);
  };
}

export interface TagCalls {
  /** The three operations: add, remove, read. */
  calls: readonly [add: string, remove: string, read: string];
  /** The input's member that says which resource. */
  reference: string;
  /** The output's member that holds the tags. */
  output: string;
  /** The resource's tags, or the service's refusal. */
  find: (ctx: Ctx, reference: string) => Map<string, string>;
  /** Keeps changed tags, where they are a part of the resource. */
  save?: (ctx: Ctx, reference: string, tags: Map<string, string>) => void;
  /** Refuses tags that the service refuses. */
  check: (ctx: Ctx, present: Map<string, string>, added: Record<string, string>) => void;
  /** Refuses keys to remove. */
  checkRemoval?: (keys: readonly string[]) => void;
}

interface TagInput {
  [member: string]: unknown;
  Tags?: Record<string, string>;
  tags?: Record<string, string>;
  TagKeys?: string[];
  tagKeys?: string[];
}

/** The three tag operations of a service whose tags are a map. */
export function tagOperations(module: object, how: TagCalls): Operation[] {
  const [add, remove, read] = how.calls;
  const reference = (input: TagInput): string => String(input[how.reference] ?? "");
  return [
    operation(schemaOf(module, add), (ctx, input: TagInput) => {
      const tags = how.find(ctx, reference(input));
      const added = input.Tags ?? input.tags ?? {};
      how.check(ctx, tags, added);
      for (const [key, value] of Object.entries(added)) tags.set(key, value);
      how.save?.(ctx, reference(input), tags);
      return {};
    }),
    // Unknown keys are ignored.
    operation(schemaOf(module, remove), (ctx, input: TagInput) => {
      const tags = how.find(ctx, reference(input));
      const keys = input.TagKeys ?? input.tagKeys ?? [];
      how.checkRemoval?.(keys);
      for (const key of keys) tags.delete(key);
      how.save?.(ctx, reference(input), tags);
    }),
    operation(schemaOf(module, read), (ctx, input: TagInput) => ({
      [how.output]: Object.fromEntries(how.find(ctx, reference(input))),
    })),
  ];
}
