/**
 * Packs rubico into one text: an expression whose value is `{"rubico": () => exports, "rubico/x": () => exports}`.
 * The build writes it to dist/; from sources it is packed when a spec first uses it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { posix } from "node:path";
import { pathToFileURL } from "node:url";

const ENTRIES = { rubico: "index.js", "rubico/x": "x/index.js" } as const;

export function packRubico(): string {
  const root = new URL(".", pathToFileURL(createRequire(import.meta.url).resolve("rubico/package.json")));
  const files = new Map<string, string>();
  for (const entry of Object.values(ENTRIES)) addFile(root, entry, files);
  const license = readFileSync(new URL("LICENSE", root), "utf8").trim();
  const modules = [...files].map(
    ([path, text]) => `${JSON.stringify(path)}: function (exports, require, module) {${text}\n},\n`,
  );
  const entries = Object.entries(ENTRIES).map(
    ([name, path]) => `${JSON.stringify(name)}: () => load(${JSON.stringify(path)}),\n`,
  );
  return `/*!\nrubico\n\n${license}\n*/
(() => {
const files = {
${modules.join("")}};
const loaded = {};
const load = (path) => {
if (path in loaded) return loaded[path].exports;
const module = (loaded[path] = { exports: {} });
files[path](module.exports, (name) => load(resolve(path, name)), module);
return module.exports;
};
const resolve = (from, name) => {
const parts = from.split("/").slice(0, -1);
for (const part of name.split("/")) part === ".." ? parts.pop() : part !== "." && parts.push(part);
return parts.join("/") + ".js";
};
return {
${entries.join("")}};
})()
`;
}

function addFile(root: URL, path: string, files: Map<string, string>): void {
  if (files.has(path)) return;
  const text = readFileSync(new URL(path, root), "utf8");
  files.set(path, text);
  for (const [, name] of text.matchAll(/\brequire\('(\.[^']+)'\)/g)) {
    if (name !== undefined) addFile(root, `${posix.join(posix.dirname(path), name)}.js`, files);
  }
}
