/** What the generated reference and the editor's types say about resource types, taken from the types themselves. */
import type { AlsoAccepted, ResourceType } from "../../src/resources/type.ts";
import type { DependencyKey } from "../../src/spec/type-rules.ts";
import { type SchemaNode, schemaTree } from "../../src/spec/schema-tree.ts";

export interface TypeModel {
  readonly type: ResourceType;
  readonly group: string;
  readonly name: string;
  readonly tree: SchemaNode;
  readonly dependencies: readonly (readonly [string, DependencyKey])[];
  /** The property that holds the name, which an entry's `name` may give instead. */
  readonly nameProperty?: string | undefined;
  /** Properties that are accepted and become others, as TypeScript. */
  readonly also: Readonly<Record<string, AlsoAccepted>>;
  /** `id` or `live.…` → what it is. */
  readonly paths: Readonly<Record<string, string>>;
}

export function modelsOf(registry: ReadonlyMap<string, ResourceType>): readonly TypeModel[] {
  return [...registry.values()].map((type) => {
    const [group = "", name = ""] = type.type.split("::");
    const tree = schemaTree(type);
    return {
      type,
      group,
      name,
      tree,
      dependencies: Object.entries(type.dependencies),
      nameProperty: nameProperty(type, tree),
      also: type.alsoAccepted ?? {},
      paths: type.attributes ?? {},
    };
  });
}

/** The property that a canonical entry gets its `name` into. */
function nameProperty(type: ResourceType, tree: SchemaNode): string | undefined {
  const probe = "a-name-that-nobody-writes";
  try {
    const { properties } = type.canonical({ name: probe, properties: {}, dependencies: {} });
    return Object.keys(tree.properties ?? {}).find((key) => properties[key] === probe);
  } catch {
    return undefined;
  }
}

/** What a dependency accepts besides names. */
export function literalWords({ acceptsArn, acceptsId, list }: DependencyKey): string {
  if (acceptsArn === true) return ", or an ARN";
  if (acceptsId === undefined) return "";
  return list === true ? ", or ids" : ", or an id";
}
