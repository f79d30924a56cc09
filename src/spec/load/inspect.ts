/** The findings of the types' own rules about several resources: errors and warnings. */
import { GatewrightError } from "../../model/errors.ts";
import type { LoadedSpec } from "../types.ts";
import type { Draft, Finding, Linked, LinkedSpec } from "../type-rules.ts";
import { about } from "../locations.ts";
import { pathText } from "../shown.ts";
import { doubtfulTexts } from "./doubtful-texts.ts";

/** Warnings come in the form of errors, so that they get their lines the same way. */
export function inspectAll(
  linked: readonly Linked[],
  region: string,
): {
  readonly errors: readonly GatewrightError[];
  readonly warnings: readonly GatewrightError[];
  readonly whenWritten: readonly GatewrightError[];
  readonly whenMade: readonly GatewrightError[];
  /** What anybody may call, in the order of the spec. */
  readonly open: LoadedSpec["open"];
} {
  const spec = linkedSpec(linked, region);
  const said = new Set<string>();
  // Resources with mistakes of their own are left out, so that one mistake is not reported twice.
  const sound = linked.filter(({ draft }) => draft.broken !== true);
  const found = sound.flatMap((one) =>
    [...(one.draft.type.inspect?.(one, spec) ?? []), ...textFindings(one)].flatMap((finding) => {
      const about = `${one.draft.type.type} ${finding.oncePer}`;
      if (finding.oncePer !== undefined && said.has(about)) return [];
      said.add(about);
      return [{ one, finding }];
    }),
  );
  const of = (severity: Finding["severity"]): readonly GatewrightError[] =>
    found
      .filter(({ finding }) => finding.severity === severity)
      .map(({ one, finding }) => asError(one.draft, finding));
  const open = sound.flatMap((one) => {
    const what = one.draft.readOnly ? undefined : one.draft.type.openTo?.(one, spec);
    return what === undefined ? [] : [{ key: one.draft.key, what }];
  });
  return {
    errors: of("error"),
    warnings: of("warning"),
    whenWritten: of("when-written"),
    whenMade: of("when-made"),
    open,
  };
}

/** Of what the spec itself writes: a companion repeats it. */
function textFindings({ draft }: Linked): readonly Finding[] {
  return draft.readOnly || draft.implied === true ? [] : doubtfulTexts(draft);
}

function linkedSpec(linked: readonly Linked[], region: string): LinkedSpec {
  const byKey = new Map(linked.map((one) => [one.draft.key, one]));
  const byType = Map.groupBy(linked, ({ draft }) => draft.type.type);
  return { region, byKey: (key) => byKey.get(key), ofType: (type) => byType.get(type) ?? [] };
}

/** A finding in the form of an error, so that it gets its line the same way. */
export function asError(draft: Draft, { code, message, hint, path }: Finding): GatewrightError {
  const details = { hint, at: draft.at, resource: draft.key };
  if (path === undefined) return new GatewrightError(code, message, details);
  const named = message.startsWith(pathText(path)) ? message : `${pathText(path)}: ${message}`;
  return about(new GatewrightError(code, `${draft.key}: ${named}`, details), path);
}
