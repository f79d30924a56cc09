/**
 * A store that lives as long as the process: for the workflow mode, where GitHub's `concurrency` is the queue, a run ends
 * with its job, and nothing is kept.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../../src/model/clock.ts";
import {
  stackKey,
  type Hold,
  type Lock,
  type Run,
  type RunEvent,
  type RunRequest,
  type RunSummary,
  type StackRef,
} from "../../src/model/run.ts";
import { isApplicable, type Plan } from "../../src/model/plan.ts";
import { advance, type Happening, isEnded } from "../../src/model/run-states.ts";
import { countsOf } from "../services/counts.ts";
import { isHeldFrom } from "../services/holds.ts";
import { runKey } from "../services/idempotency-keys.ts";
import type { Posted } from "../services/posted.ts";
import type {
  Claim,
  Preview,
  PreviewStack,
  ReviewedPlan,
  StackClaim,
  StackOwnership,
  Store,
} from "../services/store.ts";

export function createMemoryStore(clock: Clock): Store {
  const deliveries = new Set<string>();
  const claims = new Map<string, Claim & { readonly by?: string | undefined }>();
  const runs = new Map<string, Run>();
  const causes = new Map<string, string>();
  const events = new Map<string, RunEvent[]>();
  const reported = new Map<string, Map<string, number>>();
  const locks = new Map<string, Lock>();
  const holds = new Map<string, Hold>();
  const posted = new Map<string, number>();
  const reviewed = new Map<string, ReviewedPlan>();
  const adopted = new Map<string, readonly string[]>();
  const settings = new Map<number, unknown>();
  const previews = new Map<string, Preview>();
  const previewStacks = new Map<string, PreviewStack>();
  const projects = new Map<string, string>();
  const owners = new Map<string, number>();
  let redelivered: Date | undefined;

  const create = (request: RunRequest): Run => {
    const cause = runKey(request);
    const known = cause === undefined ? undefined : runs.get(causes.get(cause) ?? "");
    if (known !== undefined) return known;
    const run: Run = {
      ...request,
      id: randomUUID(),
      state: "queued",
      createdAt: new Date(clock.now()),
      attempts: 0,
      cancelRequested: false,
    };
    runs.set(run.id, run);
    if (cause !== undefined) causes.set(cause, run.id);
    return run;
  };
  /** Moves a run the way src/model/run-states.ts allows; its end gives its stack free. */
  const move = (id: string, what: Happening, more: Partial<Run> = {}): Run | undefined => {
    const run = runs.get(id);
    const next = run === undefined ? undefined : advance(run, what);
    if (run === undefined || next === undefined) return undefined;
    const ended = isEnded(next.state) ? { endedAt: new Date(clock.now()) } : {};
    const moved: Run = { ...run, ...next, ...more, ...ended };
    runs.set(id, moved);
    const key = stackKey(run.stack);
    if (isEnded(next.state) && locks.get(key)?.runId === id) locks.delete(key);
    return moved;
  };
  const take = (stack: StackRef, lock: StackClaim & { readonly runId?: string }): Lock | undefined => {
    const held = locks.get(stackKey(stack));
    if (held !== undefined && (lock.runId === undefined || held.runId !== lock.runId)) return undefined;
    const taken: Lock = { stack, since: held?.since ?? new Date(clock.now()), ...lock };
    locks.set(stackKey(stack), taken);
    return taken;
  };
  const addOnce = (set: Set<string>, key: string): boolean => {
    if (set.has(key)) return false;
    set.add(key);
    return true;
  };
  const sameStack = (left: StackRef, right: StackRef): boolean => stackKey(left) === stackKey(right);

  return {
    acceptDelivery: async ({ id }) => addOnce(deliveries, id),
    knownDeliveries: async (ids) => new Set(ids.filter((id) => deliveries.has(id))),
    claim: async (key, by) => {
      const known = claims.get(key);
      if (known !== undefined) return by !== undefined && known.by === by ? known : undefined;
      claims.set(key, { by });
      return {};
    },
    settle: async (key, outcome) => {
      claims.set(key, { ...claims.get(key), outcome });
    },
    createRuns: async (requests) => requests.map(create),
    getRun: async (id) => runs.get(id),
    listRuns: async ({ group, repositoryIds, stack, states, kinds, blocked, before, limit }) =>
      earlier([...runs.values()], before)
        .filter(
          (run) =>
            (group === undefined || run.group === group) &&
            (repositoryIds === undefined || repositoryIds.includes(run.stack.repository.id)) &&
            (stack === undefined || sameStack(run.stack, stack)) &&
            (states === undefined || states.includes(run.state)) &&
            (kinds === undefined || kinds.includes(run.kind)) &&
            (blocked === undefined || (run.blocked === true) === blocked),
        )
        .reverse()
        .slice(0, limit ?? 50)
        .map(summaryOf),
    runsOf: async (group) => [...runs.values()].filter((run) => run.group === group),
    requestCancel: async (id) => move(id, { kind: "cancel" }) !== undefined,
    beginRun: async (id, claim) => {
      const known = runs.get(id);
      if (known === undefined || isEnded(known.state)) return { kind: "over" };
      const held = claim === undefined ? undefined : holds.get(stackKey(known.stack));
      if (held !== undefined && known.attempts === 0 && isHeldFrom(held, known.cause)) {
        if (known.cause.by === "merge") runs.set(id, { ...known, state: "waiting" });
        return { kind: "held", by: held };
      }
      if (claim !== undefined && take(known.stack, { ...claim, runId: id }) === undefined)
        return { kind: "locked", by: locks.get(stackKey(known.stack)) };
      const startedAt = known.startedAt ?? new Date(clock.now());
      const run = move(id, { kind: "begin" }, { startedAt });
      return run === undefined ? { kind: "over" } : { kind: "begun", died: 0, run };
    },
    recordPlan: async (id, attempt, plan) => {
      const run = runs.get(id);
      if (run?.attempts === attempt)
        runs.set(id, { ...run, plan, counts: countsOf(plan), ...blockedOf(plan) });
    },
    endRun: async (id, attempt, { state, ...outcome }) => {
      const plan = outcome.result?.plan ?? outcome.plan;
      const more = plan === undefined ? outcome : { ...outcome, counts: countsOf(plan), ...blockedOf(plan) };
      return move(id, { kind: "end", attempt, state }, more) !== undefined;
    },
    reportedParts: async (group) => new Map(reported.get(group)),
    recordReported: async (group, part, version) => {
      reported.set(group, new Map(reported.get(group)).set(part, version));
    },
    appendEvent: async (runId, event, at) => {
      const known = events.get(runId) ?? [];
      known.push({ runId, sequence: known.length + 1, at, event });
      events.set(runId, known);
    },
    eventsOf: async (runId, after = 0) =>
      (events.get(runId) ?? []).filter(({ sequence }) => sequence > after),
    acquireLock: async (stack, owner, reason, more) => {
      return take(stack, { owner, reason, ...more });
    },
    releaseLock: async ({ stack, owner, since }) => {
      const held = locks.get(stackKey(stack));
      if (held?.runId === undefined && held?.owner === owner && held.since.getTime() === since.getTime())
        locks.delete(stackKey(stack));
    },
    getLock: async (stack) => locks.get(stackKey(stack)),
    listLocks: async (repositoryIds) =>
      [...locks.values()].filter(
        ({ stack }) => repositoryIds === undefined || repositoryIds.includes(stack.repository.id),
      ),
    takeHold: async (hold) => {
      const held = holds.get(stackKey(hold.stack));
      const isFree =
        held === undefined ||
        held.closedAt !== undefined ||
        (held.pull === hold.pull && (hold.rollback === true || held.rollback !== true)) ||
        (held.rollback === true && hold.rollback === true);
      if (!isFree) return false;
      const own = held?.pull === hold.pull && held.closedAt === undefined;
      holds.set(stackKey(hold.stack), { ...hold, since: own ? held.since : new Date(clock.now()) });
      return true;
    },
    holdOf: async (stack) => holds.get(stackKey(stack)),
    listHolds: async (repositoryIds) =>
      [...holds.values()].filter(
        ({ stack }) => repositoryIds === undefined || repositoryIds.includes(stack.repository.id),
      ),
    endHold: async ({ stack, pull }, how) => {
      const held = holds.get(stackKey(stack));
      if (held?.pull !== pull) return 0;
      if (how === "closed") holds.set(stackKey(stack), { ...held, closedAt: new Date(clock.now()) });
      else holds.delete(stackKey(stack));
      return 0;
    },
    getPosted: async (what) => posted.get(postedKey(what)),
    setPosted: async (what, id) => {
      posted.set(postedKey(what), id);
    },
    forgetPosted: async (what) => {
      posted.delete(postedKey(what));
    },
    reviewedPlan: async (stack, pull, purpose = "apply") =>
      reviewed.get(`${purpose} ${pull} ${stackKey(stack)}`),
    setReviewedPlan: async (stack, pull, plan, purpose = "apply") => {
      reviewed.set(`${purpose} ${pull} ${stackKey(stack)}`, plan);
    },
    adoptedNames: async (stack, pull) => adopted.get(`${pull} ${stackKey(stack)}`) ?? [],
    setAdoptedNames: async (stack, pull, names) => {
      adopted.set(`${pull} ${stackKey(stack)}`, names);
    },
    previewOf: async (repositoryId, pull) => previews.get(`${repositoryId} ${pull}`),
    listPreviews: async () => [...previews.values()].filter(({ goneAt }) => goneAt === undefined),
    setPreview: async (preview) => {
      const key = `${preview.repository.id} ${preview.pull}`;
      if ((previews.get(key)?.version ?? 0) !== preview.version - 1) return false;
      previews.set(key, preview);
      return true;
    },
    endPreview: async ({ repository, pull, version }) => {
      const key = `${repository.id} ${pull}`;
      const known = previews.get(key);
      if (known?.version === version && !known.wanted)
        previews.set(key, { ...known, goneAt: new Date(clock.now()) });
    },
    previewStacks: async (stack) =>
      [...previewStacks.values()].filter((one) => stackKey(one.stack) === stackKey(stack)),
    keepPreviewStack: async (one) => {
      const before = previewStacks.get(previewStackKey(one));
      const baseSha = before?.sha === one.sha ? before.baseSha : before?.sha;
      previewStacks.delete(previewStackKey(one));
      previewStacks.set(previewStackKey(one), { ...one, ...(baseSha === undefined ? {} : { baseSha }) });
    },
    forgetPreviewStack: async (one) => {
      previewStacks.delete(previewStackKey(one));
    },
    lastSettings: async (repositoryId) => settings.get(repositoryId),
    setLastSettings: async (repositoryId, now) => {
      settings.set(repositoryId, now);
    },
    ownerOfStack: async (stack) => owners.get(ownedKey(stack)),
    takeStack: async (stack, over) => {
      const owner = over ? undefined : owners.get(ownedKey(stack));
      owners.set(ownedKey(stack), owner ?? stack.repositoryId);
      return owner ?? stack.repositoryId;
    },
    releaseStack: async (stack) => {
      if (owners.get(ownedKey(stack)) === stack.repositoryId) owners.delete(ownedKey(stack));
    },
    claimProject: async ({ repositoryId, stage, name, directory, from }) => {
      const key = `${repositoryId} ${stage} ${name}`;
      const owner = projects.get(key);
      const now = owner === undefined || owner === from ? directory : owner;
      projects.set(key, now);
      return now;
    },
    redeliveredUntil: async () => redelivered,
    setRedeliveredUntil: async (until) => {
      redelivered = until;
    },
  };
}

/** Those that were asked for before that one. */
function earlier(runs: readonly Run[], before: string | undefined): readonly Run[] {
  if (before === undefined) return runs;
  const place = runs.findIndex(({ id }) => id === before);
  return place < 0 ? [] : runs.slice(0, place);
}

function blockedOf(plan: Plan): Pick<Run, "blocked"> {
  return { blocked: isApplicable(plan) ? undefined : true };
}

function summaryOf({ plan: _plan, result: _result, ...summary }: Run): RunSummary {
  return summary;
}

const postedKey = ({ repositoryId, kind, key }: Posted): string => `${repositoryId} ${kind} ${key}`;

const ownedKey = ({ account, region, stage, name }: StackOwnership): string =>
  JSON.stringify([account, region, stage, name]);

function previewStackKey({
  stack,
  account,
  region,
  name,
}: Pick<PreviewStack, "stack" | "account" | "region" | "name">): string {
  return JSON.stringify([stackKey(stack), account, region, name]);
}
