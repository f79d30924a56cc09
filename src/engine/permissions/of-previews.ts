/**
 * The policies of one preview made those of all: their role is one, and the numbers of pull requests are not known before. Names that are
 * too long end in a digest that is another for every preview, so only what all have in common is left of them. Pure.
 */
import { PREVIEW_STAGES } from "../../model/stage.ts";
import { type NamePattern, namePattern } from "../../spec/physical-names.ts";
import type { Fit } from "../../spec/type-rules.ts";
import type { DesiredResource } from "../../spec/types.ts";
import type { Registry } from "../read/observed.ts";
import type { RolePolicies } from "./policies.ts";

interface Preview {
  /** `pr-1`, whose policies they are. */
  readonly stage: string;
  readonly names: string | undefined;
}

export function policiesOfPreviews(
  policies: RolePolicies,
  resources: readonly DesiredResource[],
  registry: Registry,
  { stage, names }: Preview,
): RolePolicies {
  const pattern = namePattern(names, PREVIEW_STAGES);
  const known = resources.flatMap(
    ({ type, name, physicalName: own }): readonly (readonly [string, string])[] => {
      const form = registry.get(type)?.physicalName;
      return own === undefined || pattern === undefined || form === undefined
        ? []
        : [[own, form(name, inAll(pattern))]];
    },
  );
  // A longer name may contain a shorter one.
  const longest = [...known].sort(([one], [other]) => other.length - one.length);
  const named = longest.reduce((text, [own, all]) => text.replaceAll(own, all), JSON.stringify(policies));
  const ofStage = new RegExp(`(?<![A-Za-z0-9])${stage}(?![A-Za-z0-9])`, "g");
  return JSON.parse(named.replace(ofStage, PREVIEW_STAGES));
}

/** Digits of the longest number of a pull request, without the one that its `*` takes. */
const MORE_DIGITS = 9;
/** A dash and the digest: src/spec/physical-names.ts. */
const DIGEST = 9;

/** A name as all previews call it: `orders-pr-*`, and `orders-of-all*-pr-*` where some of them have to cut it. */
function inAll({ before, after }: NamePattern): Fit {
  return (name, most) => {
    const stars = `${before}${after}`.split("*").length - 1;
    const room = most - before.length - after.length - MORE_DIGITS * stars;
    if (name.length <= room) return `${before}${name}${after}`;
    const kept = Math.max(0, room - DIGEST);
    return kept > 0 ? `${before}${name.slice(0, kept)}*${after}` : `${before.split("*")[0] ?? ""}*`;
  };
}
