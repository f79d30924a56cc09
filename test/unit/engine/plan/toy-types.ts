/** Two made-up resource types, small enough to see through: a box, and things in it that may point to each other. */
import * as z from "zod";
import type { Desired, Live, ResourceType } from "../../../../src/resources/type.ts";
import type { DesiredResource, LoadedSpec } from "../../../../src/spec/types.ts";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import type { JsonObject } from "../../../../src/model/values.ts";

const verbs: Pick<ResourceType, "read" | "create" | "update" | "delete"> = {
  read: async () => [],
  create: async () => {
    throw new Error("not in these tests");
  },
  update: async () => {
    throw new Error("not in these tests");
  },
  delete: async () => {},
};

const common: Omit<ResourceType, "type" | "dependencies"> = {
  ...verbs,
  summary: "for tests",
  schema: z.object({}),
  createOnly: ["Fixed"],
  writeOnly: ["Secret"],
  unordered: ["Set"],
  sensitive: ["Token"],
  policyDocuments: [],
  taggable: false,
  replaceOrder: "delete-first",
  consequence: (live) => `${live.name} is gone`,
  canonical: (entry) => entry,
  name: (entry) => entry.name ?? "",
  desiredState: (desired: Desired): JsonObject => ({
    ...desired.properties,
    ...(desired.dependency("peer") === undefined ? {} : { Peer: desired.dependency("peer")?.id ?? null }),
  }),
};

export const box: ResourceType = {
  ...common,
  type: "Toy::Box",
  dependencies: {},
  taggable: true,
  predict: ({ name }) => ({ Arn: `arn:${name}` }),
};

export const thing: ResourceType = {
  ...common,
  type: "Toy::Thing",
  dependencies: { box: { type: "Toy::Box", parent: true, required: true }, peer: { type: "Toy::Thing" } },
};

/** Serves the things of its box, and what is inside them. */
export const release: ResourceType = {
  ...common,
  type: "Toy::Release",
  createOnly: ["Stage"],
  dependencies: { box: { type: "Toy::Box", parent: true, required: true }, stage: { type: "Toy::Thing" } },
  serves: {
    types: ["Toy::Thing", "Toy::Part"],
    needs: "Toy::Thing",
    ignores: ["Tags"],
    callers: "stage",
    property: "Served",
  },
  desiredState: ({ properties, served }) => ({ ...properties, Served: served ?? null }),
};

/** Something in a thing. */
export const part: ResourceType = {
  ...common,
  type: "Toy::Part",
  dependencies: { thing: { type: "Toy::Thing", parent: true, required: true } },
};

export const toys: ReadonlyMap<string, ResourceType> = new Map([
  [box.type, box],
  [thing.type, thing],
  [release.type, release],
  [part.type, part],
]);

export const stack = {
  directory: ".",
  projectName: "shop",
  stage: "dev",
  region: "eu-west-2",
  account: "840541460064",
  partition: "aws",
};

export const ourTags = {
  "gc-managed-by": "gatewright",
  "gc-project-name": "shop",
  "gc-stage": "dev",
  "gc-created-by-provider": "aws",
};

export function wantBox(
  name: string,
  properties: JsonObject = {},
  more: Partial<DesiredResource> = {},
): DesiredResource {
  return {
    key: `Toy::Box::${name}`,
    type: "Toy::Box",
    name,
    readOnly: false,
    properties,
    dependencies: {},
    edges: [],
    ...more,
  };
}

export function wantThing(
  name: string,
  inBox: string,
  properties: JsonObject = {},
  peer?: string,
): DesiredResource {
  const parent = `Toy::Box::${inBox}`;
  const peerKey = peer === undefined ? undefined : `Toy::Thing::${peer}`;
  return {
    key: `Toy::Thing::${name}`,
    type: "Toy::Thing",
    name,
    readOnly: false,
    properties,
    dependencies: { box: [{ key: parent }], ...(peerKey === undefined ? {} : { peer: [{ key: peerKey }] }) },
    edges: [parent, ...(peerKey === undefined ? [] : [peerKey])],
    parent,
  };
}

/** Any other child: `wantIn("Release", "r", "Box::a")` */
export function wantIn(
  type: string,
  name: string,
  inside: string,
  properties: JsonObject = {},
): DesiredResource {
  const parent = `Toy::${inside}`;
  return {
    ...wantBox(name, properties),
    key: `Toy::${type}::${name}`,
    type: `Toy::${type}`,
    edges: [parent],
    parent,
  };
}

export function haveIn(type: string, name: string, parent: Observed, state: JsonObject = {}): Observed {
  const one = haveThing(name, parent, state);
  return { ...one, live: { ...one.live, type: `Toy::${type}` } };
}

export function haveBox(
  name: string,
  state: JsonObject = {},
  tags: Record<string, string> | undefined = ourTags,
): Observed {
  const live: Live = {
    type: "Toy::Box",
    name,
    id: `id-${name}`,
    state: { ...state, Tags: { ...tags } },
    attributes: { Arn: `arn:${name}` },
    tags,
  };
  return { live, ours: tags === ourTags };
}

export function haveThing(name: string, parent: Observed, state: JsonObject = {}): Observed {
  const live: Live = {
    type: "Toy::Thing",
    name,
    id: `id-${name}`,
    parentId: parent.live.id,
    state,
    attributes: {},
  };
  return { live, ours: parent.ours, parent };
}

export function specOf(
  ...resources: DesiredResource[]
): Pick<LoadedSpec, "resources" | "satisfied" | "warnings" | "open"> {
  return { resources, satisfied: [], warnings: [], open: [] };
}
