/**
 * The steps of a plan and what each waits for. Pure.
 *
 * - A create or update waits for the creates and updates of everything it refers to.
 * - A delete waits for whatever still uses the resource: the steps of those whose live state names it. Where that would
 *   make a circle, the circle's later edge is left out.
 * - `delete-first` replacements create after the delete, `create-first` ones delete after the dependants moved over.
 * - What goes with its parent has no step of its own; what it holds goes after the parent.
 */
import type { ResourceType } from "../../resources/type.ts";
import { canonicalJson } from "../../model/values.ts";
import { isDeletedFirst, parentTypeOf, type Registry } from "../read/observed.ts";
import type { Step } from "./planning.ts";
import type { StepSource } from "./step-sources.ts";

interface Draft {
  readonly step: Omit<Step, "waitsFor" | "makesReady">;
  readonly source: StepSource;
  readonly waitsFor: Set<Draft>;
  readonly makesReady: Set<string>;
}

const idOf = (operation: Step["operation"], key: string): string => `${operation} ${key}`;

export function buildSteps(sources: readonly StepSource[], registry: Registry): readonly Step[] {
  const drafts = new Map<string, Draft>();
  for (const source of sources) {
    for (const operation of operationsOf(source, registry)) {
      const { key, type, name, live } = source;
      const id = idOf(operation, key);
      drafts.set(id, {
        step: { id, operation, key, type, name, ...(operation === "create" ? {} : { live }) },
        source,
        waitsFor: new Set(),
        makesReady: new Set(),
      });
    }
  }
  const all = [...drafts.values()];
  const wait = (draft: Draft, id: string): void => {
    const other = drafts.get(id);
    if (other !== undefined && other !== draft) draft.waitsFor.add(other);
  };

  for (const draft of all) {
    const { step, source } = draft;
    if (step.operation === "delete") continue;
    for (const edge of source.edges) {
      for (const id of [idOf("create", edge), idOf("update", edge)]) {
        wait(draft, id);
        if (makesReady(step.type, drafts.get(id), registry)) draft.makesReady.add(id);
      }
    }
    for (const key of source.after) {
      for (const operation of ["create", "update", "delete"] as const) wait(draft, idOf(operation, key));
    }
    if (registry.get(step.type)?.replaceOrder === "delete-first") wait(draft, idOf("delete", step.key));
  }

  const deletes = all.filter(({ step }) => step.operation === "delete");
  for (const draft of deletes) {
    if (registry.get(draft.step.type)?.replaceOrder === "create-first")
      wait(draft, idOf("create", draft.step.key));
  }
  // Those who let go come first: AWS refuses a delete while they hold on, but seldom one before another delete. So a
  // circle loses the wait for a delete.
  const users: readonly (readonly User[])[] = [
    all.filter(({ step }) => step.operation !== "delete").map(byItself),
    deletes.map(byItself),
    takenAlong(sources, drafts, registry),
  ];
  for (const some of users) {
    // A stack has few types and thousands of resources: which types may hold which is asked once.
    const holdersOf = new Map<string, readonly User[]>();
    for (const draft of deletes) {
      const { type } = draft.step;
      const holders =
        holdersOf.get(type) ?? some.filter(({ user }) => mayHold(user.step.type, type, registry));
      holdersOf.set(type, holders);
      for (const { user, letsGo } of holders) {
        if (letsGo === draft || !mayUse(user, draft, registry)) continue;
        if (!reaches(letsGo, draft)) draft.waitsFor.add(letsGo);
      }
    }
  }
  return all.map(({ step, waitsFor, makesReady }) => ({
    ...step,
    waitsFor: [...waitsFor].map((one) => one.step.id).sort(),
    ...(makesReady.size === 0 ? {} : { makesReady: [...makesReady] }),
  }));
}

/** What may keep another one in use, and the step after which it no longer does. */
interface User {
  readonly user: Holder;
  readonly letsGo: Draft;
}

interface Holder {
  readonly source: StepSource;
  readonly step: Pick<Step, "type" | "operation">;
  /** Its live state as JSON, written once: it is looked through for each resource that leaves. */
  readonly state: string | undefined;
}

function holderOf(source: StepSource, step: Holder["step"]): Holder {
  return { source, step, state: source.live === undefined ? undefined : canonicalJson(source.live.state) };
}

const byItself = (draft: Draft): User => ({ user: holderOf(draft.source, draft.step), letsGo: draft });

/** What goes with its parent holds on until the parent is deleted: an integration keeps its VPC link in use. */
function takenAlong(
  sources: readonly StepSource[],
  drafts: ReadonlyMap<string, Draft>,
  registry: Registry,
): readonly User[] {
  const byId = Map.groupBy(sources, ({ live }) => live?.id);
  const taking = ({ type, live }: StepSource): Draft | undefined => {
    const own = registry.get(type);
    const above = own === undefined ? undefined : parentTypeOf(own);
    const parent = byId.get(live?.parentId)?.find((one) => one.type === above);
    if (parent === undefined || live?.parentId === undefined) return undefined;
    return drafts.get(idOf("delete", parent.key)) ?? (parent.withParent ? taking(parent) : undefined);
  };
  return sources.flatMap((source) => {
    const letsGo = source.withParent ? taking(source) : undefined;
    if (letsGo === undefined) return [];
    return [{ user: holderOf(source, { type: source.type, operation: "delete" }), letsGo }];
  });
}

