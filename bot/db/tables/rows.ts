/** From database rows to the bot's types: the one place that casts what the database says. */
import type {
  Hold,
  Lock,
  Run,
  RunEvent,
  RunRequest,
  RunState,
  RunSummary,
  StackRef,
} from "../../../src/model/run.ts";
import type { RepositoryRef } from "../../../src/model/repository.ts";
import type { Preview } from "../../services/store.ts";
import type { Row } from "../sql/database.ts";

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : String(value);
}

/** 64-bit integers come as text from a server and as a number from the embedded database. */
export function numberOf(value: unknown): number {
  return Number(value);
}

export function dateOf(value: unknown): Date {
  return value instanceof Date ? value : new Date(textOf(value));
}

/** JSON columns come parsed; what we wrote there had this type. */
export function jsonOf<T>(value: unknown): T {
  return (typeof value === "string" ? JSON.parse(value) : value) as T;
}

export const optional = <T, Key extends string>(
  key: Key,
  value: unknown,
  read: (value: unknown) => T,
): Partial<Record<Key, T>> =>
  value === null || value === undefined ? {} : ({ [key]: read(value) } as Record<Key, T>);

export function textsOf(value: unknown): readonly string[] {
  return jsonOf<readonly string[]>(value);
}

export const SUMMARY_COLUMNS =
  "id, request, state, created_at, started_at, ended_at, attempts, cancel_requested, error, counts, blocked";
export const RUN_COLUMNS = `${SUMMARY_COLUMNS}, plan, result`;

export function summaryOf(row: Row): RunSummary {
  return {
    ...jsonOf<RunRequest>(row.request),
    id: textOf(row.id),
    state: textOf(row.state) as RunState,
    createdAt: dateOf(row.created_at),
    ...optional("startedAt", row.started_at, dateOf),
    ...optional("endedAt", row.ended_at, dateOf),
    attempts: numberOf(row.attempts),
    cancelRequested: row.cancel_requested === true,
    ...optional("error", row.error, jsonOf<NonNullable<Run["error"]>>),
    ...optional("counts", row.counts, jsonOf<NonNullable<Run["counts"]>>),
    ...(row.blocked === true ? { blocked: true } : {}),
  };
}

export function runOf(row: Row): Run {
  return {
    ...summaryOf(row),
    ...optional("plan", row.plan, jsonOf<NonNullable<Run["plan"]>>),
    ...optional("result", row.result, jsonOf<NonNullable<Run["result"]>>),
  };
}

export function eventOf(row: Row): RunEvent {
  return {
    runId: textOf(row.run_id),
    sequence: numberOf(row.sequence),
    at: dateOf(row.at),
    event: jsonOf<RunEvent["event"]>(row.event),
  };
}

export function lockOf(row: Row): Lock {
  return {
    stack: jsonOf<StackRef>(row.stack),
    owner: textOf(row.owner),
    reason: textOf(row.reason),
    since: dateOf(row.since),
    ...optional("runId", row.run_id, textOf),
    ...optional("pull", row.pull, numberOf),
  };
}

export function previewOf(row: Row): Preview {
  return {
    repository: jsonOf<RepositoryRef>(row.repository),
    pull: numberOf(row.pull),
    version: numberOf(row.version),
    wanted: row.wanted === true,
    why: textOf(row.why) as Preview["why"],
    login: textOf(row.login),
    ...optional("asked", row.asked, textOf),
    sha: textOf(row.sha),
    expiresAt: dateOf(row.expires_at),
    stage: jsonOf<unknown>(row.stage),
    directories: textsOf(row.directories),
    changedAt: dateOf(row.changed_at),
    ...optional("goneAt", row.gone_at, dateOf),
  };
}

export function holdOf(row: Row): Hold {
  return {
    stack: jsonOf<StackRef>(row.stack),
    pull: numberOf(row.pull),
    login: textOf(row.login),
    sha: textOf(row.sha),
    since: dateOf(row.since),
    ...(row.rollback === true ? { rollback: true } : {}),
    ...optional("closedAt", row.closed_at, dateOf),
  };
}
