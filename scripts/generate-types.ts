/**
 * Writes `types/gatewright.d.ts`, the editor's types of specs, from the schemas of the resource types. Part of
 * `npm run docs`; with `--check` it writes nothing and fails when the file is not what it would write.
 */
import { resourceTypes } from "../src/resources/registry.ts";
import { formatted, writeOrCheck } from "./reference/files.ts";
import { modelsOf } from "./reference/model.ts";
import { typesText } from "./reference/typescript.ts";

const path = "types/gatewright.d.ts";
writeOrCheck([{ path, text: formatted(path, typesText(modelsOf(resourceTypes))) }]);
