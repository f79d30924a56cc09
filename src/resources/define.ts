/**
 * The contract of a resource type. `defineType` takes each fact about a type once and builds the form that the engine
 * uses. A simple type only lists its calls; an irregular one brings its own `verbs` or overrides a rule. The reasons
 * are in docs/decisions/0008-type-contract.md.
 */
import { hasMarker } from "../model/reference-marker.ts";
import type { StackFacts } from "../model/stack.ts";
import { isEmpty, type JsonObject } from "../model/values.ts";
import type { DependencyKey, Entry } from "../spec/type-rules.ts";
import { callVerbs, liveOf } from "./calls.ts";
import type { AnyClient, MakeLive, ReadVerb, TypeDefinition, Verbs } from "./definition.ts";
import { factLists, factsByPath } from "./facts.ts";
import { nameFrom, propertyName } from "./naming.ts";
import { stateOf } from "./state.ts";
import { tagSpellings, withTagMap } from "./tag-spellings.ts";
import { withTags } from "./tags.ts";
import type { Desired, ResourceType } from "./type.ts";
import { own } from "../model/own.ts";

export function defineType<Client extends AnyClient>(definition: TypeDefinition<Client>): ResourceType {
  const { type, identity, dependencies = {}, tags, arn } = definition;
  const { derived = [], serves } = definition;
  const facts = new Map(factsByPath(definition.properties, derived));
  // States contain the digest of what is served, although no spec sets it; it is empty if unknown.
  if (serves !== undefined) facts.set(serves.property, { default: "" });
  const live: MakeLive = (answer, where) => liveOf(definition, facts, answer, where);
  const given = typeof definition.verbs === "function" ? definition.verbs(live) : definition.verbs;
  const onlyRead = definition.calls === undefined && !isFull(given);
  const own: Verbs = isFull(given)
    ? given
    : definition.calls === undefined
      ? readOnlyVerbs(type, given)
      : callVerbs(definition, facts, live);
  const verbs = tags === undefined || tags === "verbs" ? own : withTags(own, definition.service, tags);
  const naming = defaultNaming(definition);
  const { canonical = naming.canonical } = definition;
  return {
    ...naming,
    ...(arn !== undefined && identity.by === "name" ? { predict: predictedBy(definition, arn) } : {}),
    // The members that the engine uses as they are, including overrides of the rules above.
    ...definition,
    desiredState(desired) {
      const filled = withFills(dependencies, desired);
      const properties = definition.fromSpec?.(filled, desired) ?? filled;
      return stateOf(facts, properties, {
        parent: parentOf(dependencies, desired),
        wanted: desired.properties,
      });
    },
    canonical: (entry) => canonical(tags === undefined ? entry : withTagMap(entry)),
    dependencies,
    schema: definition.properties,
    ...factLists(definition.properties),
    taggable: tags !== undefined,
    replaceOrder: definition.replaceOrder ?? "delete-first",
    called: definition.called ?? defaultWords(definition),
    alsoAccepted: { ...(tags === undefined ? {} : tagSpellings), ...definition.alsoAccepted },
    ...(definition.checks === undefined ? {} : { check: definition.checks }),
    ...(identity.by === "parent" ? {} : { nameProperty: identity.property }),
    ...(arn !== undefined && identity.by === "name" && definition.physicalName !== undefined
      ? {
          arnOfName: (name: string, properties: JsonObject) => arn(ANYWHERE, { id: name, name, properties }),
        }
      : {}),
    ...(identity.caseless === true ? { caselessName: true } : {}),
    ...(onlyRead ? { onlyRead } : {}),
    ...verbs,
  };
}

/** For an ARN of which only the name counts. */
const ANYWHERE: StackFacts = {
  directory: "",
  projectName: "",
  stage: "",
  region: "",
  account: "",
  partition: "aws",
};

function isFull(verbs: Verbs | ReadVerb | undefined): verbs is Verbs {
  return verbs !== undefined && "create" in verbs;
}

/** Only a bug can call these: the loader accepts only `readOnly` entries of such a type. */
function readOnlyVerbs(type: string, verbs: ReadVerb | undefined): Verbs {
  const never = async (): Promise<never> => {
    throw new Error(`bug: ${type} is only read`);
  };
  return { read: verbs?.read ?? (async () => []), create: never, update: never, delete: never };
}

/** `NAME` for roots; `PARENT::NAME` for children, which dependencies near the parent may call `NAME`. */
function defaultNaming({
  identity,
  dependencies = {},
}: Pick<TypeDefinition<AnyClient>, "identity" | "dependencies">): Pick<ResourceType, "canonical" | "name"> &
  Partial<ResourceType> {
  const { property } = identity;
  const parent = parentKey(dependencies);
  if (parent === undefined) {
    return {
      canonical: (entry) => nameFrom(property, entry),
      name: (entry) => propertyName(property, entry),
    };
  }
  const prefix = (entry: Entry): string => `${own(entry.dependencies, parent)?.[0] ?? "NO-PARENT"}::`;
  return {
    canonical(entry) {
      // The full name is accepted too, because plans show it.
      const name = entry.name?.startsWith(prefix(entry))
        ? entry.name.slice(prefix(entry).length)
        : entry.name;
      return nameFrom(property, { ...entry, name });
    },
    name: (entry) => `${prefix(entry)}${propertyName(property, entry)}`,
    aliases: (entry) => [propertyName(property, entry)],
  };
}

/** The words for `defaultNaming`. */
function defaultWords({
  identity: { property },
  dependencies = {},
}: Pick<TypeDefinition<AnyClient>, "identity" | "dependencies">): string {
  const key = parentKey(dependencies);
  if (key === undefined) return `\`${property}\``;
  const parent = own(dependencies, key)?.type.split("::")[1];
  return `\`${key.toUpperCase()}::${property.toUpperCase()}\`; near its ${parent} the \`${property}\` alone`;
}

function parentKey(dependencies: Readonly<Record<string, DependencyKey>>): string | undefined {
  return Object.entries(dependencies).find(([, key]) => key.parent === true)?.[0];
}

function parentOf(dependencies: Readonly<Record<string, DependencyKey>>, desired: Desired): JsonObject {
  const key = parentKey(dependencies);
  return key === undefined ? {} : (desired.dependency(key)?.properties ?? {});
}

/** The given properties and, where they say nothing, what dependencies fill in. */
function withFills(dependencies: Readonly<Record<string, DependencyKey>>, desired: Desired): JsonObject {
  const properties = { ...desired.properties };
  for (const [key, { fills, with: attribute = "id", list }] of Object.entries(dependencies)) {
    if (fills === undefined || !isEmpty(own(properties, fills))) continue;
    const values = desired
      .dependencies(key)
      .map((one) => (attribute === "id" ? one.id : one.attribute(attribute)));
    const [first] = values;
    if (first !== undefined) properties[fills] = list === true ? values : first;
  }
  return properties;
}

function predictedBy<Client extends AnyClient>(
  { identity, id, predicted }: TypeDefinition<Client>,
  arn: NonNullable<TypeDefinition<Client>["arn"]>,
): NonNullable<ResourceType["predict"]> {
  return ({ name, stack, properties }) => {
    const Arn = hasMarker(name) ? undefined : arn(stack, { id: name, name, properties });
    if (Arn === undefined) return {};
    return { id: id === "Arn" ? Arn : name, Arn, [identity.property]: name, ...predicted?.(Arn) };
  };
}
