/** What an apply itself may do for a step that found its quota used up. Pure. */
import type { Step } from "../plan/planning.ts";

/**
 * Deletions of the same kind that were not through when the step began and do not wait for it: they share its quota.
 * @param doneBefore ids of the steps that were through
 */
export function roomMakers(
  step: Step,
  steps: readonly Step[],
  doneBefore: ReadonlySet<string>,
): readonly string[] {
  if (step.operation !== "create") return [];
  const byId = new Map(steps.map((one) => [one.id, one]));
  // Each step is asked once: in a plan of many layers the ways to a step are far more than the steps.
  const waits = new Map<string, boolean>([[step.id, true]]);
  const waitsForStep = (id: string): boolean => {
    const known = waits.get(id);
    if (known !== undefined) return known;
    waits.set(id, false);
    const found = byId.get(id)?.waitsFor.some(waitsForStep) ?? false;
    waits.set(id, found);
    return found;
  };
  return steps
    .filter(({ id, operation, type }) => operation === "delete" && type === step.type && !doneBefore.has(id))
    .filter(({ id }) => !waitsForStep(id))
    .map(({ id }) => id);
}
