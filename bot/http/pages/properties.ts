/** The properties of a change: before and after, as insertions and deletions with text for screen readers. */
import type { Change } from "../../../src/model/plan.ts";
import { codeWords, imageWords } from "../../../src/report/words/code-words.ts";
import { reasonText } from "../../../src/report/reason.ts";
import { type DiffLine, diffLines } from "../../../src/text/line-diff.ts";
import { plural, sentence } from "../../../src/text/words.ts";
import { type Html, html } from "../web/html.ts";

type Property = Change["properties"][number];
type Value = Property["before"];

/** Longer values are truncated; plan.json has them in full. */
const LONGEST = 20_000;

/** A collapsed list of all properties; nothing for a change without any. */
export function propertiesOf(change: Change): Html {
  const { properties, action } = change;
  const reason = reasonText(change);
  const why = reason === "" || action === "create" ? html`` : html`<p class="reason">Why: ${reason}</p>`;
  const known = change.code !== undefined || change.codeSize !== undefined;
  const words = [
    ...(known ? [codeWords(change)] : []),
    ...(change.image === undefined ? [] : [imageWords(change.image)]),
  ];
  const code = words.map((text) => html`<p class="reason">${sentence(text)}</p>`);
  if (properties.length === 0) return html`${why}${code}`;
  return html`<details class="properties">
<summary>${plural(properties.length, "property", "properties")}</summary>
${why}${code}
<dl>
${properties.map(propertyOf)}
</dl>
</details>`;
}

function propertyOf(property: Property): Html {
  const { path, replaces, sensitive } = property;
  return html`<div>
<dt>${path}${replaces && html` <span class="tag">forces replacement</span>`}${sensitive && html` <span class="tag">sensitive</span>`}</dt>
<dd>${valuesOf(property)}</dd>
</div>`;
}

function valuesOf({ before, after }: Property): Html {
  const [old, next] = [before, after].map((value) => (value === undefined ? undefined : textOf(value)));
  if (old?.includes("\n") === true && next?.includes("\n") === true) {
    const lines = diffLines(old.split("\n"), next.split("\n"));
    return html`<pre class="diff" tabindex="0">${lines.map(diffLine)}</pre>`;
  }
  return html`${old !== undefined && html`<del><span class="sr">was </span>${shown(old)}</del>`}${next !== undefined && html`<ins><span class="sr">becomes </span>${shown(next)}</ins>`}${old !== undefined && next === undefined && html`<ins class="muted">not set</ins>`}`;
}

const LINE_CLASSES = { "-": "minus", "+": "plus", " ": "same" } as const;

function diffLine({ sign, text }: DiffLine): Html {
  return html`<span class="${LINE_CLASSES[sign]}"><b>${sign === "-" ? "−" : sign}</b>${text}</span>`;
}

function shown(text: string): Html {
  return text.includes("\n") ? html`<pre tabindex="0">${text}</pre>` : html`<code>${text}</code>`;
}

function textOf(value: Value): string {
  if (isMarked(value, "$unknown")) return "(known after apply)";
  if (isMarked(value, "$generated")) return "(generated)";
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  if (text === "") return '""';
  return text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST)}\n… ${text.length - LONGEST} more characters`;
}

/** Whether a value is plan.json's marker for one that is not known yet, or that Gatewright generates. */
function isMarked(value: Value, mark: string): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, mark);
}
