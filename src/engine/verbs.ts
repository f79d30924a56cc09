/**
 * The engine's verbs, the same for the Action, the terminal and the bot: load a spec, plan it, apply it, list, destroy.
 * Everything that touches the world comes in: files through a `SpecSource`, AWS through `ConnectedAws`.
 */
import { walk } from "./apply/walk.ts";
import { outputsOf } from "./apply/outputs.ts";
import type { ApplyEvent, ApplyResult } from "../model/apply.ts";
import { makeWorld } from "./apply/world.ts";
import type { ConnectedAws } from "../aws/connect.ts";
import { type Identity, identify } from "../aws/identity.ts";
import { fail, GatewrightError, userErrors } from "../model/errors.ts";
import { readLive } from "./read/read.ts";
import { makePlan } from "./plan/plan.ts";
import { hasChanges, isApplicable } from "../model/plan.ts";
import type { Planning } from "./plan/planning.ts";
import { resourceTypes } from "../resources/registry.ts";
import type { Live, Lookup } from "../resources/type.ts";
import type { StackFacts } from "../model/stack.ts";
import type { SpecSource } from "../source/source.ts";
import { loadSpec } from "../spec/load/load.ts";
import type { DesiredResource, LoadedSpec } from "../spec/types.ts";
import { VERSION } from "../model/version.ts";

export interface StackOptions {
  readonly source: SpecSource;
  /** The stack's directory in the source, `.` for its root. */
  readonly directory: string;
  /** The spec file; without it the default names (`SPEC_FILES`) are looked for. */
  readonly spec?: string | undefined;
  readonly stage: string;
  readonly region: string;
  readonly projectName?: string | undefined;
  /** Allow-listed environment the spec may read. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The spec of the base branch: tells what left the spec, and drift. */
  readonly base?: SpecSource | undefined;
  /** Names or keys of foreign resources to take over. */
  readonly adopt?: readonly string[] | undefined;
  /** Refuse another account than this one. */
  readonly expectedAccount?: string | undefined;
  /** Told each line that the spec printed. Untrusted text: make it visible before it is shown. */
  readonly onConsole?: ((line: string) => void) | undefined;
}

export interface ApplyOptions {
  /** Refuse when the recomputed plan has another id. */
  readonly planId?: string | undefined;
  /** Cancels between steps. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
  /** The recomputed plan, before its first step. */
  readonly onPlan?: ((planning: Planning) => void) | undefined;
  /** Called right before every write; throw to stop (a lost lock). */
  readonly beforeWrite?: ((key: string) => Promise<void>) | undefined;
}

