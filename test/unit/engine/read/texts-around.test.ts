/** An ordinary word is not looked for inside other texts: the spec's texts that it is a part of are. */
import { expect, test } from "vitest";
import { textsAround } from "../../../../src/engine/read/stored.ts";
import type { JsonValue, Template } from "../../../../src/model/values.ts";

const stored = (name: string) => ({ stored: { from: "secret" as const, name, key: "" } });
const reference = { ref: { type: "Toy::Box", name: "b", path: "id", suffix: "" } };

function around(...$template: Template["$template"]): readonly string[] {
  const text = (value: { readonly name: string }) =>
    value.name === "gone" ? { $unknown: "secret gone" } : value.name;
  return textsAround([{ properties: { List: [{ Text: { $template } as JsonValue }] } }], text, ["orders"]);
}

test.each<[string, Template["$template"], readonly string[]]>([
  ["an address", ["https://x/", stored("orders")], ["https://x/orders"]],
  ["a name with it", ["app_", stored("orders"), "x"], ["app_ordersx"]],
  ["beside another value", [stored("orders"), stored("a")], ["ordersa"]],
  ["the lines with it", ["first\nkey: ", stored("orders"), "\nlast"], ["key: orders"]],
  ["nothing but it", [stored("orders")], []],
  ["another value", ["x", stored("longer-one")], []],
  ["the word in the spec's own text", ["orders", stored("longer-one")], []],
  ["beside a reference", [stored("orders"), reference], []],
  ["beside what is not there", [stored("orders"), stored("gone")], []],
])("%s", (_what, template, expected) => {
  expect(around(...template)).toEqual(expected);
});
