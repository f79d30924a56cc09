/** The findings of the types' own rules about several resources: errors and warnings. */
import { GatewrightError } from "../../model/errors.ts";
import type { Finding, Linked, LinkedSpec } from "../type-rules.ts";
import { about } from "../locations.ts";
import { pathText } from "../shown.ts";

/** Warnings come in the form of errors, so that they get their lines the same way. */
export function inspectAll(linked: readonly Linked[]): {
  readonly errors: readonly GatewrightError[];
  readonly warnings: readonly GatewrightError[];
  readonly whenWritten: readonly GatewrightError[];
} {
  const spec = linkedSpec(linked);
  const said = new Set<string>();
  // Resources with mistakes of their own are left out, so that one mistake is not reported twice.
  const sound = linked.filter(({ draft }) => draft.broken !== true);
  const found = sound.flatMap((one) =>
    (one.draft.type.inspect?.(one, spec) ?? []).flatMap((finding) => {
      const about = `${one.draft.type.type} ${finding.oncePer}`;
      if (finding.oncePer !== undefined && said.has(about)) return [];
      said.add(about);
      return [{ one, finding }];
    }),
  );
  const of = (severity: Finding["severity"]): readonly GatewrightError[] =>
    found.filter(({ finding }) => finding.severity === severity).map(asError);
  return { errors: of("error"), warnings: of("warning"), whenWritten: of("when-written") };
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

function asError({ one: { draft }, finding: { code, message, hint, path } }: Said): GatewrightError {
  const details = { hint, at: draft.at, resource: draft.key };
  if (path === undefined) return new GatewrightError(code, message, details);
  const named = message.startsWith(pathText(path)) ? message : `${pathText(path)}: ${message}`;
  return about(new GatewrightError(code, `${draft.key}: ${named}`, details), path);
}
