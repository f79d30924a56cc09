/**
 * Decides what happens to each desired resource: pure, from the spec and what was observed. Resources are decided
 * after those they refer to, so that a replacement spreads: the values of what is replaced are unknown, and a property
 * that holds one differs. Long because its parts call each other: a decision asks for those on its parent and on what it refers to.
 */
import type { JsonObject, Text } from "../../model/values.ts";
import { fail } from "../../model/errors.ts";
import { isForeign, isShared, type Observed, type Registry } from "../read/observed.ts";
import type { Live, ResourceType, Used } from "../../resources/type.ts";
import type { StackFacts } from "../../model/stack.ts";
import type { DesiredResource } from "../../spec/types.ts";
import { blockedBy, type Decision, type Decisions } from "./decision.ts";
import { isBelow, isLiveBelow } from "../read/below.ts";
import { diffStates, settingOf } from "./diff.ts";
import type { Stored } from "../read/stored.ts";
import { judgeLive } from "./judge.ts";
import { maskedChanges, withoutBefore, withStored } from "./secrets.ts";
import { matchResources } from "./match.ts";
import {
  foreign,
  keepsServing,
  nothingToServe,
  readOnlyMissing,
  readOnlyParent,
  severalLive,
} from "./problems.ts";
import type { AllowedDeletions } from "./protection.ts";
import { resolveDesired, type Standing } from "./resolve.ts";
import { changesWhatIsServed, servedDigest } from "./served.ts";
import type { Problem } from "../../model/plan.ts";
import type { Serves } from "../../spec/type-rules.ts";

export interface DecideInput {
  readonly stack: StackFacts;
  readonly registry: Registry;
  /** In dependency order. */
  readonly resources: readonly DesiredResource[];
  readonly observed: readonly Observed[];
  /** Names or keys. */
  readonly adopt: ReadonlySet<string>;
  /** Names or keys of protected resources that may be deleted. */
  readonly allowDeletion: AllowedDeletions;
  readonly stored?: Stored | undefined;
  /** The base branch's, by key: where it took a stored value from, AWS may still have an older one. */
  readonly before?: ReadonlyMap<string, DesiredResource> | undefined;
  /** The base branch's spec cannot be evaluated, and may have taken secrets. */
  readonly baseBroken?: boolean | undefined;
}

export function decide(input: DecideInput): Decisions {
  return new Decider(input).run();
}

class Decider {
  readonly #input: DecideInput;
  readonly #decided = new Map<string, Decision>();
  readonly #problems: Problem[] = [];
  readonly #desired: ReadonlyMap<string, DesiredResource>;
  /** Group (type and parent) → key → live. Made when the first of a group is decided. */
  readonly #matched = new Map<string, ReadonlyMap<string, Observed>>();
  readonly #taken = new Set<Observed>();
  /** After this plan: what is adopted too. */
  readonly #ours = new Set<Observed>();

  constructor(input: DecideInput) {
    this.#input = input;
    this.#desired = new Map(input.resources.map((resource) => [resource.key, resource]));
  }

