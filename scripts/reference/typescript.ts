/** TypeScript types of specs, as text: `types/gatewright.d.ts`. Pure. */
import type { DependencyKey } from "../../src/spec/type-rules.ts";
import { alternatives, type SchemaNode } from "../../src/spec/schema-tree.ts";
import { literalWords, type TypeModel } from "./model.ts";
import { PREAMBLE } from "./preamble.ts";

export function typesText(models: readonly TypeModel[]): string {
  const resources = models.map((model) => `  | ${readOnlyTitleOf(model)}\n  | ${titleOf(model)}`).join("\n");
  const references = models.map((model) => `  | ${referenceType(model)}`).join("\n");
  return [
    PREAMBLE,
    `/** An entry of the spec. \`group\` and \`type\` decide what else it may have. */\nexport type Resource =\n${resources};\n`,
    `/** What \`getId\` asks for: a resource of the spec, and which of its values. */\nexport type Reference =\n${references};\n`,
    ...models.map(typeText),
  ].join("\n");
}

/** `ApiGatewayV2::Api` → `ApiGatewayV2Api` */
function titleOf({ group, name }: TypeModel): string {
  return `${group}${name}`;
}

/**
 * Of a union's members that fit equally well, TypeScript explains the last one: a missing property must not read as
 * "'readOnly' is missing". TypeScript 7 orders them by name, where `$` comes first; older ones by their place in the file.
 */
function readOnlyTitleOf(model: TypeModel): string {
  return `$ReadOnly${titleOf(model)}`;
}

function referenceType({ group, name, paths }: TypeModel): string {
  const known = Object.keys(paths).map((path) => JSON.stringify(path));
  const path = [...known, "OtherPath"].join(" | ");
  return `{ group: "${group}"; type: "${name}"; name: string; path?: ${path}; suffix?: string }`;
}

function typeText(model: TypeModel): string {
  const { type, group, name, dependencies } = model;
  const title = titleOf(model);
  const mustDepend = dependencies.some(([, { required, parent }]) => required === true || parent === true);
  const required = requiredOf(model);
  const common = `  group: "${group}";\n  type: "${name}";`;
  return `/** One that exists already and is only referred to. */
export interface ${readOnlyTitleOf(model)} extends Entry {
${common}
  readOnly: true;
  properties?: Partial<${title}Properties> | ((given: PropertiesGiven) => Partial<${title}Properties>);
  dependencies?: Partial<${title}Dependencies> | ((given: DependenciesGiven) => Partial<${title}Dependencies>);
}

${comment(type.summary, "")}export interface ${title} extends Entry {
${common}
  readOnly?: false | undefined;
  properties${required.length > 0 ? "" : "?"}: ${title}Properties | ((given: PropertiesGiven) => ${title}Properties);
  dependencies${mustDepend ? "" : "?"}: ${title}Dependencies | ((given: DependenciesGiven) => ${title}Dependencies);
}

export interface ${title}Properties ${objectText(withAlso(model), "", required)}

${dependenciesText(title, dependencies)}`;
}

function dependenciesText(title: string, dependencies: TypeModel["dependencies"]): string {
  if (dependencies.length === 0)
    return `export interface ${title}Dependencies {\n  /** It has none. */\n  none?: never;\n}\n`;
  const members = dependencies.map(([key, declared]) => dependencyText(key, declared));
  return `export interface ${title}Dependencies {\n${members.join("")}}\n`;
}

/** Required properties, less the name's, and none where a type accepts its properties in another form. */
function requiredOf({ tree, nameProperty, also }: TypeModel): readonly string[] {
  const otherForm = Object.values(also).some(({ as }) => as === "Self");
  return otherForm ? [] : (tree.required ?? []).filter((key) => key !== nameProperty);
}

type WithText = SchemaNode & { readonly text?: string };

function withAlso(model: TypeModel): SchemaNode {
  const properties: Record<string, WithText> = {};
  for (const [key, node] of Object.entries(model.tree.properties ?? {})) {
    if (!isFilledIn(node)) properties[key] = node;
  }
  for (const [key, { as, says }] of Object.entries(model.also)) {
    const self = `Omit<${titleOf(model)}Properties, "${key}">`;
    const before = properties[key]?.description;
    properties[key] = {
      description: [before, says].filter(Boolean).join(" "),
      text: as === "Self" ? self : as,
    };
  }
  return { ...model.tree, properties };
}

/** Properties that no user writes. */
export function isFilledIn({ description }: SchemaNode): boolean {
  return description?.startsWith("Filled in by Gatewright") === true;
}

function objectText(node: SchemaNode, indent: string, required = node.required ?? []): string {
  const members = Object.entries(node.properties ?? {}).map(([key, inner]) => {
    const optional = required.includes(key) ? "" : "?";
    const type = typeOf(inner, `${indent}  `);
    const text = `${indent}  ${memberName(key)}${optional}: ${type}${optional === "" ? "" : " | undefined"};\n`;
    return `${comment(inner.description, `${indent}  `)}${text}`;
  });
  return `{\n${members.join("")}${indent}}`;
}

function typeOf(node: WithText, indent: string): string {
  if (node.text !== undefined) return node.text;
  if (node.$ref !== undefined) return "Json";
  const inner = alternatives(node);
  if (inner.length > 1) return [...new Set(inner.map((one) => typeOf(one, indent)))].join(" | ");
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map((word) => JSON.stringify(word)).join(" | ");
  switch (node.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array": {
      const item = node.items === undefined ? "Json" : typeOf(node.items, indent);
      return /^[\w"]+$/.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`;
    }
    case "object":
      if (node.properties !== undefined) return objectText(node, indent);
      return typeof node.additionalProperties === "object"
        ? `Readonly<Record<string, ${typeOf(node.additionalProperties, indent)}>>`
        : "Readonly<Record<string, Json>>";
    default:
      return "Json";
  }
}

function dependencyText(key: string, declared: DependencyKey): string {
  const needed = declared.required === true || declared.parent === true;
  const what =
    declared.parent === true
      ? `The ${declared.type} it is part of.`
      : `${declared.list === true ? "Names" : "Name"} of ${declared.type}${literalWords(declared)}.`;
  const order = declared.orderOnly === true ? " Only orders the steps." : "";
  const type = declared.list === true ? "Names" : "Name";
  return `  /** ${what}${order} */\n  ${key}${needed ? "" : "?"}: ${type}${needed ? "" : " | undefined"};\n`;
}

function memberName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function comment(text: string | undefined, indent: string): string {
  return text === undefined || text === "" ? "" : `${indent}/** ${text.replaceAll("*/", "*\\/")} */\n`;
}
