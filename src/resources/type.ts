/**
 * What a resource type is: data plus a few verbs. One file per type, one line in registry.ts. The engine (live, plan,
 * apply) owns everything else: order, ownership, diffing, retries, results.
 */
import type { z } from "zod";
import type { Aws } from "../aws/aws.ts";
import type { StackFacts } from "../model/stack.ts";
import type { JsonObject, JsonValue, Text } from "../model/values.ts";

/** One key of an entry's `dependencies`. */
export interface DependencyKey {
  /** The type it names, `Group::Type`. Need not be in the registry when `acceptsArn` is set. */
  readonly type: string;
  /** Several names, or one. A list key accepts a single name too. */
  readonly list?: boolean;
  readonly required?: boolean;
  /** The parent: the resource lives and dies inside it. At most one key of a type. */
  readonly parent?: boolean;
  /** Only orders the steps; its values are not used. */
  readonly orderOnly?: boolean;
  /** A literal ARN may stand instead of a name (AWS-managed policies, layers). */
  readonly acceptsArn?: boolean;
  /** Older spellings of the key that specs in the wild use. */
  readonly aliases?: readonly string[];
}

/** An entry of the spec as written, its functions already called; strings may hold reference markers. */
export interface Entry {
  readonly name?: string | undefined;
  readonly properties: JsonObject;
  /** key → names (or ARNs), as written, aliases already mapped. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** A dependency with its live values, or what can be said of them before it exists. */
export interface ResolvedDependency {
  readonly type: string;
  readonly name: string;
  readonly id: Text;
  /** A live attribute by name (`Arn`, `ApiEndpoint`); unknown while its resource is to be made. */
  attribute(name: string): Text;
  /** Its desired properties when it is in the spec, else its live state: for rules such as HTTP or WEBSOCKET. */
  readonly properties: JsonObject;
}

/** Everything `desiredState` may look at. References in `properties` are resolved or unknown. */
export interface Desired {
  readonly name: string;
  readonly properties: JsonObject;
  /** By key; an empty list when not given. */
  dependencies(key: string): readonly ResolvedDependency[];
  /** The first of a key, for single dependencies. */
  dependency(key: string): ResolvedDependency | undefined;
  readonly stack: StackFacts;
  /** base64 SHA-256 of the zipped folder of code (Lambda::Function without Code), else undefined. */
  readonly codeSha256?: string | undefined;
  /** Digest over what the parent serves (types with `serves`), unknown while any of it is to change. */
  readonly served?: Text | undefined;
}

/** A resource as AWS has it. */
export interface Live {
  readonly type: string;
  /** By the naming table, comparable with a desired name. */
  readonly name: string;
  /** What AWS assigned. For types whose id is their ARN or name, that. */
  readonly id: string;
  readonly parentId?: string | undefined;
  /** The same shape as `desiredState` makes. `Tags` is a map, `aws:*` left out. */
  readonly state: JsonObject;
  /** What `getId` paths (`live.X`) and `list` show: AWS's answer plus derived ARNs and endpoints. */
  readonly attributes: JsonObject;
  /** Undefined for types without tags. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Made and kept by API Gateway (`ApiGatewayManaged`): never ours to change. */
  readonly managed?: boolean | undefined;
  /** Marked by an interrupted replacement: only to be deleted. */
  readonly superseded?: boolean | undefined;
}

/** A root resource to look for. */
export interface Lookup {
  readonly name: string;
  /** When it was found by ARN (tags, reachability). */
  readonly arn?: string | undefined;
  /** When it is in the spec: its properties, references unresolved. */
  readonly properties?: JsonObject | undefined;
}

export interface ReadContext {
  readonly aws: Aws;
  readonly stack: StackFacts;
  /** Root types: what to look for. Child types: the desired resources, for hints (read only what is cheap). */
  readonly lookups: readonly Lookup[];
  /** Child types: the live parents to read under. */
  readonly parents: readonly Live[];
  /**
   * A memo shared by all types of one reading: `make` runs once per key, so that two types that look at the same list
   * ask AWS for it once. Keys begin with the operation: `GetStages 7a38wlw431`.
   */
  once<Value>(key: string, make: () => Promise<Value>): Promise<Value>;
}

/** One property that differs. */
export interface PropertyChange {
  /** `TimeoutInMillis`, `CorsConfiguration.AllowOrigins[0]` */
  readonly path: string;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
  /** Cannot be changed in place. */
  readonly replaces: boolean;
  readonly sensitive: boolean;
}

export interface CreateContext {
  readonly aws: Aws;
  readonly stack: StackFacts;
  /** Fully known: the engine checks that nothing unknown is left. */
  readonly state: JsonObject;
  readonly desired: Desired;
  /** The live parent of a child type. */
  readonly parent?: Live | undefined;
  /** The zipped folder of code, made when asked for (Lambda::Function). */
  code(): Promise<Uint8Array>;
}

export interface UpdateContext extends CreateContext {
  readonly live: Live;
  readonly changes: readonly PropertyChange[];
  /** True when the top-level property (`Environment`) is among the changes. */
  changed(property: string): boolean;
}

export interface DeleteContext {
  readonly aws: Aws;
  readonly stack: StackFacts;
  readonly live: Live;
}

export interface ResourceType {
  /** `ApiGatewayV2::Integration` */
  readonly type: string;
  /** One sentence for the generated reference. */
  readonly summary: string;
  readonly dependencies: Readonly<Record<string, DependencyKey>>;
  /**
   * Strict schema of the canonical properties (after `canonical`), keys as in the SDK's create input less what
   * dependencies give. Reference markers are inside strings at this point, so enums use `enumText` of schema.ts.
   * Every property has a `.describe()` with its meaning and default: docs/spec.md is generated from it.
   */
  readonly schema: z.ZodType<object>;
  /** Top-level or dotted paths whose change replaces the resource. */
  readonly createOnly: readonly string[];
  /** Never returned by AWS, so never compared. */
  readonly writeOnly: readonly string[];
  /** Arrays compared as sets; `*` stands for one path segment. */
  readonly unordered: readonly string[];
  /** Maps in which an empty value is a value, not an absence (environment variables). */
  readonly exact?: readonly string[];
  /** Masked in every output, compared by value. A path covers everything below it. */
  readonly sensitive: readonly string[];
  /** IAM policy documents (objects), compared by meaning. */
  readonly policyDocuments: readonly string[];
  readonly taggable: boolean;
  /** How a replacement goes. `create-first` needs a type that can exist twice (see `supersede`). */
  readonly replaceOrder: "delete-first" | "create-first";
  /** Types under the same parent whose change needs a new one of this (Deployment). */
  readonly serves?: readonly string[];
  /** Types that are deleted before this one although this one depends on them (a deployment in use by a stage). */
  readonly deletedAfter?: readonly string[];
  /** What breaks for whom when it is deleted or replaced: one sentence, for the comment's caution. */
  consequence(live: Live): string | undefined;

