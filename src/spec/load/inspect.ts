/** What the types' own rules say about the resources among each other: errors and warnings. */
import { GatewrightError } from "../../model/errors.ts";
import type { Finding, Linked, LinkedSpec } from "../type-rules.ts";
import type { SpecWarning } from "../types.ts";

export function inspectAll(linked: readonly Linked[]): {
  readonly errors: readonly GatewrightError[];
  readonly warnings: readonly SpecWarning[];
} {
  const spec = linkedSpec(linked);
  const said = new Set<string>();
  const found = linked.flatMap((one) =>
    (one.draft.type.inspect?.(one, spec) ?? []).flatMap((finding) => {
      const about = `${one.draft.type.type} ${finding.oncePer}`;
      if (finding.oncePer !== undefined && said.has(about)) return [];
      said.add(about);
      return [{ one, finding }];
    }),
  );
  return {
    errors: found.filter(({ finding }) => finding.severity === "error").map(asError),
    warnings: found.filter(({ finding }) => finding.severity === "warning").map(asWarning),
  };
}

function linkedSpec(linked: readonly Linked[]): LinkedSpec {
  const byKey = new Map(linked.map((one) => [one.draft.key, one]));
  const byType = Map.groupBy(linked, ({ draft }) => draft.type.type);
  return { byKey: (key) => byKey.get(key), ofType: (type) => byType.get(type) ?? [] };
}

interface Said {
  readonly one: Linked;
  readonly finding: Finding;
}

function asError({ one: { draft }, finding: { code, message, hint } }: Said): GatewrightError {
  return new GatewrightError(code, message, { hint, at: draft.at, resource: draft.key });
}

function asWarning({ one: { draft }, finding: { code, message, hint } }: Said): SpecWarning {
  return { code, message, hint, ...(draft.at === undefined ? {} : { at: draft.at }), resource: draft.key };
}
