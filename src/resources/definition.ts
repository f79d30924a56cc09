/**
 * The argument of `defineType`: data, and functions only where data is not enough. See
 * docs/decisions/0008-type-contract.md.
 */
import type * as z from "zod";
import type { Service } from "../aws/service.ts";
import type { StackFacts } from "../model/stack.ts";
import type { JsonObject } from "../model/values.ts";
import type { DependencyKey, Entry, EntryIssue } from "../spec/type-rules.ts";
import type {
  AlsoAccepted,
  CreateContext,
  DeleteContext,
  Desired,
  Live,
  Permissions,
  ReadContext,
  ResourceType,
  UpdateContext,
  Wait,
} from "./type.ts";

export type AnyClient = { middlewareStack: unknown };

/** How a live resource is matched with a name. */
export interface Identity {
  /**
   * `name`: names are unique in AWS. `tags`: AWS allows several of one name; ours has our tags. `parent`: found in
   * its parent's list.
   */
  readonly by: "name" | "tags" | "parent";
  /** The property that holds the name. */
  readonly property: string;
  /** Names that differ only in case are one name to AWS. */
  readonly caseless?: boolean;
}

/** How tags are written; tag changes then need no code in the type's update. */
export interface TagCalls<Client> {
  /** A map of texts, or AWS's list of `{Key, Value}`. */
  readonly style: "map" | "list";
  set(client: Client, arn: string, tags: Record<string, string>): Promise<unknown>;
  remove(client: Client, arn: string, keys: string[]): Promise<unknown>;
}

/** What an ARN is made of. */
export interface Known {
  readonly id: string;
  readonly name: string;
  /** Of the spec, with references unresolved or unknown, or AWS's answer. */
  readonly properties: JsonObject;
}

/** The context of an answer from AWS. */
export interface Where {
  readonly stack: StackFacts;
  readonly parent?: Live | undefined;
  /** The properties in the spec, where there are any. */
  readonly wanted?: JsonObject | undefined;
}

export type Paging = { MaxResults: string; NextToken?: string };
export type Page = {
  readonly Items?: readonly object[] | undefined;
  readonly NextToken?: string | undefined;
};

/** What is known of a resource that is looked for by its name. */
export interface Asked extends Where, Pick<ReadContext, "aws" | "once"> {
  /** The ARN that was found, or that its name and properties give. */
  readonly arn: string | undefined;
  /** It is in the spec; else something of ours points to it, and it may be somebody else's. */
  readonly inSpec: boolean;
}

/** The calls of a simple type. Each returns AWS's answer, from which `defineType` builds the live resource. */
export interface Calls<Client> {
  /** A page of the account's or the parent's resources: one list is read, however many names there are. */
  list?(client: Client, paging: Paging, where: Where): Promise<Page>;
  /** One root that the tagging API found, for types whose list does not tell tags: only such are looked at. */
  byArn?(
    client: Client,
    arn: string,
    reading: Pick<ReadContext, "aws" | "once">,
  ): Promise<object | undefined>;
  /**
   * Every resource of a name, for types that AWS finds by name and of which it allows several of one name: `complete`
   * is asked for each.
   */
  named?(client: Client, name: string, where: Where): Promise<readonly object[]>;
  /** The complete list, for lists that several types read: each is read once. */
  wholeList?(
    reading: Pick<ReadContext, "aws" | "once" | "lookups">,
    where: Where,
  ): Promise<readonly object[]>;
  /**
   * Adds what only further calls return to a listed answer: for every child, and for roots that the spec names or
   * that are ours.
   */
  complete?(
    reading: Pick<ReadContext, "aws" | "once">,
    answer: JsonObject,
    where: Where,
  ): Promise<JsonObject>;
  /** One resource by its name, for types with `identity: name`; "not found" may be thrown. */
  get?(client: Client, name: string, asked: Asked): Promise<object | undefined>;
  /** `input`: the state without what is empty. */
  create(
    client: Client,
    input: JsonObject,
    context: CreateContext & { readonly token: string },
  ): Promise<object>;
  /** `input`: what changed, or everything for types that `replace`. Not called when nothing but tags changed. */
  update?(client: Client, input: JsonObject, context: UpdateContext): Promise<object>;
  delete(client: Client, live: Live, context: DeleteContext): Promise<unknown>;
}

