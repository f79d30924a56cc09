/** The licences of the packages in a bundle, as one text. The licences require that they are shipped with it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param inputs files that went into the bundle, relative to `root`
 * @param more packages that were included in some other way
 */
export function licensesOf(root: string, inputs: readonly string[], more: readonly string[]): string {
  const folders = new Set(more.map((name) => `node_modules/${name}`));
  for (const input of inputs) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  const byText = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { title, text } = describe(root, folder);
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const sections = [...byText].map(([text, titles]) => `${[...new Set(titles)].join("\n")}\n\n${text}\n`);
  return sections.join(`\n${"-".repeat(80)}\n\n`);
}

function describe(root: string, folder: string): { readonly title: string; readonly text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(join(root, folder))
    .sort()
    .find((one) => /^(licen[sc]e|copying)/i.test(one));
  const text = file === undefined ? "" : readFileSync(join(root, folder, file), "utf8").trim();
  return { title: `${name} ${version} (${license ?? "see below"})`, text };
}
