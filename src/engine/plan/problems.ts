/** The problems of a plan in words, one function each. Pure. */
import { otherDirectory, ownerOf, ownerText } from "../../aws/tags.ts";
import type { StackFacts } from "../../model/stack.ts";
import type { Observed } from "../read/observed.ts";
import type { DesiredResource } from "../../spec/types.ts";
import type { Problem, Protection } from "../../model/plan.ts";
import type { Serves } from "../../spec/type-rules.ts";
import { own } from "../../model/own.ts";

function blocking(code: string, resource: DesiredResource, message: string, hint: string): Problem {
  return { severity: "error", code, message, hint, key: resource.key, at: resource.at };
}

export function foreign(resource: DesiredResource, { live }: Observed, stack: StackFacts): Problem {
  return blocking(
    "FOREIGN_RESOURCE",
    resource,
    `${resource.key} already exists in AWS (${live.id}) and does not belong to this stack: ${ownerText(live.tags)}`,
    foreignHint(resource, live.tags, stack),
  );
}

/** Only what nobody manages is there to be taken over, and what another directory of the repository left behind. */
function foreignHint({ name }: DesiredResource, tags: Observed["live"]["tags"], stack: StackFacts): string {
  const owner = ownerOf(tags);
  const other = otherDirectory(tags, stack);
  if (other !== undefined)
    return `If ${other} was moved here, take each of its resources over: /adopt ${name} on the pull request. Otherwise give this stack a project name of its own, or rename yours.`;
  if (owner === undefined)
    return `Rename yours, or take the existing one over: /adopt ${name} on the pull request, the adopt input of the Action, or gatewright adopt ${name}.`;
  if (owner.project === stack.projectName && owner.stage !== stack.stage && stack.names === undefined)
    return `Stage "${owner.stage}" of this project has the name. Let the stages have names of their own: names: "{name}-{stage}" for one of them in .github/gatewright.yml.`;
  return "Rename yours, or remove it from the stack that has it.";
}

export function severalLive(resource: DesiredResource, claimants: readonly Observed[]): Problem {
  const ids = claimants.map(({ live }) => live.id).join(", ");
  return blocking(
    "SEVERAL_LIVE",
    resource,
    `AWS has ${claimants.length} resources for ${resource.key}: ${ids}`,
    "Delete or rename all but one. Gatewright does not guess which one is yours.",
  );
}

export function readOnlyMissing(resource: DesiredResource): Problem {
  return blocking(
    "READ_ONLY_MISSING",
    resource,
    `${resource.key} is readOnly, but it does not exist in AWS`,
    "Create it outside this stack first, or remove readOnly.",
  );
}

export function readOnlyParent(resource: DesiredResource): Problem {
  return blocking(
    "READ_ONLY_PARENT",
    resource,
    `${resource.key} would be created inside ${resource.parent}, which is readOnly and does not belong to this stack`,
    "Remove readOnly from the parent and adopt it, or leave this resource out.",
  );
}

export function nothingToServe(resource: DesiredResource, { needs }: Serves): Problem {
  const [what, owner] = [shortName(needs), shortName(resource.parent ?? "")];
  return blocking(
    "DEPLOYMENT_WITHOUT_ROUTE",
    resource,
    `${resource.key} has nothing to deploy: ${resource.parent} has no ${what.toLowerCase()}`,
    `Add a ${what} to the ${owner}, or remove the ${shortName(resource.type)}.`,
  );
}

/** `Route` of `ApiGatewayV2::Route`. */
function shortName(type: string): string {
  return type.split("::")[1] ?? type;
}

/** Protected types hold data or a name that the world depends on. */
export function protectedFromDeletion(
  { key, at }: { readonly key: string; readonly at?: DesiredResource["at"] },
  { id, name }: Observed["live"],
  { loses }: Protection,
  how: "deleted" | "replaced",
): Problem {
  return {
    severity: "error",
    code: "DELETION_PROTECTED",
    key,
    at,
    message: `${key} (${id}) would be ${how}, which loses ${loses}`,
    hint: `Keep it in the spec as it is, or allow its deletion: allowDeletion: ["${name}"] for the stage in .github/gatewright.yml, the allow-deletion input of the Action, or --allow-deletion ${name}.`,
  };
}

export function cannotBeCleared(resource: DesiredResource, path: string): Problem {
  return {
    severity: "warning",
    code: "PROPERTY_CANNOT_BE_CLEARED",
    key: resource.key,
    at: resource.at,
    message: `${resource.key} keeps its ${path}: AWS has no way to remove it once it is set`,
    hint: `Give ${path} a value, or rename the resource so that a new one is made without it.`,
  };
}

/** AWS does not deploy an API without routes, so the earlier deployment keeps answering. */
export function keepsServing(
  resource: DesiredResource,
  { needs, callers }: Serves,
  { live }: Observed,
): Problem {
  const [stage] = own(resource.dependencies, callers) ?? [];
  const who = stage !== undefined && "key" in stage ? stage.key : "A stage";
  return {
    severity: "warning",
    code: "STAGE_KEEPS_SERVING",
    key: resource.key,
    at: resource.at,
    message: `${who} keeps serving deployment ${live.id}: ${resource.parent} has no ${shortName(needs).toLowerCase()} left to deploy`,
    hint: `Delete the Stage to stop serving, or give the ${shortName(resource.parent ?? "")} a ${shortName(needs)}.`,
  };
}

/** Deletion or replacement is refused as long as others use it. */
export function usedOutside(
  { key, at }: { readonly key: string; readonly at?: DesiredResource["at"] },
  { id }: Observed["live"],
  who: string,
): Problem {
  return {
    severity: "warning",
    code: "RESOURCE_IN_USE",
    key,
    at,
    message: `${key} (${id}) is also used by ${who} outside this stack: the apply will not take it from them, and stops`,
    hint: "Remove it there first, or leave the resource as it is.",
  };
}

/** Without the base branch's spec nobody knows which of AWS's values are secrets. */
export function baseNotEvaluated(): Problem {
  return {
    severity: "warning",
    code: "BASE_BROKEN",
    message:
      "the base branch's spec cannot be evaluated and may take values from Parameter Store or Secrets Manager, so the texts that AWS has now are hidden; drift is not told",
    hint: "Nothing to do when this pull request mends the spec: what it sets is shown as ever.",
  };
}
