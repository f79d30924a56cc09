/** What a pull request settled about a stack: the plans that were reviewed, the resources it takes over. */
import type { StackRef } from "../../../../src/model/run.ts";
import type { PlanPurpose, ReviewedPlan } from "../../../services/store.ts";
import type { Row, Sql } from "../../sql/database.ts";
import { textOf, textsOf } from "../rows.ts";

type Key = readonly [repositoryId: number, pull: number, stage: string, directory: string];

const keyOf = ({ repository, stage, directory }: StackRef, pull: number): Key => [
  repository.id,
  pull,
  stage,
  directory,
];

async function row(sql: Sql, stack: StackRef, pull: number): Promise<Row | undefined> {
  const [found] = await sql.query(
    `select plan_id, sha, destroy_digest, destroy_sha, adopt from gatewright.pull_stack
     where repository_id = $1 and pull = $2 and stage = $3 and directory = $4`,
    keyOf(stack, pull),
  );
  return found;
}

/** Where the two plans of a pull request are. */
const COLUMNS = {
  apply: { digest: "plan_id", sha: "sha" },
  destroy: { digest: "destroy_digest", sha: "destroy_sha" },
} as const;

export async function reviewed(
  sql: Sql,
  stack: StackRef,
  pull: number,
  purpose: PlanPurpose,
): Promise<ReviewedPlan | undefined> {
  const { digest, sha } = COLUMNS[purpose];
  const found = await row(sql, stack, pull);
  if (found === undefined || found[digest] === null) return undefined;
  return { digest: textOf(found[digest]), sha: textOf(found[sha]) };
}

export async function review(
  sql: Sql,
  stack: StackRef,
  pull: number,
  { digest, sha }: ReviewedPlan,
  { purpose, at }: { readonly purpose: PlanPurpose; readonly at: Date },
): Promise<void> {
  const to = COLUMNS[purpose];
  await sql.query(
    `insert into gatewright.pull_stack (repository_id, pull, stage, directory, ${to.digest}, ${to.sha}, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (repository_id, pull, stage, directory) do update
       set ${to.digest} = excluded.${to.digest}, ${to.sha} = excluded.${to.sha}, changed_at = excluded.changed_at`,
    [...keyOf(stack, pull), digest, sha, at],
  );
}

export async function adopted(sql: Sql, stack: StackRef, pull: number): Promise<readonly string[]> {
  const found = await row(sql, stack, pull);
  return found === undefined || found.adopt === null ? [] : textsOf(found.adopt);
}

export async function adopt(
  sql: Sql,
  stack: StackRef,
  pull: number,
  names: readonly string[],
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into gatewright.pull_stack (repository_id, pull, stage, directory, adopt, changed_at)
     values ($1, $2, $3, $4, $5::json, $6)
     on conflict (repository_id, pull, stage, directory) do update
       set adopt = excluded.adopt, changed_at = excluded.changed_at`,
    [...keyOf(stack, pull), names.length === 0 ? null : JSON.stringify(names), at],
  );
}
