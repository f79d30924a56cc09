/** What the loader needs to know of a resource type. Types themselves are in src/resources, which imports this. */
import type { z } from "zod";
import type { SourceLocation } from "../model/errors.ts";
import type { Reason } from "../model/plan.ts";
import type { JsonObject, JsonValue } from "../model/values.ts";
import type { DependencyTarget } from "./types.ts";

/** One key of an entry's `dependencies`. */
export interface DependencyKey {
  /** The type it names, `Group::Type`. Need not be in the registry when a literal may stand instead. */
  readonly type: string;
  /** Several names, or one. A list key accepts a single name too. */
  readonly list?: boolean;
  readonly required?: boolean;
  /** The parent, with which the resource is deleted. At most one key of a type. */
  readonly parent?: boolean;
  /**
   * Others write in the parent too, and it may be somebody else's, named `readOnly` in the spec (a record in a shared zone).
   * Such a child is ours when the base branch's spec names it, when the spec does and the parent is ours, or when it is
   * adopted; nothing else in the parent is changed or deleted.
   */
  readonly foreignParent?: boolean;
  /** With `foreignParent`: only others' parents are shared; in one of ours every child is ours (a mapping of a domain name). */
  readonly ownInOurs?: boolean;
  /** AWS refuses to delete the parent while it has this child, so the child is deleted first, in its own step. */
  readonly deletedFirst?: boolean;
  /** Only orders the steps; its values are not used. */
  readonly orderOnly?: boolean;
  /** Its value is used, and the other one can be deleted all the same: an API that a permission names. */
  readonly keepsInUse?: false;
  /**
   * This resource is what the other one waits for (a certificate's validation record), so its step starts as soon as
   * the other is made (`Wait.isMade`), not when it is ready.
   */
  readonly makesReady?: boolean;
  /** A literal ARN may stand instead of a name (AWS-managed policies, layers). */
  readonly acceptsArn?: boolean;
  /** A literal id of this form may stand instead of a name: `/^subnet-[0-9a-f]+$/`. */
  readonly acceptsId?: RegExp;
  /** The property that it fills in where the spec does not give it. A list key fills in a list. */
  readonly fills?: string;
  /** What it fills in: `id` (the default), or an attribute such as `Arn`. */
  readonly with?: string;
  /** Older spellings of the key that specs in the wild use. */
  readonly aliases?: readonly string[];
}

