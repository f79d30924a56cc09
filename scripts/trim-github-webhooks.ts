/**
 * Writes the shape of GitHub's own webhook examples, for the events that the fake GitHub sends.
 *
 *   node_modules/.bin/node scripts/trim-github-webhooks.ts [path to api.github.com/index.json]
 *
 * It keeps the keys that all examples of an event and action have, with their types. A test compares the fake's payloads with
 * them. The examples come from the npm package @octokit/webhooks-examples.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emittedWebhooks, webhookName } from "../test/fakes/github/hooks/emitted.ts";
import { isRecord, type Json, text } from "../test/fakes/github/json.ts";

const source = "@octokit/webhooks-examples@7.6.1";
const target = new URL("../test/fixtures/github-webhook-shapes.json", import.meta.url);

function published(path: string | undefined): Json {
  if (path) return JSON.parse(readFileSync(path, "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "github-webhooks-"));
  try {
    const archive = execFileSync("npm", ["pack", "--silent", source], {
      cwd: folder,
      encoding: "utf8",
    }).trim();
    const member = "package/api.github.com/index.json";
    execFileSync("tar", ["xzf", archive, member], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, member), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `{key: shape}` of an object, or the name of any other type. Does not look into lists. */
type Shape = string | { [key: string]: Shape };

/** Keys whose values differ between examples by nature. */
const free = new Set(["permissions", "custom_properties", "payload"]);

function shapeOf(value: Json | undefined, key = ""): Shape {
  if (isRecord(value) && !free.has(key))
    return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, shapeOf(it, name)]));
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

/** The common part of two shapes. Different types are both kept; of an object and `null`, the object. */
function common(left: Shape, right: Shape): Shape {
  if (typeof left === "string" && typeof right === "string")
    return [...new Set([...left.split("|"), ...right.split("|")])].sort().join("|");
  if (typeof left === "string") return right;
  if (typeof right === "string") return left;
  const shape: Shape = {};
  for (const [key, inner] of Object.entries(left)) {
    const other = right[key];
    if (other !== undefined) shape[key] = common(inner, other);
  }
  return shape;
}

const shapes: Record<string, Shape> = {};
const all = published(process.argv[2]);
for (const event of Array.isArray(all) ? all : [])
  for (const example of isRecord(event) && Array.isArray(event.examples) ? event.examples : []) {
    const name = webhookName(text(event, "name") ?? "", text(example, "action"));
    if (!emittedWebhooks.includes(name)) continue;
    const known = shapes[name];
    const shape = shapeOf(example);
    shapes[name] = known === undefined ? shape : common(known, shape);
  }
const lines = Object.keys(shapes)
  .sort()
  .map((name) => `${JSON.stringify(name)}: ${JSON.stringify(shapes[name])}`);
writeFileSync(target, `{"source": ${JSON.stringify(source)}, "events": {\n${lines.join(",\n")}\n}}\n`);
console.log(`${lines.length} of ${emittedWebhooks.length} webhooks have examples`);
