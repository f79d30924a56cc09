/** What is kept of a repository: its last valid settings, and which of its stacks goes by which project name. */
import type { ProjectClaim } from "../../services/store.ts";
import type { Sql } from "../sql/database.ts";
import { jsonOf, textOf } from "./rows.ts";

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
