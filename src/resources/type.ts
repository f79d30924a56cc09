/**
 * What a resource type is: data plus a few verbs. One file per type, one line in types.ts. The engine (read, plan,
 * apply) does everything else: order, ownership, diffing, retries, results.
 */
import type { Aws } from "../aws/aws.ts";
import type { Service } from "../aws/service.ts";
import type { Callable } from "../model/apply.ts";
import type { StackFacts } from "../model/stack.ts";
import type { JsonObject, JsonValue, Text } from "../model/values.ts";
import type { TypeRules } from "../spec/type-rules.ts";
import type { FactLists } from "./facts.ts";

/** A dependency with its live values, or what can be said of them before it exists. */
export interface ResolvedDependency {
  readonly type: string;
  readonly name: string;
  readonly id: Text;
  /** A live attribute by name (`Arn`, `ApiEndpoint`); unknown while its resource is to be made. */
  attribute(name: string): Text;
  /** Everything that AWS answers of it; undefined while its resource is to be made. */
  readonly attributes?: JsonObject | undefined;
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
  /** base64 SHA-256 of the zip of the resource's folder or artifact, else undefined. */
  readonly codeSha256?: string | undefined;
  /** URI of the resource's container image, with its digest; undefined where it has none, or it is not known yet. */
  readonly image?: string | undefined;
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
  /** The properties in the spec of this type's resource of a name, for one that is found otherwise than by its name. */
  wanted?(name: string): JsonObject | undefined;
  /**
   * A memo shared by all types of one reading: `make` runs once per key, so that two types that look at the same list
   * ask AWS for it once. Keys begin with the operation: `GetStages 7a38wlw431`.
   */
  once<Value>(key: string, make: () => Promise<Value>): Promise<Value>;
}

/** What a resource depends on; without `live` while it is to be made. */
export interface Used {
  readonly type: string;
  readonly live?: Live | undefined;
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
  /** What AWS has may be a secret that nobody can tell: it is masked, what the spec says is not. */
  readonly hidesBefore?: boolean | undefined;
}

