/** A resource type's one example: what the contract tests, the emulators and the CloudFormation fixture take from it. */
import type { JsonObject, JsonValue } from "../../src/model/values.ts";
import { type RandomEntry, specText } from "../integration/random-stack.ts";

export interface TypeExample {
  /** `ApiGatewayV2::Integration` */
  readonly type: string;
  /** CloudFormation's types that are the same thing; none for what CloudFormation does not have. */
  readonly cloudFormation: readonly Counterpart[];
  /** Where the type differs from CloudFormation's ("there"), and why: `ApiId: only there`. */
  readonly differences?: Readonly<Record<string, string>>;
  /** Lives that together have every property. */
  readonly lives: readonly Life[];
  /** Properties that no life has, and why. */
  readonly notLived?: Readonly<Record<string, string>>;
  /** Properties that no life changes to another value, and why. */
  readonly notChanged?: Readonly<Record<string, string>>;
  /**
   * Creates that may be sent twice, and why: a client token, or AWS takes the second for the first. Every other is in
   * its service's `lookBeforeRepeating`.
   */
  readonly repeatable?: Readonly<Record<string, string>>;
  /** Its lives are lived on moto too, because nothing in `examples/` has the type. */
  readonly onMoto?: boolean;
  /** The same on MiniStack, for what moto gets wrong. */
  readonly onMiniStack?: boolean;
}

export type EmulatorName = "MiniStack" | "moto";

export interface Counterpart {
  readonly type: string;
  /** The property there whose members it is compared by: `DistributionConfig`. What stands beside it is compared too. */
  readonly within?: string;
  /** Its plain lists are objects with `Items` here: what the SDK for CloudFront makes of lists. */
  readonly listsHaveItems?: boolean;
  /** Where in our type its properties stand: `FunctionUrlConfig.`, `Permissions[].`. */
  readonly below?: string;
  /** Theirs → ours, where the same thing has two names. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The SDK writes its members with a small first letter. */
  readonly camelCase?: boolean;
}

/** Reasons of differences that many types share. */
export const PARENT = "the dependency `api` gives it";
export const NAME = "the spec's name of the resource; CloudFormation makes one up";

export interface Life {
  /** What tells it from the type's other lives: properties that exclude each other. */
  readonly as: string;
  /** What else must be there, all the time. */
  readonly beside: readonly RandomEntry[];
  readonly name?: string;
  readonly dependencies?: Record<string, string | string[]>;
  /** Everything that can go together. */
  readonly full: JsonObject;
  readonly minimal: JsonObject;
  /** Property of `full` → another value. Every property is also taken away, but for those in `needed`. */
  readonly changed: Readonly<Record<string, JsonValue>>;
  /** Properties that cannot be taken away alone: required, or required by another one. */
  readonly needed?: readonly string[];
  /** Properties whose change or removal the plan rightly does not see, and why. */
  readonly unseen?: Readonly<Record<string, string>>;
  /** Properties that AWS never answers: what the plan shows in their place. */
  readonly shownAs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Emulators that cannot live it, although they live the type's others: emulators/DIFFERENCES.md. */
  readonly notOn?: readonly EmulatorName[];
  /** Properties that keep their value on an emulator, because it cannot change them: emulators/DIFFERENCES.md. */
  readonly keptOn?: Partial<Readonly<Record<EmulatorName, readonly string[]>>>;
  /** Container images that are there before: `worker:1`. */
  readonly images?: readonly string[];
}

/** A life with the type that lives it. */
export type TypeLife = Life & Pick<TypeExample, "type">;

/** For `allowDeletion`, so that what is protected can go when a life ends: every text that could be a name. */
export function namesIn({ name, full, changed, beside }: Life): readonly string[] {
  const others = beside.flatMap((one) => [one.name, ...Object.values(one.properties)]);
  const texts = [name, ...Object.values(full), ...Object.values(changed), ...others];
  return texts.filter((text) => typeof text === "string");
}

/** The spec of a life with these properties of its subject; without any, of what is beside it. */
export function specOf(life: TypeLife, properties: JsonObject | undefined): string {
  const [group = "", type = ""] = life.type.split("::");
  const { name, dependencies, beside } = life;
  const named = { ...(dependencies && { dependencies }), ...(name !== undefined && { name }) };
  const subject = properties === undefined ? [] : [{ group, type, properties, ...named }];
  return specText({ entries: [...beside, ...subject], files: {} });
}
