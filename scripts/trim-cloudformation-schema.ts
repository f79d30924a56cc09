/**
 * Extracts the types that the examples of our types (test/type-examples) name from CloudFormation's schema.
 *
 *   node_modules/.bin/node scripts/trim-cloudformation-schema.ts
 *
 * Fetches the database from npm into a temporary folder. It covers all of AWS (40 MB unzipped, seconds to index), of which a
 * test needs a few kilobytes. For each property it keeps the kind, the members, the allowed values, the default, and whether
 * a change replaces the resource. The schema does not say which properties are never returned (`writeOnly`).
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examples } from "../test/type-examples/all.ts";

const SOURCE = ["@aws-cdk/aws-service-spec@0.1.216", "@aws-cdk/service-spec-types@0.0.282"];
const TARGET = new URL("../test/fixtures/cloudformation/", import.meta.url);

/** The part of the published database that is used here. The package that has its types is not installed. */
interface PublishedType {
  readonly type: string;
  readonly element?: PublishedType;
  readonly types?: readonly PublishedType[];
  readonly reference?: { readonly $ref: string };
  readonly allowedValues?: readonly unknown[];
}
interface PublishedProperty {
  readonly type: PublishedType;
  readonly required?: boolean;
  /** JSON as text. */
  readonly defaultValue?: string;
  readonly causesReplacement?: "yes" | "no" | "maybe";
}
type Properties = Readonly<Record<string, PublishedProperty>>;
interface Database {
  lookup(
    kind: "resource",
    field: "cloudFormationType",
    how: "equals",
    value: string,
  ): {
    only(): { readonly properties: Properties };
  };
  get(kind: "typeDefinition", id: string): { readonly properties: Properties };
}

type Trimmed = Record<string, unknown>;

function published(): Database {
  const folder = mkdtempSync(join(tmpdir(), "cloudformation-"));
  try {
    execFileSync("npm", ["install", "--silent", "--no-save", "--prefix", folder, ...SOURCE]);
    const require = createRequire(join(folder, "index.js"));
    const { loadAwsServiceSpecSync } = require("@aws-cdk/aws-service-spec") as {
      loadAwsServiceSpecSync(): Database;
    };
    return loadAwsServiceSpecSync();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function trimmedType(database: Database, type: PublishedType, within: readonly string[]): Trimmed {
  const { element, reference, types } = type;
  const allowed = type.allowedValues === undefined ? {} : { enum: type.allowedValues };
  if (reference !== undefined) {
    const id = reference.$ref;
    // A structure that contains itself: its members are already known.
    if (within.includes(id)) return { kind: "object" };
    const { properties } = database.get("typeDefinition", id);
    return { kind: "object", members: trimmed(database, properties, [...within, id]) };
  }
  // One of several shapes: take the first that has members.
  if (types !== undefined) {
    const shapes = types.map((one) => trimmedType(database, one, within));
    return shapes.find((shape) => "members" in shape) ?? shapes[0] ?? { kind: "json" };
  }
  if (element !== undefined) return { kind: type.type, of: trimmedType(database, element, within) };
  return { kind: type.type, ...allowed };
}

function trimmed(database: Database, properties: Properties, within: readonly string[]): Trimmed {
  return Object.fromEntries(
    Object.entries(properties)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, property]) => [
        name,
        {
          ...trimmedType(database, property.type, within),
          ...(property.required === true ? { required: true } : {}),
          ...(property.defaultValue === undefined ? {} : { default: JSON.parse(property.defaultValue) }),
          ...((property.causesReplacement ?? "no") === "no" ? {} : { replaces: true }),
        },
      ]),
  );
}

const database = published();
const types = examples.flatMap(({ cloudFormation }) => cloudFormation.map(({ type }) => type));
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET);
for (const type of types) {
  const { properties } = database.lookup("resource", "cloudFormationType", "equals", type).only();
  const text = JSON.stringify({ source: SOURCE[0], properties: trimmed(database, properties, []) }, null, 2);
  writeFileSync(new URL(`${type.replaceAll("::", "-")}.json`, TARGET), `${text}\n`);
}
console.log(`${types.length} types of ${SOURCE[0]}`);
