/** Parses the text of `.github/gatewright.yml` into settings, with errors that point at the line. Pure. */
import { isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { GatewrightError, fail, failAll, type SourceLocation } from "../model/errors.ts";
import { SETTINGS_FILE } from "./file.ts";
import { type Settings, settingsSchema } from "./schema.ts";
import { own } from "../model/own.ts";
import { looksLikePreview } from "../model/stage.ts";

/** Characters of the file: a hundred stages need a tenth of it. */
const LONGEST = 200_000;
/** Each of them is looked at by every push. */
const MOST_STAGES = 100;

/** Throws GatewrightError(s) `SETTINGS_SYNTAX`, `SETTINGS_INVALID` with file, line and column. */
export function parseSettings(text: string): Settings {
  if (text.length > LONGEST) {
    fail("SETTINGS_SYNTAX", `${SETTINGS_FILE} has ${text.length} characters; accepted: at most ${LONGEST}`, {
      at: { file: SETTINGS_FILE, line: 1 },
      hint: "Remove what is not a setting; until then the last valid settings apply.",
    });
  }
  const lines = new LineCounter();
  const document = readable(() => parseDocument(text, { lineCounter: lines, uniqueKeys: false }));
  const locate = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file: SETTINGS_FILE, line, column: col };
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    fail("SETTINGS_SYNTAX", `${SETTINGS_FILE} is not valid YAML: ${broken.message.split("\n")[0]}`, {
      at: locate(broken.pos[0]),
      hint: "Fix the line; until then the last valid settings apply.",
    });
  }
  checkKeys(document, locate);
  const parsed = settingsSchema.safeParse(readable(() => document.toJS()) ?? {});
  if (!parsed.success) {
    failAll(
      parsed.error.issues.map((issue) => {
        const path = issue.path.map(String);
        const node = nearestNode(
          document,
          issue.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path,
        );
        return new GatewrightError(
          "SETTINGS_INVALID",
          `${SETTINGS_FILE}: ${path.join(".") || "the file"}: ${issue.message}`,
          {
            at: locate(node),
            hint: "docs/bot.md lists every setting; schemas/gatewright-settings.schema.json completes them in an editor.",
          },
        );
      }),
    );
    return fail("SETTINGS_INVALID", `${SETTINGS_FILE} is not valid`);
  }
  checkNeeds(parsed.data);
  checkPreview(parsed.data);
  return withMandatoryGates(parsed.data);
}

/** The library compares each key with all others: minutes for the keys that a file has room for. `__proto__` is no key of the object it makes. */
function checkKeys(
  document: ReturnType<typeof parseDocument>,
  locate: (offset: number) => SourceLocation,
): void {
  visit(document, {
    Map: (_key, { items }) => {
      const known = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const isOdd = name === "__proto__";
        if (isOdd || known.has(name))
          fail(
            "SETTINGS_SYNTAX",
            isOdd
              ? `${SETTINGS_FILE}: __proto__ is no name`
              : `${SETTINGS_FILE} is not valid YAML: map keys must be unique, and ${name} appears twice`,
            {
              at: locate(key.range?.[0] ?? 0),
              hint: "Fix the line; until then the last valid settings apply.",
            },
          );
        known.add(name);
      }
    },
  });
}

/** YAML that is well formed and still no data: aliases that multiply or name nothing, nesting without end. */
function readable<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return fail("SETTINGS_SYNTAX", `${SETTINGS_FILE} cannot be read: ${why}`, {
      at: { file: SETTINGS_FILE, line: 1 },
      hint: "Write the settings without aliases and deep nesting; until then the last valid settings apply.",
    });
  }
}

/** Offset of the node at the path, or of its nearest ancestor. */
function nearestNode(document: ReturnType<typeof parseDocument>, path: readonly string[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** A repository may add gates, but cannot drop those that stop unauthorized people and stale plans. */
function withMandatoryGates(settings: Settings): Settings {
  const stages = Object.entries(settings.stages).map(([name, stage]) => {
    const gates = [...new Set([...stage.gates, "permission" as const, "plan-current" as const])];
    return [name, { ...stage, gates }] as const;
  });
  return { ...settings, stages: Object.fromEntries(stages) };
}

function checkPreview({ stages, preview }: Settings): void {
  const taken = Object.keys(stages).find(looksLikePreview);
  if (taken !== undefined)
    fail("SETTINGS_INVALID", `${SETTINGS_FILE}: stages.${taken}: pr-1, pr-2 … are the stages of previews`, {
      at: { file: SETTINGS_FILE, line: 1 },
      hint: "Give the stage another name.",
    });
  if (preview === undefined || own(stages, preview.stage) !== undefined) return;
  fail("SETTINGS_INVALID", `${SETTINGS_FILE}: preview.stage names "${preview.stage}", which is not a stage`, {
    at: { file: SETTINGS_FILE, line: 1 },
    hint: `Stages: ${Object.keys(stages).join(", ")}.`,
  });
}

function checkNeeds({ stages }: Settings): void {
  const count = Object.keys(stages).length;
  if (count > MOST_STAGES)
    fail("SETTINGS_INVALID", `${SETTINGS_FILE} has ${count} stages; accepted: at most ${MOST_STAGES}`, {
      at: { file: SETTINGS_FILE, line: 1 },
      hint: "Divide them among repositories.",
    });
  for (const [name, { needs }] of Object.entries(stages)) {
    for (const need of needs) {
      if (own(stages, need) === undefined) {
        fail(
          "SETTINGS_INVALID",
          `${SETTINGS_FILE}: stages.${name}.needs names "${need}", which is not a stage`,
          {
            at: { file: SETTINGS_FILE, line: 1 },
            hint: `Stages: ${Object.keys(stages).join(", ")}.`,
          },
        );
      }
    }
  }
  stagesInOrder({ stages });
}

/** Stage names, each after those it needs. Throws for a cycle. */
export function stagesInOrder({ stages }: Pick<Settings, "stages">): readonly string[] {
  const ordered: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      fail(
        "SETTINGS_INVALID",
        `${SETTINGS_FILE}: stages need each other in a cycle: ${[...path, name].join(" → ")}`,
        {
          at: { file: SETTINGS_FILE, line: 1 },
          hint: "Remove one of these `needs`.",
        },
      );
    }
    if (ordered.includes(name)) return;
    for (const need of own(stages, name)?.needs ?? []) visit(need, [...path, name]);
    ordered.push(name);
  };
  for (const name of Object.keys(stages)) visit(name, []);
  return ordered;
}
