/** What previews have in AWS, and where: a row for each stack, from its first write until it is deleted there. */
import type { StackRef } from "../../../../src/model/run.ts";
import type { PreviewStack } from "../../../services/store.ts";
import type { Sql } from "../../sql/database.ts";
import { jsonOf, optional, textOf } from "../rows.ts";

/** Those of one stack of a preview, the latest last. */
export async function list(sql: Sql, stack: StackRef): Promise<readonly PreviewStack[]> {
  const rows = await sql.query(
    `select account, region, name, sha, base_sha, settings from gatewright.preview_stack
     where repository_id = $1 and stage = $2 and directory = $3 order by used_at, account, region, name`,
    [stack.repository.id, stack.stage, stack.directory],
  );
  return rows.map((row) => ({
    stack,
    account: textOf(row.account),
    region: textOf(row.region),
    name: textOf(row.name),
    sha: textOf(row.sha),
    ...optional("baseSha", row.base_sha, textOf),
    settings: jsonOf<unknown>(row.settings),
  }));
}

/** The commit before it stays: what only that one had may still be there. */
export async function keep(sql: Sql, one: PreviewStack, at: Date): Promise<void> {
  const { stack, account, region, name, sha, settings } = one;
  await sql.query(
    `insert into gatewright.preview_stack as known
       (repository_id, stage, directory, account, region, name, sha, settings, used_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::json, $9)
     on conflict (repository_id, stage, directory, account, region, name) do update set
       base_sha = case when known.sha = excluded.sha then known.base_sha else known.sha end,
       sha = excluded.sha,
       settings = excluded.settings,
       used_at = excluded.used_at`,
    [
      stack.repository.id,
      stack.stage,
      stack.directory,
      account,
      region,
      name,
      sha,
      JSON.stringify(settings),
      at,
    ],
  );
}

/** It was deleted there. */
export async function forget(sql: Sql, { stack, account, region, name }: PreviewStackPlace): Promise<void> {
  await sql.query(
    `delete from gatewright.preview_stack
     where repository_id = $1 and stage = $2 and directory = $3 and account = $4 and region = $5 and name = $6`,
    [stack.repository.id, stack.stage, stack.directory, account, region, name],
  );
}

type PreviewStackPlace = Pick<PreviewStack, "stack" | "account" | "region" | "name">;
