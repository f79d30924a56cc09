/** The `gc-*` tags: what says that a resource is ours. The names are GruCloud's, so its stacks are found too. */
import type { StackFacts } from "../model/stack.ts";

type Tags = Readonly<Record<string, string>>;

/** Those who write the same tags with the same meaning. */
const MANAGERS = new Set(["gatewright", "grucloud"]);

export function ownershipTags(stack: Pick<StackFacts, "projectName" | "stage">): Record<string, string> {
  return {
    "gc-managed-by": "gatewright",
    "gc-created-by-provider": "aws",
    "gc-project-name": stack.projectName,
    "gc-stage": stack.stage,
  };
}

/** True when the tags name our project and stage, whoever of the two managers wrote them. */
export function isOurs(tags: Tags | undefined, stack: Pick<StackFacts, "projectName" | "stage">): boolean {
  if (tags === undefined) return false;
  return (
    MANAGERS.has(tags["gc-managed-by"] ?? "") &&
    tags["gc-project-name"] === stack.projectName &&
    tags["gc-stage"] === stack.stage
  );
}

/** Whose it is, for messages: `project shop, stage dev` or `nobody's tags`. */
export function ownerText(tags: Tags | undefined): string {
  const project = tags?.["gc-project-name"];
  if (project === undefined) return "it has no gc-project-name tag";
  return `it is tagged for project "${project}", stage "${tags?.["gc-stage"] ?? "?"}"`;
}

/**
 * The tags a resource is to have: ours below the user's. A live resource of a GruCloud stack keeps the name of its
 * manager, so that moving over does not touch every resource.
 */
export function desiredTags(user: Tags, stack: StackFacts, live: Tags | undefined): Record<string, string> {
  const tags = { ...ownershipTags(stack), ...user };
  const manager = live?.["gc-managed-by"];
  if (manager === "grucloud" && isOurs(live, stack)) tags["gc-managed-by"] = manager;
  return tags;
}
