/** The `gc-*` tags, which mark a resource as ours. GruCloud uses the same names, so its stacks are recognised too. */
import type { StackFacts } from "../model/stack.ts";

type Tags = Readonly<Record<string, string>>;

/** Tools that write the same tags with the same meaning. */
const MANAGERS = new Set(["gatewright", "grucloud"]);

export function ownershipTags(stack: Pick<StackFacts, "projectName" | "stage">): Record<string, string> {
  return {
    "gc-managed-by": "gatewright",
    "gc-created-by-provider": "aws",
    "gc-project-name": stack.projectName,
    "gc-stage": stack.stage,
  };
}

/** True if the tags name our project and stage, whichever of the two tools wrote them. */
export function isOurs(tags: Tags | undefined, stack: Pick<StackFacts, "projectName" | "stage">): boolean {
  if (tags === undefined) return false;
  return (
    MANAGERS.has(tags["gc-managed-by"] ?? "") &&
    tags["gc-project-name"] === stack.projectName &&
    tags["gc-stage"] === stack.stage
  );
}

/** The owner, for messages: `it is tagged for project "shop", stage "dev"`. */
export function ownerText(tags: Tags | undefined): string {
  const project = tags?.["gc-project-name"];
  if (project === undefined) return "it has no gc-project-name tag";
  return `it is tagged for project "${project}", stage "${tags?.["gc-stage"] ?? "?"}"`;
}

/**
 * The desired tags of a resource: the user's take precedence over ours. A resource from a GruCloud stack keeps its
 * manager's name, so that a migration does not change every resource.
 */
export function desiredTags(user: Tags, stack: StackFacts, live: Tags | undefined): Record<string, string> {
  const tags = { ...ownershipTags(stack), ...user };
  const manager = live?.["gc-managed-by"];
  if (manager === "grucloud" && isOurs(live, stack)) tags["gc-managed-by"] = manager;
  return tags;
}
