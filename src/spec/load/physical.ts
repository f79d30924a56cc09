/**
 * Puts the names that AWS gets into the properties of what a spec names, and finds what still mentions the other ones. Names, keys
 * and dependencies stay those of the spec.
 */
import { GatewrightError } from "../../model/errors.ts";
import { own } from "../../model/own.ts";
import { isObject, isTemplate, type JsonObject, type JsonValue } from "../../model/values.ts";
import { literal } from "../../text/prose.ts";
import { about } from "../locations.ts";
import { type NamePattern, physicalName } from "../physical-names.ts";
import type { Linked } from "../type-rules.ts";
import { resourceKey } from "../types.ts";

interface Named {
  readonly linked: readonly Linked[];
  /** By key, where AWS has another name than the spec. */
  readonly names: ReadonlyMap<string, string>;
  /** Literal ARNs with a name of the spec in them: they point at a name that this stage does not use. */
  readonly warnings: readonly GatewrightError[];
}

export function withPhysicalNames(linked: readonly Linked[], pattern: NamePattern | undefined): Named {
  if (pattern === undefined) return { linked, names: new Map(), warnings: [] };
  const names = new Map<string, string>();
  for (const { draft } of linked) {
    // What is only read is somebody else's, and shared by the stages.
    if (draft.readOnly) continue;
    const name = physicalName(draft.type, draft.name, pattern);
    if (name !== draft.name) names.set(draft.key, name);
  }
  return {
    linked: linked.map((one) => ({ ...one, properties: renamed(one, names) })),
    names,
    warnings: literalMentions(linked, names),
  };
}

function renamed(
  { draft: { type, key }, properties }: Linked,
  names: ReadonlyMap<string, string>,
): JsonObject {
  let result = properties;
  const name = names.get(key);
  if (name !== undefined && type.nameProperty !== undefined)
    result = { ...result, [type.nameProperty]: name };
  for (const [path, of] of Object.entries(type.namedIn ?? {})) {
    const [property = "", inner] = path.split(".");
    const value = own(result, property);
    if (inner === undefined) result = { ...result, ...replaced(property, value, of, names) };
    else if (isObject(value))
      result = { ...result, [property]: { ...value, ...replaced(inner, own(value, inner), of, names) } };
  }
  return result;
}

function replaced(
  property: string,
  value: JsonValue | undefined,
  type: string,
  names: ReadonlyMap<string, string>,
): JsonObject {
  const name = typeof value === "string" ? names.get(resourceKey(type, value)) : undefined;
  return name === undefined ? {} : { [property]: name };
}

function literalMentions(
  linked: readonly Linked[],
  names: ReadonlyMap<string, string>,
): readonly GatewrightError[] {
  const sought = linked.flatMap(({ draft, properties }) => {
    const name = names.get(draft.key);
    const arn = name === undefined ? undefined : draft.type.arnOfName?.(draft.name, properties);
    return arn === undefined || name === undefined ? [] : [{ draft, name, pattern: mentionOf(arn) }];
  });
  if (sought.length === 0) return [];
  return linked.flatMap((one) =>
    [...textsIn(one.properties, [])].flatMap(({ text, path }) =>
      sought
        .filter(({ pattern }) => pattern.test(text))
        .map(({ draft, name }) => {
          const [group = "", type = ""] = draft.type.type.split("::");
          return about(
            new GatewrightError(
              "NAME_LITERAL",
              `${one.draft.key}: ${path.join(".")} has the ARN of ${draft.key} as text, but here its name in AWS is "${name}"`,
              {
                hint: `Write getId({ type: "${type}", group: "${group}", name: "${draft.name}" }): that follows the stage's names.`,
                at: one.draft.at,
                resource: one.draft.key,
              },
            ),
            path,
          );
        }),
    ),
  );
}

/** The ARN in any region, account and partition, its name not followed by more of a name. */
function mentionOf(arn: string): RegExp {
  const [, , service = "", , , ...rest] = arn.split(":");
  return new RegExp(`arn:[^:]*:${service}:[^:]*:[^:]*:${literal(rest.join(":"))}(?![\\w-])`);
}

function* textsIn(
  value: JsonValue,
  path: readonly string[],
): Generator<{ readonly text: string; readonly path: readonly string[] }> {
  if (isTemplate(value)) {
    // What is known later (an account from a parameter) may be a part of the ARN.
    const text = value.$template.map((part) => (typeof part === "string" ? part : "?")).join("");
    if (text.includes("arn:")) yield { text, path };
  } else if (typeof value === "string") {
    if (value.includes("arn:")) yield { text: value, path };
  } else if (Array.isArray(value)) {
    for (const one of value) yield* textsIn(one, path);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value))
      yield* textsIn(inner, key.startsWith("$") ? path : [...path, key]);
  }
}