export interface CreateContext {
  readonly aws: Aws;
  readonly stack: StackFacts;
  /** Complete: the engine has checked that no value is unknown. */
  readonly state: JsonObject;
  readonly desired: Desired;
  /** The live parent of a child type. */
  readonly parent?: Live | undefined;
  /** The zipped folder of code, made when asked for (Lambda::Function). */
  code(): Promise<Uint8Array>;
  /** The same for every attempt at this resource: for creates that take a client token. At most 64 letters and digits. */
  readonly token?: string | undefined;
  /** Ends waiting. */
  readonly signal?: AbortSignal | undefined;
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

/** Where a resource stands between being asked for and being usable. */
export type Readiness = "pending" | "ready" | "failed" | "deleting";

/** How to wait for a resource that AWS makes, changes or deletes slowly. */
export interface Wait {
  /** Where a live resource stands. What is `deleting` counts as not there. */
  readiness(live: Live): Readiness;
  /** What is awaited, to go after "waited 600 s for": `VPC link my-link to be available`. It is told again when it changes. */
  awaiting(live: Live): string;
  /** Whether those can start that make it ready (`DependencyKey.makesReady`). Without it: as soon as it exists. */
  isMade?(live: Live): boolean;
  readonly deadlineMs: number;
  /** What failed is only a part: an update puts it right, and the resource is not made again. */
  readonly failsInPart?: boolean;
  /** Why it failed, in AWS's words. */
  why?(live: Live): string | undefined;
  /** Also wait for deletions: until one is complete, its name is taken and what it used cannot be deleted. */
  readonly deletion?: boolean;
}

/** A property in a form of another dialect. */
export interface AlsoAccepted {
  /** Its type in TypeScript; `Self` stands for the type's own properties. */
  readonly as: string;
  readonly says: string;
}

/** `Condition` of a policy's statement: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html. */
export type WriteCondition = Readonly<Record<string, Readonly<Record<string, string>>>> | "never";

/** The permissions that the credentials need. */
export interface Permissions {
  /** Operations of planning. */
  readonly read: readonly string[];
  /** Operations of applying, besides. */
  readonly write: readonly string[];
  /** IAM actions that writing needs without an operation of that name, with the reason. */
  readonly besides?: Readonly<Record<string, string>>;
  /** The same of planning. */
  readonly readsBesides?: Readonly<Record<string, string>>;
}

/** A resource type as the engine sees it; `defineType` of define.ts makes it. */
export interface ResourceType extends TypeRules {
  /** One sentence for the generated reference. */
  readonly summary: string;
  /** The facts about its service that are used outside the type. */
  readonly service?: Service<{ middlewareStack: unknown }>;
  /** Top-level or dotted paths whose change replaces the resource. */
  readonly createOnly: readonly string[];
  /** Never returned by AWS, so never compared. */
  readonly writeOnly: readonly string[];
  /** Arrays compared as sets; `*` stands for one path segment. */
  readonly unordered: readonly string[];
  /** Maps in which an empty value is a value, not an absence (environment variables). */
  readonly exact?: readonly string[];
  /** Text compared without case. */
  readonly caseless?: readonly string[];
  /** Properties that AWS cannot remove once set: the plan says so. */
  readonly cannotClear?: readonly string[];
  /** Properties that can only be taken away with the resource. */
  readonly clearReplaces?: readonly string[];
  /** Properties that have a default of AWS where the spec gives nothing. */
  readonly preset?: readonly string[];
  /** Properties that tell a new resource from others: `nodejs22.x` of a function. */
  readonly tells?: FactLists["tells"];
  /** IAM policy documents (objects), compared by meaning. */
  readonly policyDocuments: readonly string[];
  /** Properties that say what it allows whoever has it: policy documents, maps of them, lists of ARNs. */
  readonly allows?: readonly string[];
  readonly taggable: boolean;
  /** Its kind in the Resource Groups Tagging API, for roots that are not found by a list of their own: `lambda:function`. */
  readonly foundByTagsAs?: string;
  /** The order of a replacement. `create-first` needs a type of which two can exist at once (see `supersede`). */
  readonly replaceOrder: "delete-first" | "create-first";
  /**
   * Deleted and replaced only when allowed by name, because it holds data or a name that the world depends on: what is
   * lost with it, to go after "loses": `its items`.
   */
  readonly protected?: string;
  /** Types that are deleted before this one although this one depends on them (a deployment in use by a stage). */
  readonly deletedAfter?: readonly string[];
  readonly wait?: Wait;
  /** What the spec calls one, in words. */
  readonly called?: string;
  /** Properties that `canonical` turns into others, so that the schema does not have them. */
  readonly alsoAccepted?: Readonly<Record<string, AlsoAccepted>>;
  /** What `getId` can ask: `id`, or `live.` and an attribute, each with a sentence. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What a stack reports of it: output name → attribute. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The bytes of its zipped code, as AWS tells them. */
  codeSize?(live: Live): number | undefined;
  /** Where its zipped code can be downloaded for some minutes. */
  codeAddress?(of: { readonly aws: Aws; readonly live: Live }): Promise<string | undefined>;
  /** How callers reach it, if they do. `stack`: every live resource of the stack, for the address it is behind. */
  callables?(live: Live, stack: readonly Live[]): readonly Omit<Callable, "type" | "resource">[];
  readonly permissions?: Permissions;
  /**
   * Of a resource: what the actions of `besides` and `readsBesides` are for, as ARNs, none where it does not need them. An action that
   * it does not name is for everything.
   */
  besidesAt?(desired: Desired): Readonly<Record<string, readonly string[]>>;
  /** ARNs of what its writing actions write, with stars where AWS chooses; for types whose ARN their name does not tell. */
  writtenAt?(desired: Desired): readonly string[];
  /**
   * Under which condition an action is allowed on the resource, as in a policy's statement; `never`: it is not. Actions that it does not name
   * have none.
   */
  writtenIf?(desired: Desired): Readonly<Record<string, WriteCondition>>;
  /**
   * Properties that have to be set again with the same value, because what they name was made anew.
   * `used`: what the resource depends on.
   */
  renews?(
    live: Live,
    used: readonly Used[],
  ): readonly Required<Pick<PropertyChange, "path" | "before" | "after">>[];
  /** Attributes that have another value after an update with these changes: the version that a function publishes. */
  changesAttributes?(changes: readonly PropertyChange[]): readonly string[];
  /** True when `user` names it otherwise than by its id: it is then deleted after the user's own step. */
  namedBy?(live: Live, user: Live): boolean;
  /**
   * Users outside the stack that are visible when reading and prevent its deletion, for the plan's warning. `ours`:
   * every live resource of the stack.
   */
  usedElsewhere?(live: Live, ours: readonly Live[]): string | undefined;
  /** What breaks for whom when it is deleted or replaced: one sentence, for the comment's caution. */
  consequence(live: Live): string | undefined;

  /** The state AWS is to have: defaults filled in, ids of dependencies put in, comparable with `Live.state`. */
  desiredState(desired: Desired): JsonObject;
  /** Attributes that are certain before the resource exists (ARNs made of names). Includes `id` when that is. */
  predict?(desired: Desired): Readonly<Record<string, string>>;
  /** Overrides the generic rule, for changes that replace only in some directions. */
  replaces?(change: PropertyChange, before: JsonObject, after: JsonObject): boolean | undefined;
  /** Pairs several desired with several live ones of one parent; without it, equal names pair. */
  pair?(desired: readonly Pairable[], live: readonly Live[]): ReadonlyMap<Pairable, Live>;
  /** `pair` pairs what is the same thing for certain, never what is alike: it may look at strangers in a shared parent. */
  readonly pairsSame?: boolean;

  read(context: ReadContext): Promise<readonly Live[]>;
  /** Where a resource of a name is looked for, when the name alone does not say it: a policy's path. */
  place?(properties: JsonObject): string;
  /** The name a tagged ARN stands for, when the ARN is of this type. */
  nameOfArn?(arn: string): string | undefined;
  /** Resources that a live one points to and that the tagging API does not return (roles, policies). */
  reaches?(live: Live): readonly { type: string; lookup: Lookup }[];

  create(context: CreateContext): Promise<Live>;
  update(context: UpdateContext): Promise<Live>;
  delete(context: DeleteContext): Promise<void>;
  /**
   * Marks the old resource before a `create-first` replacement, so that the two can be distinguished after a crash.
   */
  supersede?(context: DeleteContext): Promise<void>;
}

/** A desired resource as `pair` sees it. */
export interface Pairable {
  readonly name: string;
  readonly state: JsonObject;
}
