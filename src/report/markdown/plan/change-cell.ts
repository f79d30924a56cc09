/** The Changes column: a change in a few words, with short values. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Change, ShownPropertyChange } from "../../../model/plan.ts";
import { nameOf } from "../../../model/plan.ts";
import { wrappingCode } from "../../../text/escape.ts";
import { prose } from "../../../text/prose.ts";
import { createWords } from "../../words/create-words.ts";
import { codePropertyWords, codeWords, imageWords } from "../../words/code-words.ts";
import { attachedChanges, policyChanges } from "../../words/policy-words.ts";
import { serviceOf } from "../../words/resource-words.ts";
import { reasonText, replacedBy } from "../../reason.ts";
import { isOneLine, oneLine } from "../../../text/yaml.ts";
import { atMost } from "../../../text/words.ts";

/** The longest value shown before and after. */
const SHORT = 32;
const MOST_VALUES = 2;
const MOST_NAMES = 3;

/** Markdown on one line. `changes` is the whole plan, for the names of what a change points to. */
export function changeCell(change: Change, changes: readonly Change[]): Markdown {
  const { action, adopts, id, properties, withParent, after } = change;
  if (change.redeploy === true) return md`what it serves changes`;
  if (action === "delete") {
    if (withParent === true) return md`deleted with ${wrappingCode(nameOf(after[0] ?? ""), 80)}`;
    return prose(reasonText(change), { max: 160, narrow: true });
  }
  const replaced = replacedBy(change);
  if (replaced !== undefined) return md`${wrappingCode(nameOf(replaced), 80)} is replaced`;
  const permissions = properties.flatMap((property) => permissionLines(property));
  if (action === "create") {
    const built = [
      ...(change.code === undefined ? [] : [codeWords(change)]),
      ...(change.image === undefined ? [] : [imageWords(change.image)]),
    ];
    const words = [...createWords(change, changes), ...built].map((text) =>
      prose(text, { max: 80, narrow: true }),
    );
    if (permissions.length > 0) return lines([...words, ...permissions]);
    return words.length > 0
      ? joinMarkdown(words, ", ")
      : counted(
          properties.filter((one) => notOwnership(one) && one.byDefault !== true).length,
          "property",
          "properties",
        );
  }
  const forced = properties.filter(({ replaces }) => replaces);
  const shown = (action === "replace" && forced.length > 0 ? forced : properties.filter(notOwnership)).filter(
    (property) => permissionLines(property).length === 0,
  );
  const said = joinMarkdown(
    [
      ...(adopts === true ? [md`takes over ${wrappingCode(id ?? "it", 60)}`] : []),
      ...(action === "replace" && forced.length === 0 && reasonText(change) !== ""
        ? [prose(reasonText(change), { max: 160, narrow: true })]
        : propertiesInWords(shown, change)),
    ],
    "; ",
  );
  return permissions.length === 0 ? said : lines([...(said === "" ? [] : [said]), ...permissions]);
}

/** Most lines of a cell: the diff has all. */
const MOST_LINES = 5;

function lines(all: readonly Markdown[]): Markdown {
  const more = (left: number): Markdown => md`… and ${counted(left, "more line")}`;
  return joinMarkdown(
    atMost(MOST_LINES, all, (line) => line, more),
    "<br>",
  );
}

/** True for a change of who may do what: it stands out in the table. */
export function changesPermissions({ type, properties, action }: Change): boolean {
  return (
    serviceOf(type) === "IAM" ||
    (action !== "delete" && properties.some((one) => permissionLines(one).length > 0))
  );
}

/** `+ dynamodb:PutItem on table/orders` for a policy document, `+ policy/x` for the policies of a role. */
function permissionLines({ before, after, sensitive }: ShownPropertyChange): readonly Markdown[] {
  if (sensitive) return [];
  const policy = policyChanges(before, after);
  if (policy !== undefined)
    return policy.map(({ sign, denies, actions, resources, by, condition }) =>
      joinMarkdown(
        [
          md`${SIGNS[sign]} ${denies ? "**denies** " : ""}${codes(actions)}`,
          ...(resources.length === 0 ? [] : [md`on ${codes(resources)}`]),
          ...(by === "" ? [] : [md`by ${wrappingCode(by, 100)}`]),
          ...(condition === "" ? [] : [md`if ${wrappingCode(condition, 160)}`]),
        ],
        " ",
      ),
    );
  return attachedChanges(before, after).map(
    ({ sign, policy: attached }) => md`${SIGNS[sign]} ${wrappingCode(attached, 100)}`,
  );
}

const SIGNS = { "+": "\\+", "-": "−" } as const;
const MOST_CODES = 4;

function codes(all: readonly string[]): Markdown {
  const code = (one: string): Markdown => wrappingCode(one, 120);
  return joinMarkdown(
    atMost(MOST_CODES, all, code, (left) => md`${left} more`),
    ", ",
  );
}

function notOwnership({ path }: ShownPropertyChange): boolean {
  return !path.startsWith("Tags.gc-");
}

/** True if the table shows the complete change, so that a diff would add nothing. */
export function cellTellsAll(change: Change): boolean {
  const { properties } = change;
  return properties.length <= MOST_VALUES && properties.every((property) => saysValues(property, change));
}

function saysValues(property: ShownPropertyChange, change: Change): boolean {
  return codePropertyWords(property, change) === undefined && short(property, change) !== undefined;
}

function propertiesInWords(properties: readonly ShownPropertyChange[], change: Change): readonly Markdown[] {
  const described = properties.map((property) => short(property, change));
  if (properties.length <= MOST_VALUES && described.every((text) => text !== undefined)) {
    return described.filter((text) => text !== undefined);
  }
  const names = [...new Set(properties.map((property) => label(property, change)))];
  return [
    joinMarkdown(
      atMost(MOST_NAMES, names, (name) => name, moreProperties),
      ", ",
    ),
  ];
}

export function moreProperties(left: number): Markdown {
  return counted(left, "more property", "more properties");
}

/** A longer path would widen the table beyond a phone's screen: its end is what tells it from others; the diff has all of it. */
const WIDEST_PATH = 22;

function pathCode(path: string): Markdown {
  const end = /[^.]+$/.exec(path)?.[0] ?? path;
  return wrappingCode(path.length > WIDEST_PATH && end !== path ? `…${end}` : path, 60);
}

function label(property: ShownPropertyChange, change: Change): Markdown {
  const words = codePropertyWords(property, change);
  return words === undefined ? pathCode(property.path) : prose(words, { max: 120, narrow: true });
}

function short(property: ShownPropertyChange, change: Change): Markdown | undefined {
  const { path, before, after, sensitive } = property;
  if (sensitive || codePropertyWords(property, change) !== undefined) return label(property, change);
  if (before !== undefined && !isOneLine(before)) return undefined;
  if (after !== undefined && !isOneLine(after)) return undefined;
  const [old, next] = [before, after].map((value) => (value === undefined ? undefined : oneLine(value)));
  if ((old?.length ?? 0) > SHORT || (next?.length ?? 0) > SHORT || old === next) return undefined;
  if (old === undefined) return md`${pathCode(path)}: set to ${wrappingCode(next ?? "")}`;
  if (next === undefined) return md`${pathCode(path)}: ${wrappingCode(old)} removed`;
  return md`${pathCode(path)}: ${wrappingCode(old)} → ${wrappingCode(next)}`;
}
