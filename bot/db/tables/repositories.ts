/**
 * What is kept of a repository: its last valid settings, which of its stacks goes by which project name, and which stacks of an account and
 * region it has: those that it changed first, until it has deleted them.
 */
import type { ProjectClaim, StackOwnership } from "../../services/store.ts";
import type { Sql } from "../sql/database.ts";
import { jsonOf, numberOf, textOf } from "./rows.ts";

export async function settingsOf(sql: Sql, repositoryId: number): Promise<unknown> {
  const [row] = await sql.query(
    "select settings from gatewright.repository_settings where repository_id = $1",
    [repositoryId],
  );
  return row === undefined ? undefined : jsonOf<unknown>(row.settings);
}

export async function keepSettings(
  sql: Sql,
  repositoryId: number,
  settings: unknown,
  at: Date,
): Promise<void> {
  if (settings === undefined) {
    await sql.query("delete from gatewright.repository_settings where repository_id = $1", [repositoryId]);
    return;
  }
  await sql.query(
    `insert into gatewright.repository_settings (repository_id, settings, changed_at) values ($1, $2::json, $3)
     on conflict (repository_id) do update set settings = excluded.settings, changed_at = excluded.changed_at`,
    [repositoryId, JSON.stringify(settings), at],
  );
}

/** The directory that has the name afterwards: of two that ask at the same time, one. */
export async function claimProject(
  sql: Sql,
  { repositoryId, stage, name, directory, from }: ProjectClaim,
  at: Date,
): Promise<string> {
  const [row] = await sql.query(
    `insert into gatewright.project as known (repository_id, stage, name, directory, used_at)
     values ($1, $2, $3, $4, $6)
     on conflict (repository_id, stage, name) do update set
       directory = case when known.directory = $5 then excluded.directory else known.directory end,
       used_at = excluded.used_at
     returning directory`,
    [repositoryId, stage, name, directory, from ?? null, at],
  );
  return textOf(row?.directory);
}

const OWNED = "account = $1 and region = $2 and stage = $3 and name = $4";
const ownedAt = ({ account, region, stage, name }: StackOwnership): readonly unknown[] => [
  account,
  region,
  stage,
  name,
];

export async function ownerOfStack(sql: Sql, stack: StackOwnership): Promise<number | undefined> {
  const query = `select repository_id from gatewright.stack_claim where ${OWNED}`;
  const [row] = await sql.query(query, ownedAt(stack));
  return row === undefined ? undefined : numberOf(row.repository_id);
}

/** The repository that has it afterwards: of two that take it at the same time, one. */
export async function takeStack(
  sql: Sql,
  stack: StackOwnership,
  how: { readonly over: boolean; readonly at: Date },
): Promise<number> {
  const [row] = await sql.query(
    `insert into gatewright.stack_claim as known (account, region, stage, name, repository_id, used_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (account, region, stage, name) do update set
       repository_id = case when $7::boolean then excluded.repository_id else known.repository_id end,
       used_at = excluded.used_at
     returning repository_id`,
    [...ownedAt(stack), stack.repositoryId, how.at, how.over],
  );
  return numberOf(row?.repository_id);
}

export async function releaseStack(sql: Sql, stack: StackOwnership): Promise<void> {
  const statement = `delete from gatewright.stack_claim where ${OWNED} and repository_id = $5`;
  await sql.query(statement, [...ownedAt(stack), stack.repositoryId]);
}
