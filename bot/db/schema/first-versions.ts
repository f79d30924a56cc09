/** The first versions of the tables, which other versions change. */
import type { Migration } from "./migration.ts";

export const FIRST_VERSIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      create table gatewright.delivery (
        id text primary key,
        sequence bigint generated always as identity,
        event text not null,
        payload text not null,
        received_at timestamptz not null
      );
      create index delivery_received on gatewright.delivery (received_at);

      create table gatewright.command (
        repository_id bigint not null,
        comment_id bigint not null,
        command text not null,
        delivery_id text,
        claimed_at timestamptz not null,
        primary key (repository_id, comment_id, command)
      );

      -- request, plan, result and error are json, not jsonb: jsonb refuses \\u0000, which a spec may hold.
      create table gatewright.run (
        id uuid primary key,
        sequence bigint generated always as identity,
        cause_key text unique,
        group_id text not null,
        stack_key text not null,
        repository_id bigint not null,
        request json not null,
        state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
        created_at timestamptz not null,
        started_at timestamptz,
        ended_at timestamptz,
        attempts integer not null default 0,
        cancel_requested boolean not null default false,
        reported boolean not null default false,
        event_count integer not null default 0,
        plan json,
        result json,
        error json
      );
      create index run_group on gatewright.run (group_id);
      create index run_stack on gatewright.run (stack_key, sequence desc);
      create index run_repository on gatewright.run (repository_id, sequence desc);
      create index run_open on gatewright.run (state) where state in ('queued', 'running');

      create table gatewright.run_event (
        run_id uuid not null references gatewright.run (id) on delete cascade,
        sequence integer not null,
        at timestamptz not null,
        event json not null,
        primary key (run_id, sequence)
      );
      create index run_event_at on gatewright.run_event (at);

      -- A stack's row stays when its lock is released: its token only ever grows.
      create table gatewright.stack_lock (
        stack_key text primary key,
        repository_id bigint not null,
        stack json not null,
        token integer not null,
        held boolean not null,
        owner text not null,
        reason text not null,
        since timestamptz not null,
        run_id uuid,
        pull integer,
        -- The person's lock that a run of the same person and pull request was let through: it comes back.
        beneath json
      );
      create index stack_lock_held on gatewright.stack_lock (repository_id) where held;

      create table gatewright.note (
        key text primary key,
        value text not null,
        changed_at timestamptz not null
      );
    `,
  },
  {
    version: 2,
    // What was kept as notes by key (seventeen forms, never pruned) gets tables of its own. What GitHub is asked for
    // again when it is missing (a reply, a check run) is moved all the same where its repository is known.
    sql: `
      create table gatewright.claim (
        key text primary key,
        claimed_by text,
        outcome text,
        claimed_at timestamptz not null
      );
      create index claim_claimed_at on gatewright.claim (claimed_at);
      insert into gatewright.claim (key, claimed_by, outcome, claimed_at)
        select distinct on (c.repository_id, c.comment_id)
          'command/' || c.repository_id || '/' || c.comment_id, c.delivery_id, n.value, c.claimed_at
        from gatewright.command c
        left join gatewright.note n on n.key = 'outcome/' || c.repository_id || '/' || c.comment_id
        order by c.repository_id, c.comment_id, c.claimed_at;
      drop table gatewright.command;

      -- What was written at GitHub, so that it is edited and not written twice.
      create table gatewright.posted (
        repository_id bigint not null,
        kind text not null,
        key text not null,
        github_id bigint not null,
        used_at timestamptz not null,
        primary key (repository_id, kind, key)
      );
      create index posted_used_at on gatewright.posted (used_at);
      insert into gatewright.posted (repository_id, kind, key, github_id, used_at)
        select m[2]::bigint, m[1], m[3], value::bigint, changed_at
        from (
          select regexp_match(key, '^(reply|plan-comment|destroy-plan|settings-notice|failed-merge)/([0-9]+)/(.*)$') as m, value, changed_at
          from gatewright.note
        ) as found
        where m is not null and value ~ '^[0-9]+$';
      insert into gatewright.posted (repository_id, kind, key, github_id, used_at)
        select m[1]::bigint, 'drift-issue', m[2], value::bigint, changed_at
        from (
          select regexp_match(key, '^drift-issue/([0-9]+)/(.*)$') as m, value, changed_at from gatewright.note
        ) as found
        where m is not null and value ~ '^[0-9]+$';
      insert into gatewright.posted (repository_id, kind, key, github_id, used_at)
        select distinct on (n.key) r.repository_id,
          case when n.key like 'comment/%' then 'group-comment' else 'drift-reply' end,
          r.group_id, n.value::bigint, n.changed_at
        from gatewright.note n
        join gatewright.run r on n.key in ('comment/' || r.group_id, 'drift-reply/' || r.group_id)
        where n.value ~ '^[0-9]+$';
      insert into gatewright.posted (repository_id, kind, key, github_id, used_at)
        select r.repository_id, split_part(n.key, '/', 1), r.id::text, n.value::bigint, n.changed_at
        from gatewright.note n
        join gatewright.run r on n.key in ('check/' || r.id, 'deployment/' || r.id)
        where n.value ~ '^[0-9]+$';

      -- What a pull request settled about a stack: the plan that was reviewed, the resources it takes over.
      create table gatewright.pull_stack (
        repository_id bigint not null,
        pull integer not null,
        stage text not null,
        directory text not null,
        plan_id text,
        sha text,
        adopt json,
        changed_at timestamptz not null,
        primary key (repository_id, pull, stage, directory)
      );
      create index pull_stack_changed_at on gatewright.pull_stack (changed_at);
      insert into gatewright.pull_stack (repository_id, pull, stage, directory, plan_id, sha, changed_at)
        select m[1]::bigint, m[2]::integer, m[3], m[4], value::json ->> 'planId', value::json ->> 'sha', changed_at
        from (
          select regexp_match(key, '^reviewed/([0-9]+)/([0-9]+)/([^/]+)/(.*)$') as m, value, changed_at from gatewright.note
        ) as found
        where m is not null;
      insert into gatewright.pull_stack (repository_id, pull, stage, directory, adopt, changed_at)
        select m[1]::bigint, m[2]::integer, m[3], m[4], to_json(string_to_array(value, E'\\n')), changed_at
        from (
          select regexp_match(key, '^adopt/reviewed/([0-9]+)/([0-9]+)/([^/]+)/(.*)$') as m, value, changed_at from gatewright.note
        ) as found
        where m is not null
        on conflict (repository_id, pull, stage, directory) do update set adopt = excluded.adopt;

      -- The last settings of a repository that were valid. One row per repository.
      create table gatewright.repository_settings (
        repository_id bigint primary key,
        settings json not null,
        changed_at timestamptz not null
      );
      insert into gatewright.repository_settings (repository_id, settings, changed_at)
        select substr(key, 10)::bigint, value::json, changed_at from gatewright.note where key ~ '^settings/[0-9]+$';

      -- Which stack goes by a project's name. One row per stack and name.
      create table gatewright.project (
        repository_id bigint not null,
        stage text not null,
        name text not null,
        directory text not null,
        used_at timestamptz not null,
        primary key (repository_id, stage, name)
      );
      insert into gatewright.project (repository_id, stage, name, directory, used_at)
        select m[1]::bigint, m[2], m[3], value, changed_at
        from (
          select regexp_match(key, '^project/([0-9]+)/([^/]+)/(.*)$') as m, value, changed_at from gatewright.note
        ) as found
        where m is not null;

      -- Until when GitHub was asked for deliveries that never arrived: one row.
      create table gatewright.redelivery (
        one boolean primary key default true check (one),
        looked_until timestamptz not null
      );
      insert into gatewright.redelivery (looked_until)
        select to_timestamp(value::double precision / 1000) from gatewright.note where key = 'catch-up/newest';

      drop table gatewright.note;
    `,
  },
];