/** A resource as `gatewright list` tells it. */
export interface Listed {
  readonly live: Live;
  readonly managedByUs: boolean;
  /** Of the resource, or of the parent it belongs to. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Evaluates and checks the spec. Asks AWS who we are only when the spec calls `config.accountId()`. */
export function loadStack(options: StackOptions, aws: ConnectedAws): Promise<LoadedSpec> {
  return load(options, options.source, () => identify(aws, options.expectedAccount));
}

/** Reads AWS and computes the plan. Throws GatewrightError(s) for a bad spec, credentials or denied reads. */
export async function planStack(options: StackOptions, aws: ConnectedAws): Promise<Planning> {
  return (await observeStack(options, aws)).planning("apply");
}

/** The plan that removes everything of the stack that is ours. */
export async function planDestroy(options: StackOptions, aws: ConnectedAws): Promise<Planning> {
  return (await observeStack(options, aws)).planning("destroy");
}

/** Plans anew, compares ids, carries it out. Throws for what stops it before the first step; the result tells the rest. */
export async function applyStack(
  options: StackOptions,
  aws: ConnectedAws,
  how: ApplyOptions = {},
): Promise<ApplyResult> {
  return carryOutPlan(await planStack(options, aws), aws, how);
}

/** Removes everything of the stack that is ours, in reverse order. */
export async function destroyStack(
  options: StackOptions,
  aws: ConnectedAws,
  how: ApplyOptions = {},
): Promise<ApplyResult> {
  return carryOutPlan(await planDestroy(options, aws), aws, how);
}

/** What AWS has of the stack, of one type or all, foreign resources of our names included. */
export async function listStack(
  options: StackOptions,
  aws: ConnectedAws,
  type?: string,
): Promise<readonly Listed[]> {
  if (type !== undefined && !resourceTypes.has(type)) {
    fail("TYPE_UNKNOWN", `"${type}" is not a resource type`, {
      hint: `Known types: ${[...resourceTypes.keys()].join(", ")}.`,
    });
  }
  const { observed, spec } = await observeStack(options, aws);
  const wanted = new Set(spec.resources.map(({ key }) => key));
  return observed
    .filter(
      ({ live, ours }) =>
        (type === undefined || live.type === type) && (ours || wanted.has(`${live.type}::${live.name}`)),
    )
    .map(({ live, ours, parent }) => ({
      live,
      managedByUs: ours,
      tags: live.tags ?? parent?.live.tags ?? {},
    }));
}

async function observeStack(options: StackOptions, aws: ConnectedAws) {
  let identity: Promise<Identity> | undefined;
  const who = (): Promise<Identity> => {
    identity ??= identify(aws, options.expectedAccount);
    return identity;
  };
  // Who we are is asked while the spec is evaluated; a bad spec is told even without credentials.
  const asked = who().catch((error: unknown) => error);
  const [spec, base] = await Promise.all([load(options, options.source, who), loadBase(options, who)]);
  for (const line of spec.console) options.onConsole?.(line);
  await asked;
  const { account, partition } = await who();
  const { directory, stage, region } = options;
  const stack: StackFacts = { directory, stage, region, account, partition, projectName: spec.projectName };
  const adopt = options.adopt ?? [];
  const observed = await readLive({
    aws,
    stack,
    registry: resourceTypes,
    wanted: lookups([...spec.resources, ...(base?.resources ?? [])]),
    adopt: new Set(adopt),
  });
  const planning = (purpose: "apply" | "destroy"): Planning =>
    makePlan({
      engine: VERSION,
      stack,
      registry: resourceTypes,
      spec: purpose === "destroy" ? { resources: [], satisfied: [], warnings: [] } : spec,
      observed: purpose === "destroy" ? withoutReadOnly(observed, spec) : observed,
      adopt,
      base: purpose === "destroy" ? undefined : base?.resources,
      purpose,
    });
  return { spec, observed, stack, planning };
}

/** What the spec only reads is not ours to destroy, whatever its tags say. */
function withoutReadOnly(observed: Awaited<ReturnType<typeof readLive>>, spec: LoadedSpec): typeof observed {
  const readOnly = new Set(spec.resources.filter((resource) => resource.readOnly).map(({ key }) => key));
  return observed.filter(({ live }) => !readOnly.has(`${live.type}::${live.name}`));
}

function load(
  options: StackOptions,
  source: SpecSource,
  account: () => Promise<Identity>,
): Promise<LoadedSpec> {
  const { directory, spec, stage, region, projectName, env } = options;
  return loadSpec(
    { source, directory, spec, stage, region, projectName, env: env ?? {}, account },
    resourceTypes,
  );
}

/** The base branch's spec is a help, not a condition: a broken or missing one tells nothing. */
async function loadBase(
  options: StackOptions,
  account: () => Promise<Identity>,
): Promise<LoadedSpec | undefined> {
  if (options.base === undefined) return undefined;
  try {
    return await load(options, options.base, account);
  } catch (error) {
    if (userErrors(error) !== undefined) return undefined;
    throw error;
  }
}

function lookups(resources: readonly DesiredResource[]): ReadonlyMap<string, readonly Lookup[]> {
  const byType = new Map<string, Map<string, Lookup>>();
  for (const { type, name, properties } of resources) {
    const names = byType.get(type) ?? new Map<string, Lookup>();
    // The first wins: the spec's own properties say more than the base branch's. But a policy is found by its path too:
    // one whose path changed is still under the old one, and in the new one's way.
    const where = JSON.stringify([name, properties.Path ?? "/"]);
    if (!names.has(where)) names.set(where, { name, properties });
    byType.set(type, names);
  }
  return new Map([...byType].map(([type, names]) => [type, [...names.values()]]));
}

async function carryOutPlan(planning: Planning, aws: ConnectedAws, how: ApplyOptions): Promise<ApplyResult> {
  const { plan } = planning;
  const started = aws.clock.now();
  how.onPlan?.(planning);
  // A plan without changes is no other plan: there is nothing that somebody might not have reviewed.
  if (how.planId !== undefined && how.planId !== plan.id && hasChanges(plan)) {
    throw new GatewrightError(
      "PLAN_STALE",
      `plan ${how.planId} is out of date; the current plan is ${plan.id}`,
      {
        hint: "The spec or AWS has changed since that plan was made. Review the new plan and apply it.",
      },
    );
  }
  if (!isApplicable(plan)) {
    const [first] = plan.problems.filter(({ severity }) => severity === "error");
    fail(first?.code ?? "PLAN_BLOCKED", first?.message ?? "the plan cannot be applied", {
      hint: first?.hint,
      at: first?.at,
      resource: first?.key,
    });
  }
  const world = makeWorld(aws, resourceTypes, planning, how.signal);
  const results = await walk(world, {
    signal: how.signal,
    onEvent: how.onEvent,
    beforeWrite: how.beforeWrite ?? (async () => {}),
  });
  return {
    plan,
    succeeded: results.every(({ outcome }) => outcome === "succeeded"),
    results,
    outputs: outputsOf(world.live, resourceTypes),
    durationMs: aws.clock.now() - started,
    awsCalls: aws.calls(),
    cancelled: results.some(({ outcome }) => outcome === "cancelled"),
  };
}
