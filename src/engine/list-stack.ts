/** What AWS has of a stack. */
import type { ConnectedAws } from "../aws/connect.ts";
import { fail } from "../model/errors.ts";
import { resourceTypes } from "../resources/registry.ts";
import type { Live } from "../resources/type.ts";
import { observeStack, type StackOptions } from "./stack.ts";

/** A resource as `gatewright list` shows it. */
export interface Listed {
  readonly live: Live;
  readonly managedByUs: boolean;
  /** Of the resource, or of the parent it belongs to. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What AWS has of the stack, of one type or all, foreign resources of our names included. */
export async function listStack(
  options: StackOptions,
  aws: ConnectedAws,
  type?: string,
): Promise<readonly Listed[]> {
  if (type !== undefined && !resourceTypes.has(type)) {
    fail("TYPE_UNKNOWN", `"${type}" is not a resource type`, {
      hint: `Known types: ${[...resourceTypes.keys()].join(", ")}.`,
    });
  }
  const { observed, spec } = await observeStack(options, aws, "left");
  const wanted = new Set(spec.resources.map(({ key }) => key));
  return observed
    .filter(
      ({ live, ours }) =>
        (type === undefined || live.type === type) && (ours || wanted.has(`${live.type}::${live.name}`)),
    )
    .map(({ live, ours, parent }) => ({
      live,
      managedByUs: ours,
      tags: live.tags ?? parent?.live.tags ?? {},
    }));
}
