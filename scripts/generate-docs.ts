/**
 * Writes the reference in docs/ from the source: spec.md, action.md, errors.md, permissions.md. With `--check` it writes
 * nothing and fails when one of them is not what it would write.
 */
import { resourceTypes } from "../src/resources/registry.ts";
import { actionText } from "./reference/action.ts";
import { errorsText } from "./reference/errors.ts";
import { writeOrCheck } from "./reference/files.ts";
import { modelsOf } from "./reference/model.ts";
import { permissionsText } from "./reference/permissions.ts";
import { specText } from "./reference/spec.ts";

writeOrCheck([
  { path: "docs/spec.md", text: specText(modelsOf(resourceTypes)) },
  { path: "docs/action.md", text: actionText() },
  { path: "docs/errors.md", text: errorsText() },
  { path: "docs/permissions.md", text: permissionsText() },
]);
