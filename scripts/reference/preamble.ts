/** The part of `types/gatewright.d.ts` that does not come from the schemas. */
export const PREAMBLE = `// Made from the schemas of the resource types: do not edit, run \`npm run docs\`.

/**
 * What a spec exports as \`createResources\`:
 *
 *     /** @type {import("gatewright").CreateResources} *\\/
 *     exports.createResources = () => [ … ];
 */
export type CreateResources = (given: Given) => readonly Resource[] | Promise<readonly Resource[]>;

/**
 * What \`config.js\` exports: what its function returns is in \`config\` wherever the spec gets it.
 *
 *     /** @type {import("gatewright").ConfigFunction} *\\/
 *     module.exports = ({ stage }) => ({ projectName: "shop", memory: stage === "prod" ? 512 : 128 });
 */
export type ConfigFunction = (given: Around) => object | Promise<object>;

export interface Around {
  readonly stage: string;
  readonly region: string;
  /** \`aws\`, \`aws-cn\`, \`aws-us-gov\` */
  readonly partition: string;
  /** The account's number; AWS is asked when it is called. */
  accountId(): string;
}

export interface Config extends Around {
  readonly projectName: string;
  /** What config.js returned. */
  // biome-ignore lint/suspicious/noExplicitAny: what the user's own config.js returns is not known here.
  readonly [key: string]: any;
}

/** Given to \`createResources\`. */
export interface Given {
  readonly config: Config;
  readonly stage: string;
  readonly region: string;
}

/** Given to \`dependencies\` and to \`name\`. */
export interface DependenciesGiven {
  readonly config: Config;
}

/** Given to \`properties\`. */
export interface PropertiesGiven {
  readonly config: Config;
  /** A live value of another resource of the spec: its id, or \`path: "live.…"\`. It also orders the steps. */
  getId(reference: Reference): string;
  /** A password made when the resource is created; never compared, never shown. */
  generatePassword(options?: { length?: number }): string;
  /** Text over several lines without the indentation that they share. */
  multiline(text: TemplateStringsArray | (() => unknown), ...values: unknown[]): string;
}

/** What every entry may have. */
export interface Entry {
  /** The name in the spec, where the properties do not give it. */
  name?: string | ((given: DependenciesGiven) => string) | undefined;
  namespace?: string | undefined;
}

/** A resource of the spec by its name. */
export type Name = string | { name: string; provider?: string } | null;
export type Names = Name | readonly Name[];

/** Any attribute of the live resource. */
export type OtherPath = \`live.\${string}\` & {};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
`;
