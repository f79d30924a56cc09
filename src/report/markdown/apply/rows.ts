/** What became of each change, as rows: failures first. */
import type { ApplyEvent, ApplyResult, ResourceResult, StepOutcome } from "../../../model/apply.ts";
import type { Change, Plan } from "../../../model/plan.ts";
import { nameOf } from "../plan/change-cell.ts";
import { codeSpan } from "../../../text/escape.ts";
import { OUTCOME_SIGNS } from "../../symbols.ts";
import { table } from "../table.ts";
import { doingWord, doneWord, duration, grouped, isRedeploy, plural } from "../../../text/words.ts";

export type Standing = StepOutcome | "running" | "waiting";

export interface Row {
  readonly change: Pick<Change, "key" | "type" | "name" | "action">;
  readonly standing: Standing;
  readonly result?: ResourceResult | undefined;
  readonly redeploy: boolean;
}

const ORDER: readonly Standing[] = ["failed", "running", "cancelled", "skipped", "waiting", "succeeded"];

/** Rows of a finished apply. */
export function resultRows({ plan, results }: ApplyResult): readonly Row[] {
  const redeploys = redeployed(plan);
  return sorted(
    results.map((result) => ({
      change: result,
      standing: result.outcome,
      result,
      redeploy: redeploys.has(result.key),
    })),
  );
}

/** Rows of an apply under way, from what has happened so far. */
export function progressRows(plan: Plan, events: readonly ApplyEvent[]): readonly Row[] {
  const redeploys = redeployed(plan);
  const finished = new Map<string, ResourceResult>();
  const started = new Set<string>();
  for (const event of events) {
    if (event.kind === "step-started") started.add(event.key);
    else finished.set(event.result.key, event.result);
  }
  return sorted(
    plan.changes
      .filter(({ action }) => action !== "no-op")
      .map((change) => {
        const result = finished.get(change.key);
        const standing = result?.outcome ?? (started.has(change.key) ? "running" : "waiting");
        return { change, standing, result, redeploy: redeploys.has(change.key) };
      }),
  );
}

function redeployed(plan: Plan): ReadonlySet<string> {
  return new Set(plan.changes.filter(isRedeploy).map(({ key }) => key));
}

function sorted(rows: readonly Row[]): readonly Row[] {
  return ORDER.flatMap((standing) => rows.filter((row) => row.standing === standing));
}

/** Resource, Name, Id, Result, Duration. */
export function applyTable(rows: readonly Row[], most: number, elsewhere: string): string {
  const shown = rows.slice(0, most);
  const hidden = rows.length - shown.length;
  const more = hidden === 0 ? "" : `… and ${plural(hidden, "more resource")}${elsewhere}`;
  if (shown.length === 0) return more.replace(/^… and (.*) more /, "$1 ");
  const cells = shown.map(({ change, standing, result, redeploy }) => [
    codeSpan(change.type, 80),
    codeSpan(change.name, 100),
    result?.id === undefined ? "" : codeSpan(shortId(result.id), 100),
    resultCell({ change, standing, result, redeploy }),
    result === undefined || result.durationMs === 0 ? "" : duration(result.durationMs),
  ]);
  const text = table(["Resource", "Name", "Id", "Result", "Duration"], cells, ["l", "l", "l", "l", "r"]);
  return more === "" ? text : `${text}\n\n${more}`;
}

/** Of an ARN what comes after region and account: those stand in the comment's second line, the whole ARN below. */
export function shortId(id: string): string {
  return /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(.+)$/s.exec(id)?.[1] ?? id;
}

function resultCell({ change, standing, result, redeploy }: Row): string {
  const sign = `${OUTCOME_SIGNS[standing]}\u00a0`;
  switch (standing) {
    case "succeeded":
      return `${sign}${redeploy ? "redeployed" : doneWord(change.action)}`;
    case "failed":
      return `${sign}not ${redeploy ? "redeployed" : doneWord(change.action)}: ${codeSpan(result?.error?.code ?? "unknown", 60)}`;
    case "skipped":
      return `${sign}skipped${result?.because === undefined ? "" : `: needs ${codeSpan(nameOf(result.because), 80)}`}`;
    case "cancelled":
      return `${sign}cancelled`;
    case "running":
      return `${sign}${redeploy ? "redeploying" : doingWord(change.action)}`;
    case "waiting":
      return `${sign}waiting`;
  }
}

/** `3 created, 1 updated`, then `1 failed, 3 skipped` */
export function outcomeCounts(rows: readonly Row[]): { readonly done: string; readonly notDone: string } {
  const done = new Map<string, number>();
  const notDone = new Map<string, number>();
  for (const { change, standing, redeploy } of rows) {
    if (standing === "succeeded") count(done, redeploy ? "redeployed" : doneWord(change.action));
    else count(notDone, standing);
  }
  return { done: inWords(done), notDone: inWords(notDone) };
}

/** How many changes of each kind were carried out. */
export function doneByKind(rows: readonly Row[]): Readonly<Record<string, number>> {
  const done = new Map<string, number>();
  for (const { change, standing, redeploy } of rows)
    if (standing === "succeeded") count(done, redeploy ? "redeploy" : change.action);
  return Object.fromEntries(done);
}

function count(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}

function inWords(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([word, number]) => `${grouped(number)} ${word}`).join(", ");
}
