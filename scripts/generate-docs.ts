/**
 * Writes what is made from the source: the reference in docs/ and the editor's types of specs. `npm run docs`; with
 * `--check` it writes nothing and fails when a file is not what it would write.
 */
import { generated } from "./reference/all.ts";
import { writeOrCheck } from "./reference/files.ts";

writeOrCheck(await generated());
