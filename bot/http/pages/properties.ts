/** What a change does to properties: before and after, as insertions and deletions that are also said in words. */
import type { Change } from "../../../src/index.ts";
import { type Html, html } from "../html.ts";
import { plural } from "./words.ts";

type Property = Change["properties"][number];
type Value = Property["before"];

/** Longer values are cut: the page is for looking, plan.json for reading. */
const LONGEST = 20_000;

/** A fold with every property; nothing for changes without any. */
export function propertiesOf({ properties, reason, at, action }: Change): Html {
  const why =
    reason === undefined || action === "create" ? html`` : html`<p class="reason">Why: ${reason}</p>`;
  if (properties.length === 0) return why;
  const where = at === undefined ? html`` : html` <span class="muted">${at.file}:${at.line}</span>`;
  return html`<details class="properties">
<summary>${plural(properties.length, "property", "properties")}${where}</summary>
${why}
<dl>
${properties.map(propertyOf)}
</dl>
</details>`;
}

function propertyOf(property: Property): Html {
  const { path, before, after, replaces, sensitive } = property;
  return html`<div>
<dt>${path}${replaces && html` <span class="tag">forces replacement</span>`}${sensitive && html` <span class="tag">sensitive</span>`}</dt>
<dd>${before !== undefined && html`<del><span class="sr">was </span>${shown(before)}</del>`}${after !== undefined && html`<ins><span class="sr">becomes </span>${shown(after)}</ins>`}${before !== undefined && after === undefined && html`<ins class="muted">not set</ins>`}</dd>
</div>`;
}

function shown(value: Value): Html {
  const text = textOf(value);
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

/** What plan.json writes for a value that is not known yet, or is made by Gatewright. */
function isMarked(value: Value, mark: string): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && mark in value;
}
