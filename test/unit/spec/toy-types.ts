/** Made-up types with the shapes that matter to the loader: a root, a child, one named after two others, one that serves. */
import * as z from "zod";
import { nameFrom, propertyName } from "../../../src/resources/naming.ts";
import {
  enumText,
  flag,
  properties,
  text,
  textList,
  textMap,
  wholeNumber,
} from "../../../src/resources/schema.ts";
import type { ResourceType } from "../../../src/resources/type.ts";

const common: Omit<ResourceType, "type" | "dependencies" | "schema" | "name"> = {
  summary: "for tests",
  createOnly: [],
  writeOnly: [],
  unordered: [],
  sensitive: [],
  policyDocuments: [],
  taggable: false,
  replaceOrder: "delete-first",
  consequence: () => undefined,
  canonical: (entry) => entry,
  desiredState: ({ properties: wanted }) => wanted,
  read: async () => [],
  create: async () => {
    throw new Error("not in these tests");
  },
  update: async () => {
    throw new Error("not in these tests");
  },
  delete: async () => {},
};

const shelf: ResourceType = {
  ...common,
  type: "Toy::Shelf",
  dependencies: {},
  schema: properties({
    Name: text().describe("Name of the shelf."),
    Width: wholeNumber(1, 100).optional().describe("Width in cm. Default: 80."),
    Colour: enumText("red", "green").optional().describe("Default: red."),
    Painted: flag().optional(),
    Labels: textList().max(2).optional(),
    Secret: text().max(5).optional(),
    Board: properties({ Wood: text().optional(), Depth: z.number().optional() }).optional(),
    Notes: textMap().optional(),
    Rules: z.union([z.string(), z.strictObject({ Most: z.number() })]).optional(),
  }),
  sensitive: ["Secret"],
  canonical: (entry) => nameFrom("Name", entry),
  name: (entry) => propertyName("Name", entry),
};

const book: ResourceType = {
  ...common,
  type: "Toy::Book",
  dependencies: {
    shelf: { type: "Toy::Shelf", parent: true, required: true },
    sequel: { type: "Toy::Book" },
    authors: { type: "Toy::Author", list: true, acceptsArn: true, aliases: ["writers"] },
    lamp: { type: "Toy::Lamp" },
  },
  schema: properties({ Title: text(), Text: text().optional(), Pages: wholeNumber(1).optional() }),
  name: ({ properties: { Title }, dependencies }) => `${dependencies.shelf?.[0]}::${String(Title)}`,
  aliases: ({ properties: { Title } }) => [String(Title)],
  check: ({ properties: { Title } }) =>
    Title === "Untitled" ? [{ path: "Title", message: "says nothing", hint: "Think of one." }] : [],
};

const author: ResourceType = {
  ...common,
  type: "Toy::Author",
  dependencies: { book: { type: "Toy::Book", required: true } },
  schema: properties({ About: text().optional() }),
  name: (entry) => entry.name ?? `author::${entry.dependencies.book?.[0]}`,
};

export const toys: ReadonlyMap<string, ResourceType> = new Map(
  [shelf, book, author].map((type) => [type.type, type]),
);
