/** What `gatewright init` has to know, its accepted forms and its defaults. Pure. */
import { basename } from "node:path";
import { isRegion, REGION_FORM } from "../../model/stage.ts";

export const PROTOCOLS = ["http", "websocket"] as const;
export const LANGUAGES = ["javascript", "typescript"] as const;

export type Protocol = (typeof PROTOCOLS)[number];
export type Language = (typeof LANGUAGES)[number];

export interface Answers {
  /** The API's name, and the beginning of every other name in AWS. */
  readonly name: string;
  readonly region: string;
  readonly protocol: Protocol;
  /** The language of the spec. */
  readonly language: Language;
}

/** Room for what follows it in the longest name: a role's has 64 characters, `gatewright-NAME-dev-plan` 20 more. */
const NAME = /^[a-z][a-z0-9-]{0,39}$/;
export const NAME_FORM =
  "1 to 40 small letters, digits and dashes, beginning with a letter, such as orders-api";
export const REPOSITORY_FORM = "the repository on GitHub, such as acme/shop";

export function isName(text: string): boolean {
  return NAME.test(text);
}

export function isRepository(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/.test(text);
}

/** The word of a list that is meant: `HTTP` is `http`. */
export function wordOf<Word extends string>(words: readonly Word[], text: string): Word | undefined {
  return words.find((word) => word === text.toLowerCase());
}

export interface Question<Key extends keyof Answers = keyof Answers> {
  readonly key: Key;
  readonly text: string;
  readonly form: string;
  /** The value that an answer stands for; `undefined` if it is not accepted. */
  readonly take: (answer: string) => Answers[Key] | undefined;
}

/** In the order in which they are asked. */
export const QUESTIONS: { readonly [Key in keyof Answers]: Question<Key> } = {
  name: {
    key: "name",
    text: "Name of the API",
    form: NAME_FORM,
    take: (answer) => (isName(answer) ? answer : undefined),
  },
  region: {
    key: "region",
    text: "AWS region",
    form: REGION_FORM,
    take: (answer) => (isRegion(answer) ? answer : undefined),
  },
  protocol: {
    key: "protocol",
    text: "Protocol, HTTP or WEBSOCKET",
    form: "HTTP or WEBSOCKET",
    take: (answer) => wordOf(PROTOCOLS, answer),
  },
  language: {
    key: "language",
    text: "Language of the spec, JavaScript or TypeScript",
    form: "JavaScript or TypeScript",
    take: (answer) => wordOf(LANGUAGES, answer),
  },
};

/** A name made of a folder's: `My Shop` is `my-shop`. */
export function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return name === "" ? "my-api" : name;
}