  /** Brings both dialects to the canonical form; the name's property is filled in from `name` and the reverse. */
  canonical(entry: Entry): Entry;
  /** The resource's name from its canonical entry. */
  name(entry: Entry): string;
  /** Other names that dependencies may use (the old dialect's `name` field). */
  aliases?(entry: Entry): readonly string[];
  /**
   * Further resources that a canonical entry stands for: a function's public URL needs a Lambda::Permission. The loader
   * treats each (canonical form, markers still inside) as if it were written in the spec. When a resource of that type
   * and name is written there, the companion's properties are added to it where it does not have them.
   */
  companions?(entry: Entry): readonly { readonly type: string; readonly entry: Entry }[];
  /**
   * Resources that must be there first although neither a dependency nor a reference names them: the routes for which
   * a stage has settings. Those that are not in the spec are passed over.
   */
  comesAfter?(entry: Entry): readonly { readonly type: string; readonly name: string }[];
  /** Checks over properties and dependencies that a schema cannot say; messages as in a zod issue. */
  check?(entry: Entry): readonly { path: string; message: string; hint?: string }[];

  /** The state AWS is to have: defaults filled in, ids of dependencies put in, comparable with `Live.state`. */
  desiredState(desired: Desired): JsonObject;
  /** Attributes that are certain before the resource exists (ARNs made of names). Includes `id` when that is. */
  predict?(desired: Desired): Readonly<Record<string, string>>;
  /** Overrides the generic rule, for changes that replace only in some directions. */
  replaces?(change: PropertyChange, before: JsonObject, after: JsonObject): boolean | undefined;
  /** Pairs several desired with several live ones of one parent; without it, equal names pair. */
  pair?(desired: readonly Pairable[], live: readonly Live[]): ReadonlyMap<Pairable, Live>;

  read(context: ReadContext): Promise<readonly Live[]>;
  /** The name a tagged ARN stands for, when the ARN is of this type. */
  nameOfArn?(arn: string): string | undefined;
  /** Resources a live one points to that carry no tags the tagging API would tell (roles, policies). */
  reaches?(live: Live): readonly { type: string; lookup: Lookup }[];

  create(context: CreateContext): Promise<Live>;
  update(context: UpdateContext): Promise<Live>;
  delete(context: DeleteContext): Promise<void>;
  /** Marks the old one before a `create-first` replacement, so that a crash leaves no doubt which is which. */
  supersede?(context: DeleteContext): Promise<void>;
}

/** A desired resource as `pair` sees it. */
export interface Pairable {
  readonly name: string;
  readonly state: JsonObject;
}
