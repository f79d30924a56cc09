/**
 * Extracts the operations and webhooks that the fake GitHub models from GitHub's OpenAPI description.
 *
 *   node_modules/.bin/node scripts/trim-github-openapi.ts [path to api.github.com.json]
 *
 * Without a path it fetches the description from npm into a temporary folder. The package unpacks to 400 MB, so it is not a
 * dependency. The result is plain JSON Schema (2020-12) in an OpenAPI 3.1 frame, without prose and examples. OpenAPI 3.0's
 * `nullable` becomes a type, so that a validator does not need to know OpenAPI.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operations } from "../test/fakes/github/routes/routes.ts";
import { emittedWebhooks } from "../test/fakes/github/hooks/emitted.ts";
import { type Json, isRecord } from "../test/fakes/github/json.ts";

const source = "@octokit/openapi@23.0.2";
const target = new URL("../test/fakes/github/openapi.json", import.meta.url);
const dropped = new Set(["description", "example", "examples", "title", "summary", "deprecated", "readOnly"]);

/** The description as published, read from `path` or from npm. */
function published(path: string | undefined): Json {
  if (path) return JSON.parse(readFileSync(path, "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "github-openapi-"));
  try {
    const archive = execFileSync("npm", ["pack", "--silent", source], {
      cwd: folder,
      encoding: "utf8",
    }).trim();
    const member = "package/generated/api.github.com.json";
    execFileSync("tar", ["xzf", archive, member], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, member), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A property may be called `title` or `description`: drops prose only where they are schema keywords. */
function schema(value: Json): Json {
  if (Array.isArray(value)) return value.map(schema);
  if (!isRecord(value)) return value;
  const out: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (dropped.has(key) || key.startsWith("x-") || key === "nullable") continue;
    if (key === "properties" && isRecord(inner))
      out[key] = Object.fromEntries(
        Object.entries(inner).map(([name, property]) => [name, schema(property)]),
      );
    else out[key] = key === "enum" || key === "default" || key === "required" ? inner : schema(inner);
  }
  return value.nullable === true ? nullable(out) : out;
}

function nullable(out: Record<string, Json>): Json {
  if (typeof out.type !== "string")
    return Object.keys(out).length === 0 ? {} : { anyOf: [out, { type: "null" }] };
  const values = Array.isArray(out.enum) && !out.enum.includes(null) ? { enum: [...out.enum, null] } : {};
  return { ...out, type: [out.type, "null"], ...values };
}

/** Collects the referenced components; only these are kept. */
function references(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) for (const inner of value) references(inner, found);
  else if (isRecord(value))
    for (const [key, inner] of Object.entries(value))
      if (key === "$ref" && typeof inner === "string") found.add(inner);
      else references(inner, found);
}

const record = (value: Json | undefined): Record<string, Json> => (isRecord(value) ? value : {});
const full = record(published(process.argv[2]));
const components = record(full.components);

/** Resolves the references of parameters, bodies and responses, which are small; keeps those of schemas. */
function resolve(value: Json | undefined): Record<string, Json> {
  const it = record(value);
  if (typeof it.$ref !== "string") return it;
  const [, , kind = "", name = ""] = it.$ref.split("/");
  return record(record(components[kind])[name]);
}

function content(value: Json | undefined): Json {
  return Object.fromEntries(
    Object.entries(record(value)).map(([type, media]) => [
      type,
      { schema: schema(record(media).schema ?? {}) },
    ]),
  );
}

function operation(it: Record<string, Json>, shared: Json | undefined): Json {
  const parameters = [
    ...(Array.isArray(shared) ? shared : []),
    ...(Array.isArray(it.parameters) ? it.parameters : []),
  ];
  const body = resolve(it.requestBody);
  return {
    operationId: it.operationId ?? "",
    externalDocs: { url: record(it.externalDocs).url ?? "" },
    parameters: parameters.map((parameter) => {
      const { name, in: where, required, schema: type, "x-multi-segment": multi } = resolve(parameter);
      return {
        name: name ?? "",
        in: where ?? "",
        ...(required ? { required } : {}),
        ...(multi ? { "x-multi-segment": multi } : {}),
        schema: schema(type ?? {}),
      };
    }),
    ...(it.requestBody
      ? { requestBody: { required: body.required ?? false, content: content(body.content) } }
      : {}),
    responses: Object.fromEntries(
      Object.entries(record(it.responses)).map(([status, response]) => {
        const answer = resolve(response);
        return [status, answer.content ? { content: content(answer.content) } : {}];
      }),
    ),
  };
}

/** Corrections where the description contradicts its own text. */
function correct(): void {
  const answer = record(record(record(record(paths["/app/installations"]?.get).responses)["200"]).content);
  // Written out with `allOf` for the account: nobody is a person and an enterprise at once.
  answer["application/json"] = {
    schema: { type: "array", items: { $ref: "#/components/schemas/installation" } },
  };
  // “You can pass an empty array to remove all labels.”
  const labels = record(paths["/repos/{owner}/{repo}/issues/{issue_number}/labels"]?.put);
  const body = record(record(record(record(labels.requestBody).content)["application/json"]).schema);
  for (const each of Array.isArray(body.oneOf) ? body.oneOf : [])
    delete record(record(record(each).properties).labels).minItems;
  // One such body fits both forms then.
  body.anyOf = body.oneOf ?? [];
  delete body.oneOf;
}

const wanted = new Set<string>(operations.keys());
const paths: Record<string, Record<string, Json>> = {};
for (const [path, item] of Object.entries(record(full.paths)))
  for (const [method, value] of Object.entries(record(item))) {
    const it = record(value);
    if (typeof it.operationId !== "string" || !wanted.delete(it.operationId)) continue;
    paths[path] = { ...paths[path], [method]: operation(it, record(item).parameters) };
  }
correct();
const webhooks: Record<string, Json> = {};
for (const name of emittedWebhooks) {
  const media = record(
    record(record(resolve(record(record(full["x-webhooks"])[name]).post).requestBody).content),
  );
  const body = record(media["application/json"]).schema;
  if (body) webhooks[name] = schema(body);
  else wanted.add(`webhook ${name}`);
}
if (wanted.size > 0) throw new Error(`not in GitHub's description: ${[...wanted].join(", ")}`);

const schemas: Record<string, Json> = {};
const queue = new Set<string>();
references([paths, webhooks], queue);
for (const reference of queue) {
  const name = reference.replace("#/components/schemas/", "");
  schemas[name] = schema(record(components.schemas)[name] ?? {});
  references(schemas[name], queue);
}

/** Webhooks repeat people and repositories dozens of times: gives a name to every repeated schema. */
function share(): void {
  const count = new Map<string, number>();
  const isObject = (value: Json | undefined): boolean => isRecord(value) && isRecord(value.properties);
  const visit = (value: Json | undefined): void => {
    if (isObject(value)) {
      const key = JSON.stringify(value);
      count.set(key, (count.get(key) ?? 0) + 1);
      // The inside of a named schema is covered by its name.
      if (count.get(key) !== 1) return;
    }
    if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) visit(inner);
  };
  visit([paths, schemas]);
  const replace = (value: Json, top: boolean): Json => {
    if (Array.isArray(value)) return value.map((inner) => replace(inner, false));
    if (!isRecord(value)) return value;
    const key = JSON.stringify(value);
    const inner = Object.fromEntries(Object.entries(value).map(([name, it]) => [name, replace(it, false)]));
    if (top || !isObject(value) || (count.get(key) ?? 0) < 2 || key.length < 160) return inner;
    const name = `shared-${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
    schemas[name] ??= inner;
    return { $ref: `#/components/schemas/${name}` };
  };
  for (const [name, value] of Object.entries(schemas)) schemas[name] = replace(value, true);
  for (const item of Object.values(paths))
    for (const [method, value] of Object.entries(item)) item[method] = replace(value, true);
}
share();

/** One operation or schema per line: small, and easy to read in a diff. */
const lines = (value: Record<string, Json>): string =>
  Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}: ${JSON.stringify(value[key])}`)
    .join(",\n");
writeFileSync(
  target,
  `{"openapi": "3.1.0", "info": {"title": "GitHub, trimmed", "version": ${JSON.stringify(source)}},\n` +
    `"paths": {\n${lines(paths)}\n},\n"webhooks": {\n${lines(webhooks)}\n},\n` +
    `"components": {"schemas": {\n${lines(schemas)}\n}}}\n`,
);
console.log(
  `${Object.keys(paths).length} paths, ${Object.keys(schemas).length} schemas, ${Object.keys(webhooks).length} webhooks`,
);
