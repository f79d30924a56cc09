/** Words and numbers as people read them. Pure. */
import type { Action, Change } from "../model/plan.ts";

/** `1 property`, `3 properties`, `1,204 routes` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `850 ms`, `4.2 s`, `1 min 05 s` */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** What a change is called in front of people: a deployment that is made anew breaks nothing, so it is no replacement. */
export type Kind = Action | "redeploy";

/** Most dangerous first: the order of every table and list. */
export const KINDS: readonly Kind[] = ["delete", "replace", "update", "redeploy", "create", "no-op"];

/** True for a Deployment that is made anew only because what it serves changes. */
export function isRedeploy({ type, action, properties }: Change): boolean {
  return (
    type === "ApiGatewayV2::Deployment" &&
    (action === "replace" || action === "update") &&
    properties.length > 0 &&
    properties.every(({ path }) => path === "Served")
  );
}

export function kindOf(change: Change): Kind {
  return isRedeploy(change) ? "redeploy" : change.action;
}

/** Changes that do something, most dangerous first; within a kind in plan order. */
export function sortedChanges(changes: readonly Change[]): readonly Change[] {
  return KINDS.filter((kind) => kind !== "no-op").flatMap((kind) =>
    changes.filter((change) => kindOf(change) === kind),
  );
}

/** How many changes of each kind; kinds without any are left out. */
export function countsByKind(changes: readonly Change[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    KINDS.filter((kind) => kind !== "no-op").flatMap((kind) => {
      const count = changes.filter((change) => kindOf(change) === kind).length;
      return count === 0 ? [] : [[kind, count]];
    }),
  );
}

/** `2 to create, 1 to update, 1 to delete`; empty when nothing changes. */
export function countsInWords(changes: readonly Change[]): string {
  const counts = new Map<Kind, number>();
  for (const change of changes) counts.set(kindOf(change), (counts.get(kindOf(change)) ?? 0) + 1);
  const words: readonly [Kind, string][] = [
    ["create", "to create"],
    ["update", "to update"],
    ["redeploy", "to redeploy"],
    ["replace", "to replace"],
    ["delete", "to delete"],
  ];
  return words
    .flatMap(([kind, word]) => {
      const count = counts.get(kind) ?? 0;
      return count === 0 ? [] : [`${grouped(count)} ${word}`];
    })
    .join(", ");
}

const DONE: Readonly<Record<Action, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  "no-op": "unchanged",
};

const DOING: Readonly<Record<Action, string>> = {
  create: "creating",
  update: "updating",
  replace: "replacing",
  delete: "deleting",
  "no-op": "looking at",
};

/** `created`, `replaced` … */
export function doneWord(action: Action): string {
  return DONE[action];
}

/** `creating`, `replacing` … */
export function doingWord(action: Action): string {
  return DOING[action];
}

/** Upper-case first letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
