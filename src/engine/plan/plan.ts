/** `(desired, live) → Plan`: pure and deterministic. */
import type { Stored } from "../read/stored.ts";
import { hiddenProblem } from "./secrets.ts";
import { isDeletedFirst, type Observed, type Registry } from "../read/observed.ts";
import type { Live } from "../../resources/type.ts";
import type { StackFacts } from "../../model/stack.ts";
import type { DesiredResource, LoadedSpec, SpecWarning } from "../../spec/types.ts";
import {
  afterwards,
  codeSizes,
  type Decision,
  type Decisions,
  imageOrigin,
  satisfiedChange,
} from "./decision.ts";
import { decide } from "./decide.ts";
import { plannedFacts } from "./identity/facts.ts";
import { planDigest } from "./identity/digest.ts";
import { driftProblems } from "./drift.ts";
import { protectionOf } from "./protection.ts";
import { sharedInPreview } from "./identity/shared-in-preview.ts";
import { baseNotEvaluated, protectedFromDeletion, usedOutside } from "./problems.ts";
import { showChange } from "./shown/show.ts";
import { stepSources } from "./step-sources.ts";
import { buildSteps, waitsByKey } from "./steps.ts";
import { type Change, countActions, type Problem, type Protection } from "../../model/plan.ts";
import type { Planning } from "./planning.ts";

export interface PlanInput {
  readonly engine: string;
  readonly stack: StackFacts;
  readonly registry: Registry;
  readonly spec: Pick<LoadedSpec, "resources" | "satisfied" | "warnings" | "open">;
  readonly observed: readonly Observed[];
  readonly adopt: readonly string[];
  /** Names or keys of protected resources that may be deleted. */
  readonly allowDeletion?: readonly string[] | "all" | undefined;
  /** The base branch's resources, to tell drift from a change of this branch. */
  readonly base?: readonly DesiredResource[] | undefined;
  /** Its spec cannot be evaluated, and may have taken secrets: what AWS has of it is masked. */
  readonly baseBroken?: boolean | undefined;
  readonly stored?: Stored | undefined;
  readonly purpose: "apply" | "destroy";
}

/** A resource to delete, with its key in the plan. */
interface Leaving {
  readonly key: string;
  readonly observed: Observed;
  /** Key of the parent whose deletion or replacement deletes it too. */
  readonly takenBy?: string | undefined;
  readonly protection: Protection | undefined;
}

export function makePlan(input: PlanInput): Planning {
  const { stack, registry, observed } = input;
  const adopt = new Set(input.adopt);
  const allowDeletion = input.allowDeletion === "all" ? "all" : new Set(input.allowDeletion);
  const decisions = decide({
    stack,
    registry,
    resources: input.spec.resources,
    observed,
    adopt,
    allowDeletion,
    stored: input.stored,
    before: new Map(input.base?.map((resource) => [resource.key, resource])),
    baseBroken: input.baseBroken,
  });
  const leaving = leavingOf(decisions, registry, ({ live }) =>
    protectionOf(registry.get(live.type), live, allowDeletion),
  );
  const sources = stepSources(decisions, leaving);
  const steps = buildSteps(sources, registry);
  const waits = waitsByKey(steps);
  const changes = [
    ...[...decisions.byKey.values()].map((decision) => desiredChange(decision, waits)),
    ...input.spec.satisfied.map(satisfiedChange),
    ...leaving.map((one) => deleteChange(one, waits, input)),
  ];
  const problems = [
    ...decisions.problems,
    ...sharedInPreview(stack, registry, decisions.byKey),
    ...leaving.flatMap(({ key, protection, observed: { live } }) =>
      protection?.allowed === false ? [protectedFromDeletion({ key }, live, protection, "deleted")] : [],
    ),
    ...usedElsewhere(input, decisions, leaving),
    ...input.spec.warnings.filter(counts(decisions)).map(
      (warning): Problem => ({
        severity: isRefused(warning, decisions) ? "error" : "warning",
        code: warning.code,
        message: warning.message,
        hint: warning.hint,
        key: warning.resource,
        at: warning.at,
      }),
    ),
    ...drift(input, decisions, adopt),
    ...([...decisions.byKey.values()].some(hidesBefore) ? [baseNotEvaluated()] : []),
  ].map((problem) => hiddenProblem(problem, input.stored));
  const live = new Map<string, Live>();
  for (const [key, { observed: one }] of decisions.byKey) if (one !== undefined) live.set(key, one.live);
  for (const { key, observed: one } of leaving) live.set(key, one.live);
  const digest = planDigest({
    engine: input.engine,
    purpose: input.purpose,
    stack,
    resources: input.spec.resources,
    live: [...live.values()],
    adopts: changes.filter((change) => change.adopts === true).map(({ key }) => key),
    allowedDeletions: changes.filter(({ protection }) => protection?.allowed === true).map(({ key }) => key),
    stored: input.purpose === "apply" ? (input.stored?.versions ?? []) : [],
  });
  return {
    plan: {
      version: 1,
      id: digest.slice(0, 12),
      digest,
      engine: input.engine,
      stack,
      changes,
      counts: countActions(changes),
      problems,
      ...(input.purpose === "destroy" ? {} : afterwards(input.spec.open, decisions, input.stored)),
    },
    registry,
    steps,
    desired: new Map(input.spec.resources.map((resource) => [resource.key, resource])),
    live,
    states: new Map([...decisions.byKey].map(([key, { state }]) => [key, state])),
    facts: plannedFacts(changes, decisions.byKey),
    stored: input.stored,
  };
}

