/**
 * Reads what AWS has of one stack, and only that: roots by name and tag, children by one list per parent, and what is
 * reachable from there. Everything independent runs side by side; the clients' budget sets the pace.
 */
import type { Aws } from "../../aws/aws.ts";
import { translate } from "../../aws/errors.ts";
import type { Live, Lookup, ReadContext, ResourceType } from "../../resources/type.ts";
import type { StackFacts } from "../../model/stack.ts";
import {
  acceptsForeignParent,
  type Observed,
  observe,
  isShared,
  parentTypeOf,
  type Registry,
} from "./observed.ts";
import { taggedArns } from "./tagged.ts";

interface ReadOptions {
  readonly aws: Aws;
  readonly stack: StackFacts;
  readonly registry: Registry;
  /** What the spec (and the base branch's) names, by type. */
  readonly wanted: ReadonlyMap<string, readonly Lookup[]>;
  /** Names or keys of foreign resources that are to be taken over: their children are read too. */
  readonly adopt: ReadonlySet<string>;
}

/**
 * Everything live that concerns the stack. Throws `AWS_ACCESS_DENIED` and the like for a read that fails: a denied
 * read is never "nothing there".
 */
export async function readLive(options: ReadOptions): Promise<readonly Observed[]> {
  const reading = new Reading(options);
  await reading.run();
  return reading.observed;
}

