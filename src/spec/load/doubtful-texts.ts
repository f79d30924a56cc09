/** Texts that a program made by mistake, or that another tool would have filled in. Pure. */
import type { JsonValue } from "../../model/values.ts";
import { pathText } from "../shown.ts";
import type { Draft, Finding } from "../type-rules.ts";

interface Doubt {
  readonly code: string;
  readonly found: RegExp;
  readonly says: string;
  readonly hint: string;
}

const DOUBTS: readonly Doubt[] = [
  {
    code: "TEXT_DOUBTFUL",
    // Between separators, as a template leaves it; prose may say "undefined".
    found: /(?:^|[-_/:.@,=])(undefined|NaN)(?=$|[-_/:.@,=])|\[object Object\]/,
    says: "is hardly meant: a value in the template was missing or no text",
    hint: "Look at what the spec puts into this text.",
  },
  {
    code: "TEXT_NOT_FILLED_IN",
    found: /\$\{(?:ssm|self|env|opt|cf|sls|secretsManager|secretsmanager|file)[:(][^}]{0,200}\}/,
    says: "is written for another tool: AWS gets it as it stands",
    hint: "In this spec use JavaScript: process.env.NAME, or a value of config.js.",
  },
  {
    code: "TEXT_NOT_FILLED_IN",
    found: /\{\{resolve:(?:ssm|ssm-secure|secretsmanager):[^}]{0,500}\}\}/,
    says: "is filled in by CloudFormation only: AWS gets it as it stands",
    hint: "Write config.parameter(name) or config.secret(name), or read the value in the function.",
  },
];

/** One finding for each property, and at most a few for a resource. */
export function doubtfulTexts({ entry }: Pick<Draft, "entry">): readonly Finding[] {
  return texts(entry.properties, [])
    .flatMap(({ text, path }): Finding[] => {
      for (const { code, found, says, hint } of DOUBTS) {
        const [what] = found.exec(text) ?? [];
        if (what !== undefined)
          return [
            {
              severity: "warning",
              code,
              path,
              message: `${pathText(path)}: ${JSON.stringify(what)} ${says}`,
              hint,
            },
          ];
      }
      return [];
    })
    .slice(0, MOST);
}

const MOST = 10;

interface Text {
  readonly text: string;
  readonly path: readonly (string | number)[];
}

function texts(value: JsonValue, path: readonly (string | number)[]): readonly Text[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => texts(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => texts(item, [...path, key]));
}
