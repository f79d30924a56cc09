/** The tables, version by version. A version that was released is never edited: a change is a new one. */

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const SCHEMA = "gatewright";
/** The queue's own tables. */
export const QUEUE_SCHEMA = "gatewright_queue";

export const MIGRATIONS: readonly Migration[] = [
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
];