/** True when the one waits for the other, at whatever distance. */
function reaches(from: Draft, to: Draft, seen = new Set<Draft>()): boolean {
  return [...from.waitsFor].some(
    (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
  );
}

function makesReady(type: string, used: Draft | undefined, registry: Registry): boolean {
  const keys = Object.values(registry.get(type)?.dependencies ?? {});
  return keys.some((key) => key.makesReady === true && key.type === used?.step.type);
}

function operationsOf(source: StepSource, registry: Registry): readonly Step["operation"][] {
  switch (source.action) {
    case "create":
    case "update":
      return [source.action];
    case "delete":
      return source.withParent ? [] : ["delete"];
    case "replace":
      if (source.withParent) return ["create"];
      return registry.get(source.type)?.replaceOrder === "create-first"
        ? ["create", "delete"]
        : ["delete", "create"];
    case "no-op":
      return [];
  }
}

/** False if no resource of the one type can keep one of the other in use: `mayUse` is false for all of them. */
function mayHold(user: string, leaving: string, registry: Registry): boolean {
  const type = registry.get(user);
  const deleted = registry.get(leaving);
  if (type === undefined) return false;
  return (
    isDeletedFirst(type) ||
    deleted?.deletedAfter?.includes(user) === true ||
    deleted?.namedBy !== undefined ||
    dependsOn(type, leaving)
  );
}

/** True if a resource of this type can keep the one to be deleted in use. */
function mayUse(user: Holder, leaving: Draft, registry: Registry): boolean {
  const type = registry.get(user.step.type);
  if (type === undefined) return false;
  if (isChildOf(user, leaving) && isDeletedFirst(type)) return user.step.operation === "delete";
  const deleted = registry.get(leaving.step.type);
  if (deleted?.deletedAfter?.includes(user.step.type)) return sameParent(user, leaving, registry);
  const [held, holder] = [leaving.source.live, user.source.live];
  if (held !== undefined && holder !== undefined && deleted?.namedBy?.(held, holder) === true)
    return sameParent(user, leaving, registry);
  if (type.deletedAfter?.includes(leaving.step.type)) return false;
  return dependsOn(type, leaving.step.type) && sameParent(user, leaving, registry) && holds(user, leaving);
}

/**
 * True if the live user refers to the resource to be deleted. Without this check, deleting a role would wait for an
 * unrelated authorizer, and larger plans would deadlock.
 */
function holds({ state }: Holder, { source: { live } }: Draft): boolean {
  return live !== undefined && state?.includes(live.id) === true;
}

function dependsOn(type: ResourceType, target: string): boolean {
  return Object.values(type.dependencies).some(
    (key) => key.type === target && key.orderOnly !== true && key.keepsInUse !== false,
  );
}

function isChildOf({ source: child }: Holder, { source: parent }: Draft): boolean {
  return child.live?.parentId !== undefined && child.live.parentId === parent.live?.id;
}

/** False only when both are known to live under different parents of one type. */
function sameParent(left: Holder, right: Draft, registry: Registry): boolean {
  const one = left.source.live?.parentId;
  const other = right.source.live?.parentId;
  if (one === undefined || other === undefined || one === other) return true;
  return parentTypeIn(registry, left) !== parentTypeIn(registry, right);
}

function parentTypeIn(registry: Registry, { step }: Pick<Holder, "step">): string | undefined {
  const type = registry.get(step.type);
  return type === undefined ? undefined : parentTypeOf(type);
}

/**
 * Keys that the steps of each key wait for, without circles. Where a user waits for what is made, and what it replaces is deleted after the
 * user, perhaps with others in between, each waits for the other: then it is the user that waits.
 */
export function waitsByKey(steps: readonly Step[]): ReadonlyMap<string, readonly string[]> {
  const keyOf = new Map(steps.map(({ id, key }) => [id, key]));
  const made = new Set(steps.flatMap(({ operation, key }) => (operation === "delete" ? [] : [key])));
  const waits = new Map(steps.map(({ key }) => [key, new Set<string>()]));
  const waiters = new Map(steps.map(({ key }) => [key, new Set<string>()]));
  /** What is made anew is deleted at its end: only there can steps that wait for no circle make one of their keys. */
  const atTheEnd: (readonly [string, string])[] = [];
  const wait = (key: string, other: string): void => {
    waits.get(key)?.add(other);
    waiters.get(other)?.add(key);
  };
  for (const { key, operation, waitsFor } of steps)
    for (const id of waitsFor) {
      const other = keyOf.get(id);
      if (other === undefined || other === key) continue;
      if (operation === "delete" && made.has(key)) atTheEnd.push([key, other]);
      else wait(key, other);
    }
  for (const [key, other] of atTheEnd) if (!allBehind(key, waiters).has(other)) wait(key, other);
  return new Map([...waits].map(([key, others]) => [key, [...others].sort()]));
}

/** All that wait for the key, for those that do, and so on. */
function allBehind(key: string, waiters: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [key];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const waiter of waiters.get(next) ?? [])
      if (!found.has(waiter)) {
        found.add(waiter);
        open.push(waiter);
      }
  return found;
}