/** The type's own way of reading and writing. */
export type Verbs = Pick<ResourceType, "read" | "create" | "update" | "delete">;
export type ReadVerb = Pick<ResourceType, "read">;
/** AWS's answer as a live resource, by what the definition says of states, names and attributes. */
export type MakeLive = (answer: JsonObject, where: Where) => Live;

export type Overrides = Partial<
  Pick<
    ResourceType,
    | "aliases"
    | "companions"
    | "comesAfter"
    | "quotas"
    | "inspect"
    | "openTo"
    | "openBy"
    | "codeSize"
    | "codeAddress"
    | "allows"
    | "callables"
    | "codeInFolder"
    | "codeArtifact"
    | "codeImage"
    | "besidesAt"
    | "writtenAt"
    | "writtenIf"
    | "inspectCode"
    | "arrange"
    | "serves"
    | "deletedAfter"
    | "replaces"
    | "pair"
    | "pairsSame"
    | "nameOfArn"
    | "askSchema"
    | "place"
    | "foundByTagsAs"
    | "reaches"
    | "supersede"
    | "usedElsewhere"
    | "namedBy"
    | "renews"
    | "changesAttributes"
    | "predict"
    | "physicalName"
    | "onlyOnce"
    | "namedIn"
    | "namedAfterOthers"
    | "canonical"
    | "name"
  >
>;

export interface TypeDefinition<Client extends AnyClient> extends Overrides {
  /** `ApiGatewayV2::Integration`: group and type as in the spec. */
  readonly type: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly service: Service<Client>;
  /** `properties({ Name: required(…), Description: optional(…) })`, see schema.ts and facts.ts. */
  readonly properties: z.ZodObject;
  /** Members of the state that no spec gives: a digest of code. */
  readonly derived?: readonly string[];
  readonly dependencies?: Readonly<Record<string, DependencyKey>>;
  readonly identity: Identity;
  /** Member of AWS's answer that is its id: `ApiId`. `Arn`: the ARN is the id. Needed with `calls`. */
  readonly id?: string;
  /** Undefined if it contains a property that is not known yet. */
  readonly arn?: (stack: StackFacts, known: Known) => string | undefined;
  /** Other attributes that follow from the ARN (`identity: name`). */
  readonly predicted?: (arn: string) => Readonly<Record<string, string>>;
  /**
   * The spec's properties in AWS's terms: equivalent spellings in one form, and values from dependencies.
   * `properties` already has what dependencies fill in; defaults are added afterwards.
   */
  readonly fromSpec?: (properties: JsonObject, desired: Desired) => JsonObject;
  /** The same for AWS's answer: adds members that it lacks or spells differently, to the state and the attributes. */
  readonly fromAws?: (answer: JsonObject, where: Where) => JsonObject;
  /** The live resource's name, if it is not the parent's name followed by the property's value. */
  readonly liveName?: (answer: JsonObject, where: Where) => string;
  /**
   * What AWS's answer says about the resource itself: managed by AWS, left over from a replacement, or ours although it
   * is not tagged yet (`tags`).
   */
  readonly standing?: (answer: JsonObject, where: Where) => Pick<Live, "managed" | "superseded" | "tags">;
  /** Missing for types without tags; `verbs`: the type's own update changes them. */
  readonly tags?: TagCalls<NoInfer<Client>> | "verbs";
  /** Tags in which the type keeps notes: they show in `attributes.Tags` only. */
  readonly noteTags?: readonly string[];
  /** Whether an update keeps what it does not send. */
  readonly updates?: "merge" | "replace";
  /** `delete-first` unless AWS allows two at a time. */
  readonly replaceOrder?: "delete-first" | "create-first";
  /** What is lost with one: `its items`. It is deleted or replaced only when that is allowed by name. */
  readonly protected?: string;
  readonly wait?: Wait;
  /**
   * How the spec names such a resource, in words; by default the name's property, for children after the parent's
   * name.
   */
  readonly called?: string;
  readonly alsoAccepted?: Readonly<Record<string, AlsoAccepted>>;
  readonly checks?: (entry: Entry) => readonly EntryIssue[];
  readonly consequence: (live: Live) => string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly permissions: Permissions;
  /** The simple way. */
  readonly calls?: Calls<Client>;
  /** The type's own way; only `read` for types that are only read. */
  readonly verbs?: Verbs | ReadVerb | ((live: MakeLive) => Verbs);
}
