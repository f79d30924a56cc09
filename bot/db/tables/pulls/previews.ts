/** Previews of pull requests: what is wanted of each. One row per pull request, which stays when the preview is gone. */
import type { Preview } from "../../../services/store.ts";
import type { Sql } from "../../sql/database.ts";
import { previewOf } from "../rows.ts";

const COLUMNS =
  "repository, pull, version, wanted, why, login, asked, sha, expires_at, stage, directories, changed_at, gone_at";

export async function find(sql: Sql, repositoryId: number, pull: number): Promise<Preview | undefined> {
  const [row] = await sql.query(
    `select ${COLUMNS} from gatewright.preview where repository_id = $1 and pull = $2`,
    [repositoryId, pull],
  );
  return row === undefined ? undefined : previewOf(row);
}

/** Those that are not gone, the oldest first. */
export async function list(sql: Sql): Promise<readonly Preview[]> {
  const rows = await sql.query(
    `select ${COLUMNS} from gatewright.preview where gone_at is null order by changed_at, repository_id, pull`,
    [],
  );
  return rows.map(previewOf);
}

/** False when the stored version is not the one before it: somebody else was faster. */
export async function set(sql: Sql, preview: Preview): Promise<boolean> {
  const { repository, pull, version, wanted, why, login, asked, sha, expiresAt, stage, directories } =
    preview;
  const values = [
    repository.id,
    pull,
    version,
    JSON.stringify(repository),
    wanted,
    why,
    login,
    asked ?? null,
    sha,
    expiresAt,
    JSON.stringify(stage),
    JSON.stringify(directories),
    preview.changedAt,
  ];
  const rows = await sql.query(
    version === 1
      ? `insert into gatewright.preview
           (repository_id, pull, version, repository, wanted, why, login, asked, sha, expires_at, stage, directories, changed_at)
         values ($1, $2, $3, $4::json, $5, $6, $7, $8, $9, $10, $11::json, $12::json, $13)
         on conflict do nothing returning 1 as stored`
      : `update gatewright.preview set
           version = $3, repository = $4::json, wanted = $5, why = $6, login = $7, asked = $8, sha = $9, expires_at = $10,
           stage = $11::json, directories = $12::json, changed_at = $13, gone_at = null
         where repository_id = $1 and pull = $2 and version = $3::integer - 1 returning 1 as stored`,
    values,
  );
  return rows.length > 0;
}

export async function end(
  sql: Sql,
  { repository, pull, version }: Pick<Preview, "repository" | "pull" | "version">,
  at: Date,
): Promise<void> {
  await sql.query(
    `update gatewright.preview set gone_at = coalesce(gone_at, $4)
     where repository_id = $1 and pull = $2 and version = $3 and not wanted`,
    [repository.id, pull, version, at],
  );
}
