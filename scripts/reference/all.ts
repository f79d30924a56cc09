/** Every generated document. */
import { resourceTypes } from "../../src/resources/registry.ts";
import { actionText } from "./action.ts";
import { errorsText } from "./errors.ts";
import { formatted, type Generated } from "./files.ts";
import { modelsOf } from "./model.ts";
import { permissionsText } from "./permissions.ts";
import { readme } from "./plan-comment.ts";
import { settingsFiles } from "./settings.ts";
import { specText } from "./spec.ts";
import { typesText } from "./typescript.ts";

export async function generated(): Promise<readonly Generated[]> {
  const models = modelsOf(resourceTypes);
  const types = "types/gatewright.d.ts";
  return [
    { path: types, text: formatted(types, typesText(models)) },
    { path: "docs/spec.md", text: specText(models) },
    { path: "docs/action.md", text: actionText() },
    { path: "docs/errors.md", text: errorsText() },
    { path: "docs/permissions.md", text: permissionsText() },
    ...settingsFiles(),
    await readme(),
  ];
}
