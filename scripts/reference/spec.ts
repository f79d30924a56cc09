/** `docs/spec.md`: the reference of every resource type. Pure. */
import { acceptedForm, alternatives, type SchemaNode } from "../../src/spec/schema-tree.ts";
import { anchor, code, MADE_BY, table } from "./markdown.ts";
import { literalWords, type TypeModel } from "./model.ts";
import { SPEC_INTRODUCTION } from "./spec-introduction.ts";
import { PLAN_CALLS, type PlanCalls } from "./plan-calls.ts";
import { isFilledIn } from "./typescript.ts";

export function specText(models: readonly TypeModel[]): string {
  const known = new Set(models.map(({ type }) => type.type));
  const contents = models.map(
    ({ type }) => `- [${type.type}](#${anchor(type.type)}): ${type.summary.replace(/\.$/, "")}`,
  );
  return `${[MADE_BY, SPEC_INTRODUCTION, "## Resource types", contents.join("\n"), overview(models), ...models.map((model) => typeText(model, known))].join("\n\n")}\n`;
}

/** What a change does to each type, what is lost with one, and what looking at one asks of AWS. */
function overview(models: readonly TypeModel[]): string {
  const rows = models.map(({ type, tree }) => {
    const replacing = type.createOnly.filter((path) => !path.includes("*"));
    const inPlace = Object.keys(tree.properties ?? {}).filter((key) => !replacing.includes(key));
    return [
      `[${type.type}](#${anchor(type.type)})`,
      type.onlyRead === true ? "– (only read)" : listed(inPlace),
      listed(replacing),
      type.protected ?? "–",
      listed(type.permissions?.read ?? []),
      callWords(PLAN_CALLS[type.type]),
    ];
  });
  const head = [
    "Type",
    "Changed in place",
    "A change of these replaces it",
    "Goes only by name, because it holds",
    "Reading it calls",
    "Calls of a plan",
  ];
  return [
    "## What a change does",
    "Some changes in place depend on the values (a queue becomes FIFO only when it is made again): where AWS cannot make one, the plan says `replace` and why.",
    "*Calls of a plan* are what one resource with all of its properties adds to a plan without changes, measured on the strict local AWS: for each resource of the type, once for each resource that holds such (a function its aliases, a zone its records), and once for all of them. What is read with its parent adds none.",
    table(head, rows),
  ].join("\n\n");
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "–" : names.map(code).join(", ");
}

function callWords({ each, holder, all }: PlanCalls = { each: 0, holder: 0, all: 0 }): string {
  const parts = [
    each === 0 ? "" : `${each} for each`,
    holder === 0 ? "" : `${holder} for each that holds such`,
    all === 0 ? "" : `${all} for all`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "none" : parts.join(", ");
}

function typeText(model: TypeModel, known: ReadonlySet<string>): string {
  const { type, group, name, dependencies, paths } = model;
  const rows = propertyRows(model);
  return [
    `### ${type.type}`,
    type.summary,
    `\`{type: "${name}", group: "${group}"}\`. Its name: ${type.called}.`,
    rows.length === 0 ? "It has no properties." : table(["Property", "Value", "Meaning", "Notes"], rows),
    dependencies.length === 0 ? "It has no dependencies." : dependencyTable(model, known),
    table(
      ["`getId` path", "Value"],
      Object.entries(paths).map(([path, what]) => [code(path), what]),
    ),
    ...(type.taggable ? [] : ["It has no tags."]),
  ].join("\n\n");
}

function propertyRows(model: TypeModel): string[][] {
  const also = Object.entries(model.also).map(([key, { as, says }]) => [
    code(key),
    as === "Self" ? "an object" : code(as),
    says,
    "also accepted",
  ]);
  return [...rowsOf(model, model.tree, []), ...also];
}

function rowsOf(model: TypeModel, node: SchemaNode, above: readonly string[]): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([key, inner]) => {
    if (isFilledIn(inner)) return [];
    const path = [...above, key];
    const required =
      node.required?.includes(key) === true && !(above.length === 0 && key === model.nameProperty);
    const row = [
      code(path.join(".")),
      acceptedForm(shallow(inner)),
      inner.description ?? "",
      notes(model, path, required),
    ];
    const below = alternatives(inner).flatMap((one) => [
      ...rowsOf(model, one, path),
      ...(typeof one.additionalProperties === "object"
        ? rowsOf(model, one.additionalProperties, [...path, "*"])
        : []),
      ...(one.items === undefined
        ? []
        : alternatives(one.items).flatMap((item) => rowsOf(model, item, [...path.slice(0, -1), `${key}[]`]))),
    ]);
    return [row, ...below];
  });
}

/** Members have rows of their own. */
function shallow(node: SchemaNode): SchemaNode {
  if (node.properties === undefined) return node;
  const { properties: _members, ...rest } = node;
  return rest;
}

function notes({ type, nameProperty }: TypeModel, path: readonly string[], required: boolean): string {
  const has = (paths: readonly string[]): boolean => paths.some((pattern) => matches(pattern, path));
  const parts = [
    required ? "**required**" : "",
    path.join(".") === nameProperty ? "**required**, here or as `name`" : "",
    has(type.createOnly) ? "a change replaces the resource" : "",
    has(type.sensitive) ? "sensitive" : "",
    has(type.writeOnly) ? "never compared" : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function matches(pattern: string, path: readonly string[]): boolean {
  const wanted = pattern.split(".").filter((segment) => segment !== "*");
  const given = path.map((segment) => segment.replace("[]", ""));
  return wanted.join(".") === given.join(".");
}

function dependencyTable({ dependencies }: TypeModel, known: ReadonlySet<string>): string {
  const rows = dependencies.map(([key, declared]) => [
    code(key),
    `${declared.list === true ? "names" : "the name"} of ${code(declared.type)}${literalWords(declared)}`,
    [
      declared.parent === true
        ? "**required**, its parent"
        : declared.required === true
          ? "**required**"
          : "",
      known.has(declared.type) ? "" : "not yet supported",
      declared.orderOnly === true ? "affects only the order" : "",
      declared.aliases === undefined ? "" : `alias: ${declared.aliases.map(code).join(", ")}`,
    ]
      .filter((part) => part !== "")
      .join(", "),
  ]);
  return table(["Dependency", "Names", "Notes"], rows);
}
