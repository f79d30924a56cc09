/** Checks as a list: what is wrong first, each with what to do. */
import { type Html, html } from "../web/html.ts";
import { icon } from "../web/icons.ts";
import type { Check } from "./judge.ts";

export function checksBody(checks: readonly Check[]): Html {
  const wrong = checks.filter(({ state }) => state !== "good").length;
  return html`<h1>Set-up</h1>
<p class="standing">${wrong === 0 ? "Everything that the bot needs is there." : "Not everything that the bot needs is there."}</p>
<section class="scroll" aria-label="Checks">${checkList(checks)}</section>
<p class="live">The AWS credentials are the process's own. Roles of stages are taken when a run needs them; its page says what was refused.</p>`;
}

/** With its pages as links: what is to be done is done there. An address without a path is an example. */
function linked(text: string): readonly Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"/]+\/[^\s<>"]*[^\s<>".,;:)])/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));
}

const LOOK = {
  bad: { tone: "failed", sign: "failed", word: "Missing" },
  warning: { tone: "warning", sign: "warning", word: "Warning" },
  good: { tone: "succeeded", sign: "succeeded", word: "Good" },
} as const;

const ORDER: readonly Check["state"][] = ["bad", "warning", "good"];

export function checkList(checks: readonly Check[]): Html {
  const sorted = ORDER.flatMap((state) => checks.filter((check) => check.state === state));
  return html`<ul class="checks">
${sorted.map(({ state, what, found, mend }) => {
  const { tone, sign, word } = LOOK[state];
  return html`<li class="is-${tone}"><span class="state is-${tone}">${icon(sign)}<span class="sr">${word}: </span></span><div><strong>${what}</strong>: ${found}${mend !== undefined && html`<span class="hint">${linked(mend)}</span>`}</div></li>`;
})}
</ul>`;
}
