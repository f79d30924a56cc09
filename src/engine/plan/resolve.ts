/** Turns a desired resource into what its type can compute a state from: references and dependencies resolved. Pure. */
import { imagePlace } from "../../aws/image-uri.ts";
import { desiredTags } from "../../aws/tags.ts";
import { fail } from "../../model/errors.ts";
import type { Desired, Live, ResolvedDependency, ResourceType } from "../../resources/type.ts";
import type { StackFacts } from "../../model/stack.ts";
import type { DependencyTarget, DesiredResource } from "../../spec/types.ts";
import {
  isObject,
  isTemplate,
  isUnknown,
  type JsonObject,
  type JsonValue,
  type Reference,
  type StoredValue,
  type Text,
} from "../../model/values.ts";
import { own } from "../../model/own.ts";
import { joinedParts } from "../../spec/in-json.ts";

/** What is known of another resource at this moment. */
export interface Standing {
  readonly type: string;
  readonly name: string;
  /** As AWS has it; absent until it is created or replaced. */
  readonly live?: Live | undefined;
  /** Certain before it exists. */
  readonly predicted: Readonly<Record<string, string>>;
  readonly properties: JsonObject;
  /** To be updated, which may add an attribute that it does not have yet (a function's URL). */
  readonly changing?: boolean | undefined;
  /** Attributes whose value the update changes. */
  readonly renewed?: readonly string[] | undefined;
}

/** Finds the standing of a resource by its key. */
type Standings = (key: string) => Standing | undefined;

export interface Surroundings {
  readonly type: ResourceType;
  readonly stack: StackFacts;
  readonly standing: Standings;
  /** The live resource it is paired with: its tags decide whether a manager's name is kept. */
  readonly live?: Live | undefined;
  readonly served?: Text | undefined;
  /** What Parameter Store and Secrets Manager have. */
  readonly stored?: ((value: StoredValue) => Text) | undefined;
}

/** Everything `desiredState` may look at, with references resolved as far as they are known. */
export function resolveDesired(resource: DesiredResource, around: Surroundings): Desired {
  const resolved = new Map<string, readonly ResolvedDependency[]>();
  for (const [key, targets] of Object.entries(resource.dependencies)) {
    resolved.set(
      key,
      targets.map((target) => resolveTarget(target, around.standing)),
    );
  }
  const properties = resolveValue(resource.properties, around, resource);
  const dependencies = (key: string): readonly ResolvedDependency[] => resolved.get(key) ?? [];
  return {
    name: resource.name,
    properties: withTags(isObject(properties) ? properties : {}, around),
    dependencies,
    dependency: (key) => dependencies(key)[0],
    stack: around.stack,
    codeSha256: resource.code?.sha256 ?? keptCode(resource, around.live),
    image: imageOf(resource, isObject(properties) ? properties : {}, around),
    served: around.served,
  };
}

/** The image that was found; of one that was not asked for, the one of the same repository that AWS has. */
function imageOf(
  { image }: DesiredResource,
  properties: JsonObject,
  { type, live }: Surroundings,
): string | undefined {
  if (image !== "left") return image?.uri;
  const [wanted, has] = [properties, live?.state ?? {}].map((state) => type.codeImage?.(state));
  if (typeof wanted !== "string" || typeof has !== "string") return undefined;
  const place = imagePlace(wanted);
  return place?.tag !== undefined && place.repositoryUri === imagePlace(has)?.repositoryUri ? has : undefined;
}

/** Built code that was not asked for stays as AWS has it. */
function keptCode({ artifact }: DesiredResource, live: Live | undefined): string | undefined {
  const kept = artifact === undefined ? undefined : live?.state.CodeSha256;
  return typeof kept === "string" ? kept : undefined;
}

function withTags(properties: JsonObject, { type, stack, live }: Surroundings): JsonObject {
  if (!type.taggable) return properties;
  const user: Record<string, string> = {};
  for (const [key, value] of Object.entries(isObject(properties.Tags) ? properties.Tags : {}))
    user[key] = String(value);
  return { ...properties, Tags: desiredTags(user, stack, live?.tags) };
}

function resolveTarget(target: DependencyTarget, standing: Standings): ResolvedDependency {
  if ("arn" in target) {
    const { arn } = target;
    return { type: "", name: arn, id: arn, attribute: () => arn, attributes: {}, properties: {} };
  }
  const found = standing(target.key);
  if (found === undefined) return fail("INTERNAL_UNKNOWN_DEPENDENCY", `${target.key} is not in the stack`);
  return {
    type: found.type,
    name: found.name,
    id: idOf(found, target.key),
    attribute: (name) => attributeOf(found, name, target.key),
    attributes: found.live?.attributes,
    properties:
      found.live === undefined || Object.keys(found.properties).length > 0
        ? found.properties
        : found.live.state,
  };
}

function idOf(standing: Standing, key: string): Text {
  return standing.live?.id ?? standing.predicted.id ?? { $unknown: `${key} id` };
}

function attributeOf(standing: Standing, name: string, key: string): Text {
  if (standing.live === undefined) return own(standing.predicted, name) ?? { $unknown: `${key} ${name}` };
  if (standing.renewed?.includes(name) === true) return { $unknown: `${key} ${name}` };
  const value = attributeValue(standing.live.attributes, name);
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (standing.changing === true) return { $unknown: `${key} ${name}` };
  return fail("REFERENCE_PATH_UNKNOWN", `${key} has no attribute "${name}"`, {
    hint: `It has: ${Object.keys(standing.live.attributes).sort().join(", ")}.`,
    resource: key,
  });
}

function attributeValue(attributes: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = attributes;
  for (const segment of path.split(".")) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else value = isObject(value) ? own(value, segment) : undefined;
  }
  return value;
}

function resolveReference(reference: Reference, standing: Standings, resource: DesiredResource): Text {
  const key = `${reference.type}::${reference.name}`;
  const found = standing(key);
  if (found === undefined)
    return fail("INTERNAL_UNKNOWN_DEPENDENCY", `${key} is not in the stack`, { resource: resource.key });
  const path = reference.path.replace(/^live\./, "");
  const value = path === "id" ? idOf(found, key) : attributeOf(found, path, key);
  return isUnknown(value) ? value : `${value}${reference.suffix}`;
}

type Known = Pick<Surroundings, "standing" | "stored">;

function resolveValue(value: JsonValue, known: Known, resource: DesiredResource): JsonValue {
  if (isTemplate(value)) {
    const parts = value.$template.map((part): Text => {
      if (typeof part === "string") return part;
      if ("ref" in part) return resolveReference(part.ref, known.standing, resource);
      const { from, name } = part.stored;
      return known.stored?.(part.stored) ?? { $unknown: `${from} ${name}` };
    });
    // A stored value first: masks have to see that there is one, also beside a reference that is not known yet.
    const stored = parts.find((part, index) => {
      const written = value.$template[index];
      return isUnknown(part) && typeof written === "object" && "stored" in written;
    });
    return (
      stored ??
      parts.find(isUnknown) ??
      joinedParts(
        parts.map((part, index) => ({
          text: String(part),
          isValue: typeof value.$template[index] !== "string",
        })),
      )
    );
  }
  if (Array.isArray(value)) return value.map((element) => resolveValue(element, known, resource));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolveValue(inner, known, resource)]),
  );
}
