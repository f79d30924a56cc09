/** The files that `gatewright init` writes, made of the templates. Pure. */
import { joinPath } from "../../source/path.ts";
import type { Answers } from "./answers.ts";

export interface Facts extends Answers {
  /** The stack's directory in the repository: `.` or `apis/orders`. */
  readonly directory: string;
  /** `acme/shop`, if it is known. */
  readonly repository: string | undefined;
  /** The default branch. */
  readonly branch: string;
  /** The directory's package.json names no project. npm writes such a file when it installs a package. */
  readonly nameless: boolean;
  /** Another stack of the repository has the workflows and their roles. */
  readonly joins: boolean;
  /** Twelve digits, if they are known. */
  readonly account: string | undefined;
}

export interface NewFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  readonly whose: Whose;
  /** What it is for, in a few words. */
  readonly about: string;
}

/**
 * Whose file it is, if it exists and says something else. `stack`: nothing is written, unless --force replaces it.
 * `workflows`: it stays, unless --force replaces it. `project`: it stays.
 */
type Whose = "stack" | "workflows" | "project";

interface Template {
  /** Below templates/. */
  readonly from: string;
  readonly to: string;
  readonly whose: Whose;
  readonly about: string;
}

/** Values in the templates, which are valid files themselves. */
const NAME = "my-api";
const REGION = "eu-west-2";
export const ACCOUNT = "123456789012";
export const REPOSITORY = "acme/shop";
export const SETTINGS = ".github/gatewright.yml";
const WORKFLOWS = [".github/workflows/gatewright.yml", ".github/workflows/gatewright-bot.yml"] as const;

export function filesFor(facts: Facts, read: (template: string) => string): readonly NewFile[] {
  return templatesOf(facts).map(({ from, to, whose, about }) => ({
    path: to.replaceAll(NAME, facts.name),
    text: filledIn(from.endsWith(".ts") && to.endsWith(".js") ? inJavaScript(read(from)) : read(from), facts),
    whose,
    about: about.replaceAll(NAME, facts.name),
  }));
}

function templatesOf({ protocol, language, directory, joins, nameless }: Facts): readonly Template[] {
  const spec = language === "typescript" ? "resources.ts" : "resources.js";
  const code = `${NAME}-function/index.mjs`;
  const at = (whose: Whose, from: string, path: string, about: string): Template => ({
    from,
    to: path.startsWith(".github/") ? path : joinPath(directory, path),
    whose,
    about,
  });
  return [
    at("stack", `${protocol}/resources.ts`, spec, "the spec: what AWS should have"),
    at("stack", `function/${protocol}/${code}`, code, "the function's code"),
    at("project", "shared/package.json", "package.json", "its name is the project's"),
    ...(nameless ? [at("stack", "shared/config.js", "config.js", "the project's name")] : []),
    at("project", "shared/gitignore", ".gitignore", "what git leaves out"),
    ...(language === "typescript"
      ? [at("project", "typescript/tsconfig.json", "tsconfig.json", "how the spec is checked")]
      : []),
    ...(joins
      ? []
      : [
          at("workflows", "access/resources.js", "access/resources.js", "a stack: the workflows' roles"),
          at("workflows", "access/package.json", "access/package.json", "its name"),
          at("workflows", `repository/${SETTINGS}`, SETTINGS, "the rules of the stage dev"),
          at("workflows", `repository/${WORKFLOWS[0]}`, WORKFLOWS[0], "plans pull requests"),
          at("workflows", `repository/${WORKFLOWS[1]}`, WORKFLOWS[1], "applies them"),
        ]),
  ];
}

/** A spec in TypeScript as CommonJS: types stand in comments, where editors read them too. */
function inJavaScript(spec: string): string {
  const [head = "", from] = /^import type .* from (".*");\n\n/.exec(spec) ?? [];
  const resource = `import(${from}).Resource`;
  return spec
    .slice(head.length)
    .replace(
      " */\nexport const createResources = (): Resource[] =>",
      ` *\n * @returns {${resource}[]}\n */\nexports.createResources = () =>`,
    )
    .replace(/\((\w+)\): Resource =>/g, `/** @returns {${resource}} */ ($1) =>`);
}

function filledIn(template: string, { name, region, account, repository, branch, directory }: Facts): string {
  const known = account === undefined ? template.replace(/^ +account: .*\n/m, "") : template;
  const words: Readonly<Record<string, string>> = {
    [NAME]: name,
    [REGION]: region,
    [ACCOUNT]: account ?? ACCOUNT,
    [REPOSITORY]: repository ?? REPOSITORY,
    // Inside a text of the spec, and as a value of YAML, which has every text of JSON.
    "refs/heads/main": `refs/heads/${JSON.stringify(branch).slice(1, -1)}`,
    "branches: [main]": `branches: [${JSON.stringify(branch)}]`,
    'directories: ["."]': `directories: [${JSON.stringify(directory)}]`,
    "directory: .": `directory: ${JSON.stringify(directory)}`,
    "apply access": `apply ${joinPath(directory, "access")}`,
  };
  // All at once, so that a value that was filled in is not taken for a word of the template.
  const word = new RegExp(Object.keys(words).map(escaped).join("|"), "g");
  return known.replace(word, (found) => words[found] ?? found);
}

function escaped(text: string): string {
  return text.replace(/[.[\]"*]/g, "\\$&");
}

/** True for a file with a value that `init` did not know. */
export function isUnfinished({ text }: NewFile, { account, repository }: Facts): boolean {
  return (
    (account === undefined && text.includes(ACCOUNT)) ||
    (repository === undefined && text.includes(REPOSITORY))
  );
}
