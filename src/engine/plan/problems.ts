/** What stands in a plan's way, in words: one function per problem. Pure. */
import { ownerText } from "../../aws/tags.ts";
import type { Observed } from "../read/observed.ts";
import type { DesiredResource } from "../../spec/types.ts";
import type { Problem } from "../../model/plan.ts";

function blocking(code: string, resource: DesiredResource, message: string, hint: string): Problem {
  return { severity: "error", code, message, hint, key: resource.key, at: resource.at };
}

export function foreign(resource: DesiredResource, { live }: Observed): Problem {
  return blocking(
    "FOREIGN_RESOURCE",
    resource,
    `${resource.key} already exists in AWS (${live.id}) and does not belong to this stack: ${ownerText(live.tags)}`,
    `Rename yours, or take the existing one over: /adopt ${resource.name} on the pull request, the adopt input of the Action, or gatewright adopt ${resource.name}.`,
  );
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

export function nothingToDeploy(resource: DesiredResource): Problem {
  return blocking(
    "DEPLOYMENT_WITHOUT_ROUTE",
    resource,
    `${resource.key} has nothing to deploy: ${resource.parent} has no route`,
    "Add a Route to the Api, or remove the Deployment.",
  );
}

/** AWS deploys no API without routes, so what was deployed before stays to be called. */
export function keepsServing(resource: DesiredResource, { live }: Observed): Problem {
  const [stage] = resource.dependencies.stage ?? [];
  const who = stage !== undefined && "key" in stage ? stage.key : "A stage";
  return {
    severity: "warning",
    code: "STAGE_KEEPS_SERVING",
    key: resource.key,
    at: resource.at,
    message: `${who} keeps serving deployment ${live.id}: ${resource.parent} has no route left to deploy`,
    hint: "Delete the Stage to stop serving, or give the Api a Route.",
  };
}
