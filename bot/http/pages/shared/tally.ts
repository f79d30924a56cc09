/** The number of changes per action: `+3 ~1 -2`, with words for screen readers. */
import { COUNTED_KINDS, type KindCounts, VOCABULARY } from "../../../../src/report/vocabulary.ts";
import { type Html, html } from "../../web/html.ts";

export function tally(counts: KindCounts): Html {
  const counted = COUNTED_KINDS.filter((kind) => counts[kind] > 0);
  if (counted.length === 0) return html`<span class="muted">none</span>`;
  return html`<span class="tally">${counted.map((kind) => html`<span class="is-${kind}" title="${counts[kind]} to ${kind}"><span aria-hidden="true">${VOCABULARY[kind].symbol}${counts[kind]}</span><span class="sr">${counts[kind]} to ${kind} </span></span>`)}</span>`;
}
