/** What is generated from the bot's sources: the JSON schema of `.github/gatewright.yml`, and the tables in docs/bot.md and docs/previews.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { PERMISSIONS, WEBHOOK_EVENTS } from "../../bot/http/setup/app-manifest.ts";
import { COMMANDS, SHAPES } from "../../bot/commands/grammar/commands.ts";
import { settingsSchema, stageSchema } from "../../src/settings/schema.ts";
import { previewSchema } from "../../src/settings/preview.ts";
import { smokeCallSchema } from "../../src/settings/smoke.ts";
import { type Generated, ROOT } from "./files.ts";
import { code, table } from "./markdown.ts";

const SCHEMA = "schemas/gatewright-settings.schema.json";
const DOCUMENTS = ["docs/bot.md", "docs/previews.md"];

export function settingsFiles(): readonly Generated[] {
  return [
    { path: SCHEMA, text: schemaText() },
    ...DOCUMENTS.map((path) => ({ path, text: withTables(path, readFileSync(join(ROOT, path), "utf8")) })),
  ];
}

/** Draft 7: what the YAML extensions of editors understand best. What has a default need not be written. */
function schemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(settingsSchema, { target: "draft-7", io: "input" });
  const named = {
    $schema,
    title: "Gatewright settings",
    description: "`.github/gatewright.yml` on the default branch; docs/bot.md explains it.",
    ...schema,
  };
  return `${JSON.stringify(named, undefined, 2)}\n`;
}

/** What stands between `<!-- made: NAME -->` and `<!-- /made -->`. */
const TABLES: Readonly<Record<string, () => string>> = {
  settings: () => settingsTable(settingsSchema.shape),
  stage: () => settingsTable(stageSchema.shape),
  smoke: () => settingsTable(smokeCallSchema.shape),
  preview: () => settingsTable(previewSchema.shape),
  permissions: () =>
    table(
      ["Permission", "Access", "For"],
      Object.entries(PERMISSIONS).map(([name, { level, why }]) => [code(name), level, why]),
    ),
  events: () => WEBHOOK_EVENTS.map(code).join(", "),
  commands: () =>
    table(
      ["Command", "What it does"],
      COMMANDS.map((name) => [code(SHAPES[name].usage), SHAPES[name].summary]),
    ),
};

function withTables(path: string, document: string): string {
  return document.replace(
    /(<!-- made: (\w+) -->\n)[\s\S]*?(<!-- \/made -->)/g,
    (_, begin: string, name: string, end: string) => {
      const make = TABLES[name];
      if (make === undefined) throw new Error(`${path} has a place for "${name}", which nothing makes`);
      return `${begin}${make()}\n${end}`;
    },
  );
}

/** For settings without a description in the schema. */
const MEANINGS: Readonly<Record<string, string>> = {
  version: "Version of this format.",
  stages: "Where stacks are deployed, by stage name. The name is also the value of the tag `gc-stage`.",
};

function settingsTable(shape: Readonly<Record<string, z.ZodType>>): string {
  return table(
    ["Setting", "Meaning", "Accepted", "Default"],
    Object.entries(shape).map(([name, schema]) => {
      const json: Json = z.toJSONSchema(schema, { target: "draft-7", io: "input", unrepresentable: "any" });
      return [code(name), json.description ?? MEANINGS[name] ?? "", accepted(json), standard(json)];
    }),
  );
}

/** What is read of a JSON schema. */
interface Json {
  readonly description?: string | undefined;
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly items?: unknown;
  readonly anyOf?: unknown;
  readonly additionalProperties?: unknown;
  readonly pattern?: unknown;
  readonly properties?: unknown;
  readonly default?: unknown;
}

function accepted(json: Json): string {
  if (Array.isArray(json.enum)) return json.enum.map((value) => code(String(value))).join(", ");
  if (json.const !== undefined) return code(String(json.const));
  if (json.type === "array")
    return `list of ${isObject(json.items) ? plural(accepted(json.items)) : "values"}`;
  if (json.type === "object") {
    const of: Json = isObject(json.additionalProperties) ? json.additionalProperties : {};
    if (json.properties !== undefined) return "settings";
    if (of.type === "object") return "map from stage to settings";
    if (Array.isArray(of.anyOf))
      return of.anyOf.some((one) => isObject(one) && one.type === "object")
        ? "map from call to status or expectation"
        : "map from path to value";
    return "map from name to string";
  }
  return json.type === "string" ? "string" : String(json.type);
}

function plural(what: string): string {
  return what === "string" ? "strings" : what;
}

function standard({ default: value }: Json): string {
  if (value === undefined) return "";
  if (isObject(value)) return Object.keys(value).length === 0 ? "none" : code(Object.keys(value).join(", "));
  if (!Array.isArray(value)) return code(String(value));
  return value.length === 0 ? "none" : value.map((one) => code(String(one))).join(", ");
}

function isObject(value: unknown): value is Json & object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
