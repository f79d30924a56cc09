/** Checks AWS's quotas before anything is created. The quotas are in the types. */
import { GatewrightError } from "../../model/errors.ts";
import { isObject, type JsonObject, type JsonValue } from "../../model/values.ts";
import type { Linked, Quota } from "../type-rules.ts";
import type { SpecWarning } from "../types.ts";
import { own } from "../../model/own.ts";

/** What exceeds a quota: errors for fixed ones, warnings for those that AWS raises on request. */
export function checkQuotas(linked: readonly Linked[]): {
  readonly errors: readonly GatewrightError[];
  readonly warnings: readonly SpecWarning[];
} {
  const all = [...Map.groupBy(linked, ({ draft }) => draft.type)].flatMap(([{ quotas = [] }, ofType]) =>
    quotas.flatMap((quota) =>
      quota.elementsOf === undefined
        ? siblingsOver(ofType, quota)
        : listsOver(ofType, quota, quota.elementsOf),
    ),
  );
  const properties = new Map(linked.map(({ draft, properties }) => [draft.key, properties]));
  const adjustable = ({ quota, one }: Exceeded): boolean =>
    isAdjustable(quota, properties.get(one?.parent ?? "") ?? {});
  return {
    errors: all.filter((exceeded) => !adjustable(exceeded)).map(asError),
    warnings: all.filter(adjustable).map(asWarning),
  };
}

function isAdjustable({ adjustable = false }: Quota, parent: JsonObject): boolean {
  return typeof adjustable === "boolean" ? adjustable : adjustable(parent);
}

interface Exceeded {
  readonly quota: Quota;
  readonly what: string;
  /** The first one beyond the quota. */
  readonly one: Linked | undefined;
}

function siblingsOver(ofType: readonly Linked[], quota: Quota): readonly Exceeded[] {
  const byParent = Map.groupBy(ofType, ({ parent }) => parent);
  return [...byParent].flatMap(([parent, siblings]) => {
    if (parent === undefined || siblings.length <= quota.most) return [];
    return [{ quota, what: `${parent} has ${siblings.length} of them`, one: siblings[quota.most] }];
  });
}

function listsOver(ofType: readonly Linked[], quota: Quota, property: string): readonly Exceeded[] {
  return ofType.flatMap((one) => {
    const named = own(one.dependencies, quota.andDependencies)?.length ?? 0;
    const count = sizeOf(own(one.properties, property)) + named;
    return count <= quota.most ? [] : [{ quota, what: `${one.draft.key} has ${count} ${property}`, one }];
  });
}

function sizeOf(value: JsonValue | undefined): number {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

function message({ quota, what }: Exceeded): string {
  return `${what}; accepted: at most ${quota.most} (AWS quota "${quota.name}")`;
}

function asError(exceeded: Exceeded): GatewrightError {
  return new GatewrightError("QUOTA_EXCEEDED", message(exceeded), {
    hint: `AWS does not raise this quota. ${exceeded.quota.elementsOf === undefined ? "Split the API in two." : "Remove some of them."}`,
    at: exceeded.one?.draft.at,
    resource: exceeded.one?.draft.key,
  });
}

function asWarning(exceeded: Exceeded): SpecWarning {
  return {
    code: "QUOTA_EXCEEDED",
    message: message(exceeded),
    hint: "Ask AWS to raise it in the Service Quotas console before you apply.",
    at: exceeded.one?.draft.at,
    resource: exceeded.one?.draft.key,
  };
}
