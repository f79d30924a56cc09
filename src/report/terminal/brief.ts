/** A plan in one line per change, in the words and the order of a comment. */
import type { Change, Plan, ShownPropertyChange } from "../../model/plan.ts";
import { clip, visible } from "../../text/escape.ts";
import { columns, padded } from "../../text/width.ts";
import { plural } from "../../text/words.ts";
import { cautionsOf } from "../cautions.ts";
import { lossText, reasonText, replacedBy } from "../reason.ts";
import { kindOf, sortedChanges, VOCABULARY } from "../vocabulary.ts";
import { codePropertyWords, imageWords } from "../words/code-words.ts";
import { createWords } from "../words/create-words.ts";
import { attachedChanges, policyChanges, policyLineText } from "../words/policy-words.ts";
import { resourceWords } from "../words/resource-words.ts";
import { type Colors, kindColor } from "./colors.ts";

/** What is deleted or replaced, each with what breaks; what goes with something else is counted there. */
export function cautionLines({ changes }: Pick<Plan, "changes">, colors: Colors): readonly string[] {
  return cautionsOf(changes).map(({ change, inside }) => {
    const { name, kind, parent } = resourceWords(change);
    const reason = change.action === "replace" ? reasonText(change) : "";
    const text = [
      `${change.action}s the ${kind} ${name}${parent === undefined ? "" : ` of ${parent}`}`,
      reason === "" ? "" : ` (${reason})`,
      lossText(change),
      inside.length === 0 ? "" : `, with ${plural(inside.length, "resource")} inside it`,
      change.consequence === undefined ? "" : `: ${change.consequence}`,
    ].join("");
    return colors.red(`! ${visible(text)}`);
  });
}

/** Words go on in the next line of a narrow terminal: what becomes allowed is not cut. */
const MOST_WORDS = 300;

/** `+ create   GET /hello  route of my-api  → my-function, no authorization` */
export function briefLines(
  { changes }: Pick<Plan, "changes">,
  colors: Colors,
  width: number,
): readonly string[] {
  const rows = sortedChanges(changes).map((change) => {
    const { name, kind, parent } = resourceWords(change);
    return {
      kind: kindOf(change),
      what: `${visible(name)}  ${visible(parent === undefined ? kind : `${kind} of ${parent}`)}`,
      words: visible(wordsOf(change, changes)),
    };
  });
  // A long name does not push the words of all others away.
  const column = Math.min(50, Math.max(0, ...rows.map(({ what }) => columns(what))));
  return rows.map(({ kind, what, words }) => {
    const head = kindColor(kind, colors)(`${VOCABULARY[kind].symbol} ${kind.padEnd(8)}`);
    return `${head} ${padded(clip(what, width), column)}  ${colors.dim(clip(words, MOST_WORDS))}`.trimEnd();
  });
}

function wordsOf(change: Change, changes: readonly Change[]): string {
  if (change.redeploy === true) return "what it serves changes";
  const replaced = replacedBy(change);
  if (replaced !== undefined || change.action === "delete") return reasonText(change);
  const policies = change.properties.flatMap((property) => permissionWords(property) ?? []);
  const image = change.image === undefined ? [] : [imageWords(change.image)];
  if (change.action === "create") return [...createWords(change, changes), ...image, ...policies].join(", ");
  const rest = change.properties
    .filter((property) => !property.path.startsWith("Tags.gc-") && permissionWords(property) === undefined)
    .map((property) => codePropertyWords(property, change) ?? property.path);
  return [...policies, ...rest].join(", ");
}

/** `+ dynamodb:PutItem on table/orders`, `- policy/AdministratorAccess`; undefined for a property of another kind. */
function permissionWords({ before, after }: ShownPropertyChange): readonly string[] | undefined {
  const document = policyChanges(before, after);
  if (document !== undefined) return document.map((line) => `${line.sign} ${policyLineText(line)}`);
  const attached = attachedChanges(before, after);
  return attached.length === 0 ? undefined : attached.map(({ sign, policy }) => `${sign} ${policy}`);
}