  run(): Decisions {
    for (const resource of this.#input.resources) this.#decide(resource);
    const byKey = new Map(this.#input.resources.map((one) => [one.key, this.#decide(one)]));
    const leftovers = this.#input.observed.filter((one) => this.#isOurs(one) && !this.#taken.has(one));
    return { byKey, leftovers, problems: this.#problems };
  }

  #decide(resource: DesiredResource): Decision {
    const known = this.#decided.get(resource.key);
    if (known !== undefined) return known;
    const type = this.#type(resource);
    const parent = this.#parentOf(resource);
    const observed = this.#match(resource, type, parent).get(resource.key);
    const decision = this.#masked(this.#judge(resource, type, parent, observed));
    this.#decided.set(resource.key, decision);
    return decision;
  }

  #judge(
    resource: DesiredResource,
    type: ResourceType,
    parent: Decision | undefined,
    observed: Observed | undefined,
  ): Decision {
    const foreignHere = observed !== undefined && isForeign(observed, type);
    const adopts = foreignHere && [resource.name, resource.key].some((one) => this.#input.adopt.has(one));
    const state = this.#state(resource, type, observed?.live);
    const decision = { resource, type, state, adopts, observed, changes: [] };
    if (resource.readOnly) {
      if (observed === undefined) this.#problems.push(readOnlyMissing(resource));
      else this.#taken.add(observed);
      return { ...decision, action: "no-op", reason: { kind: "read-only" } };
    }
    if (foreignHere && !adopts) {
      // In a shared parent only the name says whose it is; if it is already as wanted, that does not matter.
      const asWanted =
        observed.parent !== undefined && diffStates(type, observed.live.state, state).length === 0;
      if (asWanted) return { ...decision, action: "no-op" };
      this.#problems.push(foreign(resource, observed, this.#input.stack));
      return { ...decision, action: "no-op", reason: { kind: "foreign" } };
    }
    const needed = type.serves?.needs;
    const isNeeded = (one: DesiredResource): boolean => one.parent === resource.parent && one.type === needed;
    // AWS refuses to create something that would serve nothing.
    if (type.serves !== undefined && !this.#input.resources.some(isNeeded)) {
      if (resource.implied !== true) this.#problems.push(nothingToServe(resource, type.serves));
      // While there is no route, a stage keeps its deployment, unless the stage or its Api is replaced.
      const stays =
        parent?.action !== "replace" &&
        observed !== undefined &&
        !diffStates(type, observed.live.state, state).some(({ replaces }) => replaces);
      if (stays) {
        this.#taken.add(observed);
        if (resource.implied === true) this.#problems.push(keepsServing(resource, type.serves, observed));
      }
      return { ...decision, action: "no-op", reason: { kind: "nothing-to-serve" } };
    }
    const blocked = blockedBy(parent, type);
    if (blocked !== undefined) {
      if (blocked.kind === "read-only") this.#problems.push(readOnlyParent(resource));
      return { ...decision, action: "no-op", reason: blocked };
    }
    if (observed === undefined) {
      return { ...decision, action: "create", changes: settingOf(type, {}, state) };
    }
    this.#taken.add(observed);
    this.#ours.add(observed);
    const { problems, ...verdict } = judgeLive({
      resource,
      type,
      state,
      live: observed.live,
      used: this.#used(resource),
      replacedParent: parent?.action === "replace" ? parent.resource.key : undefined,
      allowDeletion: this.#input.allowDeletion,
    });
    this.#problems.push(...problems);
    return { ...decision, ...verdict };
  }

  /** Its changes, with those masked that a stored value would show in. */
  #masked(decision: Decision): Decision {
    const { stored, before, baseBroken } = this.#input;
    const { resource, type, observed } = decision;
    const changes = baseBroken === true ? withoutBefore(decision.changes) : decision.changes;
    if (stored === undefined || changes.length === 0) return { ...decision, changes };
    const stateOf = (one: DesiredResource, text: Stored["text"]) => () =>
      this.#state(one, type, observed?.live, text);
    const states = withStored([resource, before?.get(resource.key)], stored, stateOf);
    return { ...decision, changes: maskedChanges(type, changes, states, stored) };
  }

  /** What it depends on. */
  #used({ edges }: DesiredResource): readonly Used[] {
    const used = edges.flatMap((key) => this.#desired.get(key) ?? []);
    return used.map((one) => {
      const { action, observed } = this.#decide(one);
      return { type: one.type, live: action === "replace" ? undefined : observed?.live };
    });
  }

  #state(
    resource: DesiredResource,
    type: ResourceType,
    live: Live | undefined,
    stored = this.#input.stored?.text,
  ): JsonObject {
    const served = type.serves === undefined ? undefined : this.#served(resource, type.serves);
    const desired = resolveDesired(resource, {
      type,
      stack: this.#input.stack,
      standing: (key) => this.#standing(key),
      live,
      served,
      stored,
    });
    return type.desiredState(desired);
  }

