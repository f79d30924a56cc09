/**
 * `npm run docs`: writes what is generated from the sources, which is the reference in docs/ and the editor types for specs.
 * With `--check` it writes nothing, and fails if a file is out of date.
 */
import { generated } from "./reference/all.ts";
import { writeOrCheck } from "./reference/files.ts";

writeOrCheck(await generated());
