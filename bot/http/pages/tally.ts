/** How many changes of which kind: `+3 ~1 −2`, said in words to who does not see it. */
import type { Action, Plan } from "../../../src/model/plan.ts";
import { type Html, html } from "../html.ts";
import { SIGNS } from "./words.ts";

const ORDER: readonly Exclude<Action, "no-op">[] = ["create", "update", "replace", "delete"];

export function tally({ counts }: Pick<Plan, "counts">): Html {
  const counted = ORDER.filter((action) => counts[action] > 0);
  if (counted.length === 0) return html`<span class="muted">none</span>`;
  return html`<span class="tally">${counted.map((action) => html`<span class="is-${action}" title="${counts[action]} to ${action}"><span aria-hidden="true">${SIGNS[action]}${counts[action]}</span><span class="sr">${counts[action]} to ${action} </span></span>`)}</span>`;
}
