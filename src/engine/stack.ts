/**
 * The stack to work on, and what is read of it: its spec and its resources in AWS. All access to the outside is
 * passed in: files through a `SpecSource`, AWS through `ConnectedAws`.
 */
import type { ConnectedAws } from "../aws/connect.ts";
import { type Identity, identify } from "../aws/identity.ts";
import { userErrors } from "../model/errors.ts";
import { typeOf } from "../model/plan.ts";
import type { StackFacts } from "../model/stack.ts";
import { partitionOf, previewPull } from "../model/stage.ts";
import type { JsonObject } from "../model/values.ts";
import { VERSION } from "../model/version.ts";
import { resourceTypes } from "../resources/registry.ts";
import type { Lookup } from "../resources/type.ts";
import type { BuiltCode } from "../source/built-code.ts";
import type { SpecSource } from "../source/source.ts";
import type { SpecOptions } from "../spec/sandbox/types.ts";
import { namePattern, patternText } from "../spec/physical-names.ts";
import { type LoadOptions, loadSpec } from "../spec/load/load.ts";
import { mentionsStored } from "../spec/load/mentions-stored.ts";
import type { DesiredResource, LoadedSpec } from "../spec/types.ts";
import { identified } from "./identify.ts";
import { leavingAll } from "./plan/leaving.ts";
import { linesToHide, secretTexts } from "./plan/secrets.ts";
import { makePlan, type PlanInput } from "./plan/plan.ts";
import type { Planning } from "./plan/planning.ts";
import { namedTypes } from "./names/named-types.ts";
import { makeNaming } from "./names/naming.ts";
import { policiesOfPreviews } from "./permissions/of-previews.ts";
import { type RolePolicies, rolePolicies } from "./permissions/policies.ts";
import { loadClients } from "./read/clients.ts";
import { readLive } from "./read/read.ts";
import { leftImages, readImages } from "./read/images.ts";
import { readStored } from "./read/stored.ts";
import { once } from "../model/promises/once.ts";

export interface StackOptions extends SpecOptions {
  /** Where the stack comes from, as `gc-source` says it (`sourceOf`): resources of another source are not ours. */
  readonly ownedBy?: string | undefined;
  /** The stage's pattern for names in AWS (`{name}-{stage}`); without it, AWS gets the spec's names. */
  readonly names?: string | undefined;
  /** Allow-listed environment the spec may read. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Where code is that was built; `left`: it stays as it is in AWS. */
  readonly built?: BuiltCode | "left" | undefined;
  /** The base branch's spec: reveals drift and what this branch removed. */
  readonly base?: SpecSource | undefined;
  /** Names or keys of foreign resources to take over. */
  readonly adopt?: readonly string[] | undefined;
  /** Names or keys of protected resources (those that hold data) that may be deleted or replaced. */
  readonly allowDeletion?: readonly string[] | "all" | undefined;
  /** Refuse another account than this one. */
  readonly expectedAccount?: string | undefined;
  /** Told each line that the spec printed. Untrusted text: make it visible before it is shown. */
  readonly onConsole?: ((line: string) => void) | undefined;
  /** Told what nobody may see, a line at a time and before anything is said of it: a job hides it in its log. */
  readonly onSecret?: ((value: string) => void) | undefined;
}

/** Evaluates and checks the spec; what is built is not asked for. Asks AWS who we are only when the spec calls `config.accountId()`. */
export function loadStack(options: StackOptions, aws: ConnectedAws): Promise<LoadedSpec> {
  return load(options, options.source, "left", () => identify(aws, options.expectedAccount));
}

/** What the spec gets for an account that nobody named; a star in the policies, which are for any account then. */
const ANY_ACCOUNT = "000000000000";

/** The policies of the roles that plan and apply the stack. Asks AWS for nothing. */
export async function stackPermissions(options: StackOptions): Promise<RolePolicies> {
  const { directory, stage, region, expectedAccount: account = ANY_ACCOUNT } = options;
  const partition = partitionOf(region);
  const spec = await load(options, options.source, "left", async () => ({ account, partition, arn: "" }));
  const pattern = namePattern(options.names, stage);
  const naming = pattern === undefined ? undefined : makeNaming(pattern, resourceTypes, spec.resources);
  const stack = {
    directory,
    stage,
    region,
    account,
    partition,
    projectName: spec.projectName,
  };
  const own = rolePolicies({ ...spec, registry: namedTypes(resourceTypes, naming), stack });
  const policies =
    previewPull(stage) === undefined
      ? own
      : policiesOfPreviews(own, spec.resources, resourceTypes, { stage, names: options.names });
  return JSON.parse(JSON.stringify(policies).replaceAll(ANY_ACCOUNT, "*"));
}

/**
 * Loads the stack's spec and reads what AWS has of it; `planning` computes a plan of both.
 * @param built `left` where it does not matter what was built
 */
