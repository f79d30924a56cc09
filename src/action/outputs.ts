/** The Action's outputs: the table that action.yml repeats, their values, and the only code that writes them. */
import type { Plan } from "../model/plan.ts";
import { countKinds, type Kind, kindOf } from "../report/vocabulary.ts";

export const OUTPUTS = {
  "plan-id":
    "The plan id: the first 12 hex digits of the plan's digest. With several stacks, one `directory=id` " +
    "per line.",
  "has-changes": "`true` if any stack has changes to apply, else `false`.",
  create: "Number of resources to create, in all stacks together.",
  update: "Number of resources to update in place, in all stacks together.",
  replace: "Number of resources to replace, in all stacks together.",
  redeploy: "Number of APIs to deploy again because what they serve changes, in all stacks together.",
  delete: "Number of resources to delete, in all stacks together.",
  "comment-url": "URL of the plan comment; empty if there is none.",
  "plan-file": "Path of the JSON plan. With several stacks, one path per line.",
} as const satisfies Readonly<Record<string, string>>;

type OutputName = keyof typeof OUTPUTS;
type Outputs = Readonly<Record<OutputName, string>>;

/** The data for the outputs. `plans` does not include stacks that could not be planned. */
interface OutputFacts {
  readonly plans: readonly Plan[];
  /** True if more than one stack was requested, even if some could not be planned. */
  readonly several: boolean;
  readonly commentUrl: string | undefined;
  readonly planFiles: readonly string[];
}

/** The text of every output. Pure. */
export function outputsOf({ plans, several, commentUrl, planFiles }: OutputFacts): Outputs {
  const counts = countKinds(plans.flatMap(({ changes }) => changes.map(kindOf)));
  const sum = (kind: Kind): string => String(counts[kind]);
  const ids = plans.map(({ id, stack }) => (several ? `${stack.directory}=${id}` : id));
  return {
    "plan-id": ids.join("\n"),
    "has-changes": String(plans.some((plan) => plan.changes.some(({ action }) => action !== "no-op"))),
    create: sum("create"),
    update: sum("update"),
    replace: sum("replace"),
    redeploy: sum("redeploy"),
    delete: sum("delete"),
    "comment-url": commentUrl ?? "",
    "plan-file": planFiles.join("\n"),
  };
}

/** Writes every output, even empty ones. */
export function writeOutputs(outputs: Outputs, setOutput: (name: string, value: string) => void): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
}