/** An entry of the spec as written, its functions already called; strings may hold reference markers. */
export interface Entry {
  readonly name?: string | undefined;
  readonly properties: JsonObject;
  /** key → names (or literals), as written, aliases already mapped. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** A mistake in an entry; `message` as in a zod issue: `is required`, `X is only for HTTP APIs`. */
export interface EntryIssue {
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** An entry of the spec, checked so far that its type is known and it has a name. */
export interface Draft {
  readonly type: TypeRules;
  /** Canonical. */
  readonly entry: Entry;
  readonly name: string;
  readonly key: string;
  /** Other names that dependencies may use. */
  readonly aliases: readonly string[];
  readonly readOnly: boolean;
  readonly namespace?: string | undefined;
  readonly at?: SourceLocation | undefined;
  readonly implied?: boolean | undefined;
  /** Its properties failed a check: others can still refer to it, but no further errors are reported for it. */
  readonly broken?: boolean | undefined;
}

/** A draft with its dependencies and references resolved to keys. */
export interface Linked {
  readonly draft: Draft;
  readonly dependencies: Readonly<Record<string, readonly DependencyTarget[]>>;
  readonly parent?: string | undefined;
  /** Key → what makes the edge, for the message about a cycle: `dependencies.role`, `Environment.Variables.URL`. */
  readonly edges: ReadonlyMap<string, string>;
  readonly properties: JsonObject;
}

/** The linked resources of a spec, for rules about several of them. */
export interface LinkedSpec {
  /** The stack's region: that of every resource of a regional service. */
  readonly region: string;
  byKey(key: string): Linked | undefined;
  ofType(type: string): readonly Linked[];
}

export interface NameIndex {
  /** Every draft of a type that answers to the name; the one whose own name it is, alone. */
  find(type: string, name: string): readonly Draft[];
  /** Names of all drafts of a type. */
  names(type: string): readonly string[];
  byKey(key: string): Draft | undefined;
}

/**
 * What a rule has to say about a resource. An error stops the plan. `when-written` is an error once the plan makes or
 * changes the resource, and a warning while it stays as it is; `when-made` is a warning while the resource is yet to be
 * made or waited for, and nothing afterwards.
 */
export interface Finding {
  readonly severity: "error" | "warning" | "when-written" | "when-made";
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /**
   * The property it is about (`RouteSettings.GET /x.LoggingLevel` is written as its segments). The message then begins
   * after the resource's name: `RouteKey: "get /" is not …`, and stands at the property's line.
   */
  readonly path?: readonly (string | number)[];
  /** Report it only for the first resource of the type with the same text here. */
  readonly oncePer?: string;
}

/** A number that AWS does not let a stack exceed. A fixed one is an error, an adjustable one a warning. */
export interface Quota {
  /** AWS's words: `routes per API`. */
  readonly name: string;
  readonly most: number;
  /** The list or map of which it counts the elements; without it, the resources of the type below one parent are counted. */
  readonly elementsOf?: string;
  /** The dependencies that become elements of that list. */
  readonly andDependencies?: string;
  /** Whether AWS raises it, which may depend on the parent's properties. */
  readonly adjustable?: boolean | ((parent: JsonObject) => boolean);
}

/** Drafts after a type has added its implied ones and set aside those that need nothing. */
export interface Arranged {
  readonly drafts: readonly Draft[];
  readonly satisfied: readonly { readonly draft: Draft; readonly reason: NothingToDo }[];
}

/** Why a resource of the spec needs nothing. */
export type NothingToDo = Extract<Reason, { kind: "auto-deploy" | "auto-deployed" }>;

/** What a type serves: it must be made again whenever one of them, or their parent, changes (Deployment). */
export interface Serves {
  /** Types under the same parent. */
  readonly types: readonly string[];
  /** The one of them without which AWS refuses to make it. */
  readonly needs: string;
  /** Properties of the parent that do not matter. */
  readonly ignores: readonly string[];
  /** The dependency at which it is called: `stage`. */
  readonly callers: string;
  /** The property of the state that holds the digest over what is served. */
  readonly property: string;
}

/** The name in the stage's pattern, at most so long. */
export type Fit = (name: string, most: number) => string;

/** A resource's code, as it is zipped. */
export interface CodeFolder {
  /** For messages: `the folder "my-function"`, `the artifact "orders"`. */
  readonly what: string;
  /** Paths in the folder, sorted. */
  readonly files: readonly string[];
  /** The text of one of them; undefined for what is not there, and for what is too large to look into. */
  read(path: string): Promise<string | undefined>;
}

export interface TypeRules {
  /** `ApiGatewayV2::Integration` */
  readonly type: string;
  /** Names that differ only in case are one name to AWS. */
  readonly caselessName?: boolean;
  /**
   * The name that AWS gets, for types whose names are unique in an account or a region (or meant to be told apart there):
   * `fit` puts a name into the stage's pattern and cuts it to a length.
   */
  physicalName?(name: string, shortened: Fit): string;
  /**
   * What of it exists only once, in an account or the world, and is in no pattern of names: a domain name. Two stages cannot both have it,
   * so a preview gets it only under a name of its own.
   */
  onlyOnce?(properties: JsonObject): readonly (JsonValue | undefined)[];
  /** Its name is made of the names of what it connects: `mapping::my-function::my-queue`. */
  readonly namedAfterOthers?: boolean;
  /** The property with that name. */
  readonly nameProperty?: string;
  /** Properties (`LoggingConfig.LogGroup`) that hold the name of another resource as text: path → type. */
  readonly namedIn?: Readonly<Record<string, string>>;
  /** The ARN of a resource of this name, for types whose ARN holds it: account and region empty. */
  arnOfName?(name: string, properties: JsonObject): string | undefined;
  readonly dependencies: Readonly<Record<string, DependencyKey>>;
  /**
   * Strict schema of the canonical properties (after `canonical`), keys as in the SDK's create input less what
   * dependencies give. Reference markers are inside strings at this point, so enums use `enumText` of schema.ts.
   */
  readonly schema: z.ZodType<object>;
  /** The schema where it is known only at run time. Called once for each spec that uses the type; `schema` is for documents. */
  askSchema?(): Promise<z.ZodType<object>>;
  /** Masked in every output, compared by value. A path covers everything below it. */
  readonly sensitive: readonly string[];
  readonly serves?: Serves;
  /** Entries can only be `readOnly`: the type has nothing to write. */
  readonly onlyRead?: boolean;
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
  /** Checks over properties and dependencies that a schema cannot say. */
  check?(entry: Entry): readonly EntryIssue[];
  readonly quotas?: readonly Quota[];
  /** Rules about the resource among the others: what AWS would refuse, and what is allowed and probably not meant. */
  inspect?(one: Linked, spec: LinkedSpec): readonly Finding[];
  /** What of it anybody on the internet may call without saying who they are, in a few words; undefined for nothing. */
  openTo?(one: Linked, spec: LinkedSpec): string | undefined;
  /** The properties that say who may call it: when one of them changes to what is open, it was not open before. */
  readonly openBy?: readonly string[];
  /** True when the resource's code is the folder of its name. */
  codeInFolder?(entry: Entry): boolean;
  /** The artifact of a workflow run that the resource's code is in; undefined for other code. */
  codeArtifact?(entry: Entry): string | undefined;
  /** The URI of the container image that the resource's code is, from its properties or its live state. */
  codeImage?(properties: JsonObject): JsonValue | undefined;
  /** Warnings about that code: what would only fail when the code is run. */
  inspectCode?(entry: Entry, folder: CodeFolder): Promise<readonly Finding[]>;
  /** Adds implied resources, and sets aside those that AWS creates by itself. */
  arrange?(drafts: readonly Draft[], index: NameIndex): Arranged;
}
