/** What is decided on each desired resource, and what a plan tells of it. */
import type { Action, Change, Plan, Problem, Protection, Reason } from "../../model/plan.ts";
import type { JsonObject } from "../../model/values.ts";
import type { PropertyChange, ResourceType } from "../../resources/type.ts";
import type { DesiredResource, LoadedSpec } from "../../spec/types.ts";
import { graphOf } from "./shown/graph.ts";
import { acceptsForeignParent, type Observed } from "../read/observed.ts";
import type { Stored } from "../read/stored.ts";

export interface Decision {
  readonly resource: DesiredResource;
  readonly type: ResourceType;
  readonly action: Exclude<Action, "delete">;
  readonly state: JsonObject;
  readonly changes: readonly PropertyChange[];
  readonly observed?: Observed | undefined;
  readonly adopts: boolean;
  readonly reason?: Reason | undefined;
  /** Made again only because what it serves changes. */
  readonly redeploy?: boolean | undefined;
  readonly protection?: Protection | undefined;
}

export interface Decisions {
  /** By key, in dependency order. */
  readonly byKey: ReadonlyMap<string, Decision>;
  /** Ours, live, and not in the spec (or left over from an interrupted replacement). */
  readonly leftovers: readonly Observed[];
  readonly problems: readonly Problem[];
}

/** Nothing is created inside a resource that is not ours; the parent's own problem says why. */
export function blockedBy(parent: Decision | undefined, type: ResourceType): Reason | undefined {
  if (parent?.reason?.kind === "foreign") return parent.reason;
  if (acceptsForeignParent(type)) return undefined;
  if (parent?.reason?.kind === "read-only" && parent.observed?.ours !== true) return parent.reason;
  return undefined;
}

/** What anybody may call afterwards, and what of it is new: what is created, or changes who may call it. */
export function openings(open: LoadedSpec["open"], { byKey }: Decisions): Pick<Plan, "open" | "opens"> {
  if (open.length === 0) return {};
  const opens = open.filter(({ key }) => {
    const { action, changes = [], type } = byKey.get(key) ?? {};
    if (action === "create") return true;
    const by = type?.openBy ?? [];
    return changes.some(({ path }) => by.some((one) => path === one || path.startsWith(`${one}.`)));
  });
  const each = (some: LoadedSpec["open"]): readonly string[] => [...new Set(some.map(({ what }) => what))];
  return { open: each(open), opens: each(opens) };
}

/** What a plan says of the stack as it is once the plan is applied. */
export function afterwards(
  open: LoadedSpec["open"],
  decisions: Decisions,
  hidden: Pick<Stored, "texts" | "commonSecrets"> = { texts: [], commonSecrets: [] },
): Pick<Plan, "open" | "opens" | "graph"> {
  const graph = graphOf([...decisions.byKey.values()], hidden);
  return { ...openings(open, decisions), ...(graph === undefined ? {} : { graph }) };
}

/** How large its code is, where that is created or changes. */
export function codeSizes({
  resource: { code },
  type,
  action,
  observed,
  changes,
}: Decision): Pick<Change, "codeSize"> {
  const isNew = action === "create" || changes.some(({ path }) => path === "CodeSha256");
  if (code === undefined || !isNew) return {};
  const before = observed === undefined ? undefined : type.codeSize?.(observed.live);
  return {
    codeSize: { ...(before === undefined ? {} : { before }), after: code.bytes.length, files: code.files },
  };
}

/** Which container image it gets, where anything of it changes. */
export function imageOrigin({ resource: { image }, action }: Decision): Pick<Change, "image"> {
  if (action === "no-op" || typeof image !== "object") return {};
  const { digest, tag } = image;
  return { image: { digest, ...(tag === undefined ? {} : { tag }) } };
}

/** What AWS makes by itself needs nothing. */
export function satisfiedChange({ key, type, name, reason }: LoadedSpec["satisfied"][number]): Change {
  return { key, type, name, action: "no-op", properties: [], reason, after: [] };
}