  /** What other resources can refer to: only the name is certain while a resource is to be replaced. */
  #standing(key: string): Standing | undefined {
    const resource = this.#desired.get(key);
    if (resource === undefined) return undefined;
    const { type, name, properties } = resource;
    const decision = this.#decide(resource);
    const base = { type, name, properties, predicted: {} };
    if (decision.action === "replace") return base;
    if (decision.observed !== undefined) {
      const changing = decision.action === "update";
      const renewed = changing ? decision.type.changesAttributes?.(decision.changes) : undefined;
      return { ...base, live: decision.observed.live, changing, renewed };
    }
    const desired = resolveDesired(resource, {
      type: decision.type,
      stack: this.#input.stack,
      standing: (other) => this.#standing(other),
      stored: this.#input.stored?.text,
    });
    return { ...base, predicted: decision.type.predict?.(desired) ?? {} };
  }

  #match(
    resource: DesiredResource,
    type: ResourceType,
    parent: Decision | undefined,
  ): ReadonlyMap<string, Observed> {
    const group = `${type.type} ${resource.parent}`;
    const known = this.#matched.get(group);
    if (known !== undefined) return known;
    const siblings = this.#input.resources.filter(
      (one) => one.type === type.type && one.parent === resource.parent,
    );
    const candidates = siblings.map((one) => ({
      key: one.key,
      name: one.name,
      properties: one.properties,
      // Only `pair` needs states. Computing one decides everything it refers to, which matching by name must not.
      state: type.pair === undefined ? {} : this.#state(one, type, undefined),
    }));
    const plain = (name: string): string => (type.caselessName === true ? name.toLowerCase() : name);
    const names = new Set(siblings.map(({ name }) => plain(name)));
    const live = this.#input.observed.filter(
      (one) =>
        one.live.type === type.type &&
        (resource.parent === undefined || (parent !== undefined && one.parent === parent.observed)) &&
        // In a shared parent, a resource that is not ours never pairs by likeness; it matters only if its name is taken.
        (one.parent === undefined ||
          !isForeign(one, type) ||
          type.pairsSame === true ||
          names.has(plain(one.live.name))),
    );
    const { pairs, ambiguous } = matchResources(type, candidates, live);
    for (const sibling of siblings) {
      const claimants = ambiguous.get(sibling.key);
      if (claimants === undefined) continue;
      this.#problems.push(severalLive(sibling, claimants));
      for (const one of claimants) this.#taken.add(one);
    }
    this.#matched.set(group, pairs);
    return pairs;
  }

  #parentOf(resource: DesiredResource): Decision | undefined {
    const parent = resource.parent === undefined ? undefined : this.#desired.get(resource.parent);
    return parent === undefined ? undefined : this.#decide(parent);
  }

  /** The digest of what the parent serves; unknown if this plan changes any of it. */
  #served(resource: DesiredResource, serves: Serves): Text {
    const parent = this.#parentOf(resource);
    const unknown = { $unknown: `${resource.key} Served` };
    if (parent === undefined || parent.observed === undefined || changesWhatIsServed(parent, serves))
      return unknown;
    const siblings = this.#input.resources.filter(
      (one) => serves.types.includes(one.type) && isBelow(one, resource.parent, this.#desired),
    );
    const decisions = siblings.map((one) => this.#decide(one));
    if (decisions.some((one) => one.action !== "no-op")) return unknown;
    const lives = decisions.flatMap((one) => (one.observed === undefined ? [] : [one.observed]));
    const leaving = this.#input.observed.some(
      (one) =>
        serves.types.includes(one.live.type) &&
        isLiveBelow(one, parent.observed) &&
        one.ours &&
        !lives.includes(one),
    );
    if (leaving) return unknown;
    const inside = lives.map((one) => one.live);
    return servedDigest(serves, parent.observed.live, inside);
  }

  /**
   * True for ours and for what is inside a resource being adopted: its unwanted children are deleted in this plan,
   * not in a later one.
   */
  #isOurs(one: Observed): boolean {
    if (one.ours || this.#ours.has(one)) return true;
    if (isShared(this.#input.registry.get(one.live.type))) return false;
    return one.live.managed !== true && one.parent !== undefined && this.#isOurs(one.parent);
  }

  #type(resource: DesiredResource): ResourceType {
    const { type, at } = resource;
    return this.#input.registry.get(type) ?? fail("TYPE_UNKNOWN", `${type} is not a known type`, { at });
  }
}
