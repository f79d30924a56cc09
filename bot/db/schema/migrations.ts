/** The tables, version by version. A version that was released is never edited: a change is a new one. */
import { FIRST_VERSIONS } from "./first-versions.ts";
import type { Migration } from "./migration.ts";

export const SCHEMA = "gatewright";
/** The queue's own tables. */
export const QUEUE_SCHEMA = "gatewright_queue";

export const MIGRATIONS: readonly Migration[] = [
  ...FIRST_VERSIONS,
  {
    version: 3,
    // One fence per run: the number of its attempt. A lock belongs to a run or a person and is gone when it is released.
    sql: `
      drop index gatewright.stack_lock_held;
      delete from gatewright.stack_lock where not held;
      alter table gatewright.stack_lock drop column held, drop column token;
      create index stack_lock_repository on gatewright.stack_lock (repository_id);
      create index stack_lock_run on gatewright.stack_lock (run_id) where run_id is not null;
    `,
  },
  {
    version: 4,
    // What was reported of a group of runs, part by part, and what a list shows of a run's plan without reading the plan.
    sql: `
      create table gatewright.reported (
        group_id text not null,
        part text not null,
        version integer not null,
        reported_at timestamptz not null,
        primary key (group_id, part)
      );
      create index reported_reported_at on gatewright.reported (reported_at);
      alter table gatewright.run drop column reported;
      alter table gatewright.run add column counts json;
      -- json functions refuse text that holds \\u0000.
      update gatewright.run set counts = plan -> 'counts'
        where plan is not null and strpos(plan::text, '\\u0000') = 0;
      update gatewright.run set counts = result -> 'plan' -> 'counts'
        where result is not null and strpos(result::text, '\\u0000') = 0 and result -> 'plan' -> 'counts' is not null;
    `,
  },
  {
    version: 5,
    // Two more states: a run whose commit was overtaken, and one that waits for another pull request's hold.
    sql: `
      alter table gatewright.run drop constraint run_state_check;
      alter table gatewright.run add constraint run_state_check
        check (state in ('waiting', 'queued', 'running', 'succeeded', 'failed', 'cancelled', 'overtaken'));
    `,
  },
  {
    version: 6,
    // A pull request that was applied before its merge holds its stack.
    sql: `
      create table gatewright.hold (
        stack_key text primary key,
        repository_id bigint not null,
        stack json not null,
        pull integer not null,
        login text not null,
        sha text not null,
        since timestamptz not null,
        closed_at timestamptz
      );
      create index hold_pull on gatewright.hold (repository_id, pull);
    `,
  },
  {
    version: 7,
    // An attempt that was handed back is not one that died with its process.
    sql: "alter table gatewright.run add column handed_back integer not null default 0;",
  },
  {
    version: 8,
    // The plan of a `/destroy` beside that of the pull request.
    sql: `
      alter table gatewright.pull_stack add column destroy_digest text;
      alter table gatewright.pull_stack add column destroy_sha text;
    `,
  },
  {
    version: 9,
    // A stack that was taken back to an earlier commit is held until somebody releases it.
    sql: "alter table gatewright.hold add column rollback boolean not null default false;",
  },
  {
    version: 10,
    // Which repository has a stack, over all repositories of the bot: resources in AWS go by these four.
    sql: `
      create table gatewright.stack_claim (
        account text not null, region text not null, stage text not null, name text not null,
        repository_id bigint not null, used_at timestamptz not null,
        primary key (account, region, stage, name)
      );
    `,
  },
  {
    version: 11,
    // What a stack's history is looked through by. Of rows that are there already both are read from the text: json functions
    // refuse text that holds \u0000. In a text's own quotes the mark would be escaped.
    sql: `
      alter table gatewright.run add column kind text;
      alter table gatewright.run add column blocked boolean not null default false;
      update gatewright.run set kind = substring(request::text from '"kind":"(plan|apply|destroy|drift)"');
      update gatewright.run set blocked = true
        where strpos(coalesce(result, plan)::text, '"severity":"error"') > 0;
    `,
  },
  {
    version: 12,
    // Previews of pull requests: what is wanted of each, and the settings that it was made with.
    sql: `
      create table gatewright.preview (
        repository_id bigint not null, pull integer not null, repository json not null,
        version integer not null, wanted boolean not null, why text not null, login text not null, asked text,
        sha text not null, expires_at timestamptz not null, stage json not null, directories json not null,
        changed_at timestamptz not null, gone_at timestamptz,
        primary key (repository_id, pull)
      );
      create index preview_standing on gatewright.preview (changed_at) where gone_at is null;
    `,
  },
  {
    version: 13,
    // What previews have in AWS, and where: the name of their project and the settings may change while they stand.
    sql: `
      create table gatewright.preview_stack (
        repository_id bigint not null, stage text not null, directory text not null,
        account text not null, region text not null, name text not null,
        sha text not null, base_sha text, settings json not null, used_at timestamptz not null,
        primary key (repository_id, stage, directory, account, region, name)
      );
    `,
  },
];