/** One reading: remembers what was asked already, so that nothing is read twice. */
class Reading {
  readonly observed: Observed[] = [];
  readonly #options: ReadOptions;
  /** `type name` → the ARNs found by that name. */
  readonly #asked = new Map<string, Promise<readonly string[]>>();
  readonly #seen = new Set<string>();
  readonly #memo = new Map<string, Promise<unknown>>();

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { registry, wanted, aws, stack } = this.#options;
    const roots = [...registry.values()].filter((type) => parentTypeOf(type) === undefined);
    const kinds = [...new Set(roots.flatMap(({ foundByTagsAs }) => foundByTagsAs ?? []))];
    const tagged = taggedArns(aws, stack, kinds).then((arns) =>
      Promise.all(
        roots.map((type) =>
          this.#readRoots(
            type,
            arns.flatMap((arn) => {
              const name = type.nameOfArn?.(arn);
              return name === undefined ? [] : [{ name, arn }];
            }),
          ),
        ),
      ),
    );
    await Promise.all([
      tagged,
      ...roots.map((type) => this.#readRoots(type, wanted.get(type.type) ?? [], true)),
    ]);
  }

  /** Reads roots that have not been read yet, then their children and what they refer to. */
  async #readRoots(type: ResourceType, lookups: readonly Lookup[], always = false): Promise<void> {
    const fresh = await this.#fresh(type, lookups);
    if (fresh.length === 0 && !always) return;
    const reading = this.#read(type, { lookups: fresh, parents: [] });
    for (const { name } of fresh) {
      const arns = reading.then((found) =>
        found.filter((live) => live.name === name).map(({ attributes }) => String(attributes.Arn)),
      );
      this.#asked.set(`${type.type} ${name}`, arns);
      // The read itself reports a failure; whoever only waits for its result must not report it again.
      arns.catch(() => {});
    }
    const found = await reading;
    const roots = this.#note(found.map((live) => observe(live, this.#options.stack, undefined)));
    await Promise.all([this.#readChildren(type, roots), this.#readReached(type, roots)]);
  }

  /**
   * Lookups that were not answered yet. One with an ARN is asked for even when its name was: a policy whose Path changed
   * in the spec is not found under its new ARN, but is what the role still holds.
   */
  async #fresh(type: ResourceType, lookups: readonly Lookup[]): Promise<readonly Lookup[]> {
    const checked = await Promise.all(
      lookups.map(async (lookup) => {
        const asked = this.#asked.get(`${type.type} ${lookup.name}`);
        if (asked === undefined) return lookup;
        const found = await asked;
        return lookup.arn === undefined || found.length > 0 ? undefined : lookup;
      }),
    );
    return checked.filter((lookup) => lookup !== undefined);
  }

  async #readChildren(type: ResourceType, roots: readonly Observed[]): Promise<void> {
    const { registry, wanted, stack } = this.#options;
    const present = roots.filter(({ live }) => live.superseded !== true);
    const children = [...registry.values()].filter((child) => parentTypeOf(child) === type.type);
    await Promise.all(
      children.map(async (child) => {
        const shared = isShared(child);
        const isNamed = (wanted.get(child.type) ?? []).length > 0;
        // Only those that a spec names can concern us there.
        if (shared && !isNamed) return;
        const foreign = acceptsForeignParent(child) && isNamed;
        const parents = present.filter(({ live, ours }) => ours || foreign || this.#adopted(live));
        if (parents.length === 0) return;
        const found = await this.#read(child, {
          lookups: wanted.get(child.type) ?? [],
          parents: parents.map(({ live }) => live),
        });
        const observed = this.#note(
          found.map((live) =>
            observe(
              live,
              stack,
              parents.find((parent) => parent.live.id === live.parentId) ?? parents[0],
              shared,
            ),
          ),
        );
        await Promise.all([this.#readChildren(child, observed), this.#readReached(child, observed)]);
      }),
    );
  }

  async #readReached(type: ResourceType, observed: readonly Observed[]): Promise<void> {
    const { account } = this.#options.stack;
    const reached = observed
      .filter(({ ours }) => ours)
      .flatMap(({ live }) => [...this.#filled(type, live), ...(type.reaches?.(live) ?? [])])
      // What another account has is not ours, whatever its name.
      .filter(({ lookup: { arn = "" } }) => arn.includes(`:${account}:`));
    const byType = Map.groupBy(reached, (one) => one.type);
    await Promise.all(
      [...byType].map(async ([name, group]) => {
        const reachedType = this.#options.registry.get(name);
        if (reachedType !== undefined)
          await this.#readRoots(
            reachedType,
            group.map(({ lookup }) => lookup),
          );
      }),
    );
  }

  /** What a live resource names where a dependency fills in an ARN, and what tags do not find: roles. */
  #filled(
    type: ResourceType,
    live: Live,
  ): readonly { readonly type: string; readonly lookup: Required<Pick<Lookup, "name" | "arn">> }[] {
    return Object.values(type.dependencies).flatMap(({ type: target, fills, with: attribute }) => {
      const arn = fills === undefined || attribute !== "Arn" ? undefined : live.state[fills];
      const targetType = this.#options.registry.get(target);
      if (typeof arn !== "string" || targetType?.foundByTagsAs !== undefined) return [];
      const name = targetType?.nameOfArn?.(arn);
      return name === undefined ? [] : [{ type: target, lookup: { name, arn } }];
    });
  }

  async #read(type: ResourceType, what: Pick<ReadContext, "lookups" | "parents">): Promise<readonly Live[]> {
    const { aws, stack, wanted } = this.#options;
    try {
      const found = await type.read({
        aws,
        stack,
        ...what,
        wanted: (name) => wanted.get(type.type)?.find((one) => one.name === name)?.properties,
        once: <T>(key: string, make: () => Promise<T>): Promise<T> => {
          const known = this.#memo.get(key);
          // The key names what is stored, so the type is the one its first caller stored.
          if (known !== undefined) return known as Promise<T>;
          const made = make();
          this.#memo.set(key, made);
          return made;
        },
      });
      return found.filter((live) => type.wait?.readiness(live) !== "deleting");
    } catch (error) {
      throw translate(error, type.type);
    }
  }

  #adopted(live: Live): boolean {
    return this.#options.adopt.has(live.name) || this.#options.adopt.has(`${live.type}::${live.name}`);
  }

  /** Keeps what is new. The planner drops resources that only look like ours, because it knows what is desired. */
  #note(found: readonly Observed[]): readonly Observed[] {
    const fresh = found.filter(
      ({ live }) => !this.#seen.has(`${live.type} ${live.parentId ?? ""} ${live.id}`),
    );
    for (const one of fresh) {
      this.#seen.add(`${one.live.type} ${one.live.parentId ?? ""} ${one.live.id}`);
      this.observed.push(one);
    }
    return fresh;
  }
}
