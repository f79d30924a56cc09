/** The stack as a graph: every resource of the spec with what it needs, calls and allows. Pure. */
import type { GraphNode, Plan } from "../../../model/plan.ts";
import { canonicalJson, type JsonObject, type JsonValue } from "../../../model/values.ts";
import type { ResourceType } from "../../../resources/type.ts";
import type { DesiredResource } from "../../../spec/types.ts";
import type { Stored } from "../../read/stored.ts";
import { asWord, formsOf, quotesCommon, SHORTEST } from "../../read/secrets.ts";
import { shown } from "./show.ts";

interface Pictured {
  readonly resource: Pick<DesiredResource, "key" | "edges">;
  readonly type: Pick<ResourceType, "tells" | "allows">;
  /** As planned, with unknowns inside. */
  readonly state: JsonObject;
}

/** Larger stacks are not drawn, and a plan is stored with each run. */
const MOST_NODES = 200;
/** Of one property, as JSON. */
const LONGEST = 20_000;

/** @param values that must be seen nowhere: what holds one is left out */
export function graphOf(
  pictured: readonly Pictured[],
  { texts, commonSecrets }: Pick<Stored, "texts" | "commonSecrets">,
): Plan["graph"] {
  if (pictured.length === 0 || pictured.length > MOST_NODES) return undefined;
  const long = formsOf(texts);
  const short = formsOf(commonSecrets.filter(({ length }) => length < SHORTEST)).map(asWord);
  const hides = (value: JsonValue, text: string): boolean =>
    long.some((form) => text.includes(form)) ||
    short.some((word) => text.search(word) !== -1) ||
    quotesCommon(value, commonSecrets);
  return pictured.map(({ resource, type, state }): GraphNode => {
    const shownOf = (path: string): JsonValue | undefined => showable(state[path], hides);
    const target = (type.tells ?? []).flatMap(([path, telling]) =>
      telling === "target" ? [shownOf(path)] : [],
    )[0];
    const allows = Object.fromEntries(
      (type.allows ?? []).flatMap((path) => {
        const value = shownOf(path);
        return value === undefined ? [] : [[path, value] as const];
      }),
    );
    return {
      key: resource.key,
      needs: [...new Set(resource.edges)],
      ...(typeof target === "string" ? { target } : {}),
      ...(Object.keys(allows).length === 0 ? {} : { allows }),
    };
  });
}

function showable(
  value: JsonValue | undefined,
  hides: (value: JsonValue, text: string) => boolean,
): JsonValue | undefined {
  if (value === undefined) return undefined;
  const text = canonicalJson(value);
  return hides(value, text) || text.length > LONGEST ? undefined : shown(value, false);
}
