/** Which IAM actions planning and applying a resource type need, as the types tell. Pure. */
import { resourceTypes } from "../../resources/registry.ts";

/** IAM actions of planning. */
export function planActions(type: string): readonly string[] {
  const { readsBesides = {} } = resourceTypes.get(type)?.permissions ?? {};
  return [...readActions(type), ...Object.keys(readsBesides)];
}

/** Those of them that are the type's own calls. */
export function readActions(type: string): readonly string[] {
  return actionsOf(type, resourceTypes.get(type)?.permissions?.read ?? []);
}

/** IAM actions that applying needs besides those of planning. */
export function applyActions(type: string): readonly string[] {
  const plan = planActions(type);
  const { write = [], besides = {} } = resourceTypes.get(type)?.permissions ?? {};
  return unique([...actionsOf(type, write), ...Object.keys(besides)]).filter(
    (action) => !plan.includes(action),
  );
}

/** Those of them that AWS asks for besides the call: of another service, or of something that is passed on. */
export function actionsBesides(type: string): readonly string[] {
  const { besides = {}, readsBesides = {} } = resourceTypes.get(type)?.permissions ?? {};
  return Object.keys({ ...besides, ...readsBesides });
}

function actionsOf(type: string, operations: readonly string[]): readonly string[] {
  return unique(
    operations.map((operation) => resourceTypes.get(type)?.service?.iamAction(operation) ?? operation),
  );
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