/** AWS takes no change of the resource as it is written. */
function isRefused({ when, resource }: SpecWarning, { byKey }: Decisions): boolean {
  const action = when === "written" && resource !== undefined ? byKey.get(resource)?.action : undefined;
  return action === "create" || action === "update" || action === "replace";
}

function hidesBefore({ changes }: Decision): boolean {
  return changes.some((change) => change.hidesBefore === true);
}

/** False for what is only of interest until the resource is made, once it is. */
function counts({ byKey }: Decisions): (warning: SpecWarning) => boolean {
  return ({ when, resource = "" }) => {
    const { action, reason } = byKey.get(resource) ?? {};
    return when !== "made" || action === "create" || action === "replace" || reason?.kind === "pending";
  };
}

/** What the plan would take away although others use it. */
function usedElsewhere(
  { registry, observed }: PlanInput,
  decisions: Decisions,
  leaving: readonly Leaving[],
): readonly Problem[] {
  const ours = observed.filter((one) => one.ours).map(({ live }) => live);
  const replaced = [...decisions.byKey.values()].flatMap(({ action, resource, observed: one }) =>
    action === "replace" && one !== undefined ? [{ key: resource.key, at: resource.at, live: one.live }] : [],
  );
  const going = [
    ...replaced,
    ...leaving.map(({ key, observed: { live } }) => ({ key, at: undefined, live })),
  ];
  return going.flatMap(({ live, ...what }) => {
    const who = registry.get(live.type)?.usedElsewhere?.(live, ours);
    return who === undefined ? [] : [usedOutside(what, live, who)];
  });
}

function leavingOf(
  decisions: Decisions,
  registry: Registry,
  protection: (observed: Observed) => Protection | undefined,
): readonly Leaving[] {
  const takers = new Map<Observed | undefined, string>();
  for (const { action, observed, resource } of decisions.byKey.values()) {
    if (action === "replace") takers.set(observed, resource.key);
  }
  const keys = new Set(decisions.byKey.keys());
  const ordered = [...decisions.leftovers].sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
  for (const observed of ordered) {
    const plain = `${observed.live.type}::${observed.live.name}`;
    // Two integrations with one target, or the old resource of a replacement: the id distinguishes them.
    const key = keys.has(plain) ? `${plain}#${observed.live.id}` : plain;
    keys.add(key);
    takers.set(observed, key);
  }
  return ordered.map((observed) => ({
    key: takers.get(observed) ?? "",
    observed,
    protection: protection(observed),
    takenBy: isDeletedFirst(registry.get(observed.live.type)) ? undefined : takers.get(observed.parent),
  }));
}

const orderOf = ({ live }: Observed): string => `${live.type} ${live.name} ${live.id}`;

function desiredChange(decision: Decision, waits: ReadonlyMap<string, readonly string[]>): Change {
  const { resource, type, action, observed, changes, reason, adopts, redeploy, protection } = decision;
  const consequence =
    action === "replace" && observed !== undefined ? type.consequence(observed.live) : undefined;
  return {
    key: resource.key,
    type: resource.type,
    name: resource.name,
    action,
    ...(observed === undefined || reason?.kind === "foreign" ? {} : { id: observed.live.id }),
    properties: changes.map((change) =>
      showChange(
        change,
        action === "create" ? { preset: type.preset, properties: resource.properties } : undefined,
      ),
    ),
    ...(action === "no-op" || resource.code?.origin === undefined ? {} : { code: resource.code.origin }),
    ...imageOrigin(decision),
    ...codeSizes(decision),
    ...(reason === undefined ? {} : { reason }),
    ...(redeploy === true ? { redeploy } : {}),
    ...(consequence === undefined ? {} : { consequence }),
    ...(protection === undefined ? {} : { protection }),
    ...(adopts ? { adopts } : {}),
    after: waits.get(resource.key) ?? [],
    ...(resource.at === undefined ? {} : { at: resource.at }),
  };
}

function deleteChange(
  { key, observed, takenBy, protection }: Leaving,
  waits: ReadonlyMap<string, readonly string[]>,
  { registry, purpose }: Pick<PlanInput, "registry" | "purpose">,
): Change {
  const { live } = observed;
  const consequence = takenBy !== undefined ? undefined : registry.get(live.type)?.consequence(live);
  return {
    key,
    type: live.type,
    name: live.name,
    action: "delete",
    id: live.id,
    properties: [],
    reason: {
      kind: live.superseded === true ? "superseded" : purpose === "destroy" ? "destroyed" : "not-in-spec",
    },
    ...(consequence === undefined ? {} : { consequence }),
    ...(protection === undefined ? {} : { protection }),
    ...(takenBy === undefined ? {} : { withParent: true }),
    after: takenBy === undefined ? (waits.get(key) ?? []) : [takenBy],
  };
}

function drift(input: PlanInput, decisions: Decisions, adopt: ReadonlySet<string>): readonly Problem[] {
  if (input.base === undefined) return [];
  const { stack, registry, observed, stored } = input;
  return driftProblems(
    decisions,
    decide({ stack, registry, resources: input.base, observed, adopt, allowDeletion: new Set(), stored }),
  );
}