export async function observeStack(options: StackOptions, aws: ConnectedAws, built?: "left") {
  const asked = built ?? options.built;
  const who = once(() => identify(aws, options.expectedAccount));
  // The identity is looked up while the spec is evaluated; a bad spec is reported even without credentials.
  const identifying = who().catch((error: unknown) => error);
  const [spec, { base, broken: baseBroken }] = await Promise.all([
    load(options, options.source, asked, who, {
      onTexts: (texts) => loadClients(aws, resourceTypes, texts),
    }),
    loadBase(options, who),
  ]);
  for (const line of spec.console) options.onConsole?.(line);
  await identifying;
  const { account, partition } = await who();
  const { directory, stage, region } = options;
  const { projectName } = spec;
  const owner = options.ownedBy === undefined ? {} : { source: options.ownedBy };
  const pattern = namePattern(options.names, stage);
  const names = pattern === undefined ? {} : { names: patternText(pattern) };
  const stack: StackFacts = { directory, stage, region, account, partition, projectName, ...owner, ...names };
  const named = [...spec.resources, ...(base?.resources ?? [])];
  const registry = namedTypes(
    resourceTypes,
    pattern === undefined ? undefined : makeNaming(pattern, resourceTypes, named),
  );
  const adopt = options.adopt ?? [];
  const values = readStored(aws, spec.resources, base?.resources ?? []);
  const [stored, images, read] = await Promise.all([
    values,
    asked === "left"
      ? { resources: leftImages(spec.resources), check: () => {} }
      : values.then((found) => readImages(aws, registry, spec.resources, found)),
    readLive({ aws, stack, registry, wanted: lookups(named), adopt: new Set(adopt) }),
  ]);
  const observed = identified({
    stack,
    registry,
    spec: spec.resources,
    base: base?.resources ?? [],
    observed: read,
  });
  const hide = (secrets: readonly string[]): void => {
    for (const line of secrets.flatMap(linesToHide)) options.onSecret?.(line);
  };
  const hideState = (type: string, state: JsonObject): void =>
    hide(secretTexts(registry.get(type) ?? { sensitive: [] }, state));
  hide(stored.secrets);
  for (const { live } of read) hideState(live.type, live.state);
  const common = {
    engine: VERSION,
    stack,
    registry,
    adopt,
    allowDeletion: options.allowDeletion,
    stored,
  };
  const planned = (input: PlanInput): Planning => {
    const planning = makePlan(input);
    for (const [key, state] of planning.states) hideState(typeOf(key), state);
    return planning;
  };
  const planning = (purpose: "apply" | "destroy"): Planning => {
    if (purpose === "apply") {
      stored.check();
      images.check();
      const resolved = { ...spec, resources: images.resources };
      const before = base === undefined ? undefined : leftImages(base.resources);
      return planned({ ...common, spec: resolved, observed, base: before, baseBroken, purpose });
    }
    const leaving = leavingAll(stack, registry, spec, observed);
    const nothing = { resources: [], satisfied: [], open: [], warnings: leaving.warnings };
    return makePlan({ ...common, spec: nothing, observed: leaving.observed, purpose });
  };
  return { spec, observed, stack, planning };
}

function load(
  options: StackOptions,
  source: SpecSource,
  built: BuiltCode | "left" | undefined,
  account: () => Promise<Identity>,
  more: Pick<LoadOptions, "unsetAllowed" | "onTexts"> = {},
): Promise<LoadedSpec> {
  const { directory, spec, stage, region, projectName, env, names } = options;
  return loadSpec(
    {
      source,
      directory,
      spec,
      stage,
      region,
      projectName,
      names,
      env: env ?? {},
      built,
      account,
      ...more,
    },
    resourceTypes,
  );
}

interface LoadedBase {
  readonly base?: LoadedSpec;
  /** It is there, cannot be evaluated, and may have taken secrets. */
  readonly broken?: boolean;
}

/**
 * The base branch's spec is optional: a broken or missing one is ignored. One with "undefined" in it is what was applied, and without it
 * nobody would know which secrets AWS has from it.
 */
async function loadBase(options: StackOptions, account: () => Promise<Identity>): Promise<LoadedBase> {
  const { base, directory } = options;
  if (base === undefined) return {};
  try {
    return { base: await load(options, base, "left", account, { unsetAllowed: true }) };
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    if (errors.some(({ code }) => code === "SPEC_NOT_FOUND")) return {};
    return { broken: await mentionsStored(base, directory) };
  }
}

function lookups(resources: readonly DesiredResource[]): ReadonlyMap<string, readonly Lookup[]> {
  const byType = new Map<string, Map<string, Lookup>>();
  for (const { type, name, properties } of resources) {
    const names = byType.get(type) ?? new Map<string, Lookup>();
    // The first wins, because the spec's own properties are newer than the base branch's. A resource whose place
    // changed still exists in the old place, where it blocks the new one.
    const where = JSON.stringify([name, resourceTypes.get(type)?.place?.(properties) ?? ""]);
    if (!names.has(where)) names.set(where, { name, properties });
    byType.set(type, names);
  }
  return new Map([...byType].map(([type, names]) => [type, [...names.values()]]));
}
