/** Reads the templates: of the repository when it runs from sources, else of dist/. */
import { readFileSync } from "node:fs";

const FOLDER = import.meta.url.endsWith(".ts") ? "../../../templates/" : "./templates/";

export function readTemplate(path: string): string {
  return readFileSync(new URL(`${FOLDER}${path}`, import.meta.url), "utf8");
}
