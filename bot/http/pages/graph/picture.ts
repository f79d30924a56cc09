/** The stack as a picture, and the same in words for those who do not see it. */
import type { Plan } from "../../../../src/model/plan.ts";
import { VOCABULARY } from "../../../../src/report/vocabulary.ts";
import { plural } from "../../../../src/text/words.ts";
import { type Html, html } from "../../web/html.ts";
import { type Box, type Chart, chartOf } from "./chart.ts";
import {
  fitted,
  kindLine,
  LINE,
  PADDING,
  type Placed,
  type PlacedBox,
  type Point,
  placed,
} from "./layout.ts";

/** A larger picture says less than its words. */
const MOST_BOXES = 60;

export function graphSection(plan: Plan | undefined): Html {
  const chart = plan === undefined ? undefined : chartOf(plan);
  if (chart === undefined) return html``;
  const isDrawn = chart.boxes.length <= MOST_BOXES;
  return html`<section aria-labelledby="graph-title">
<h2 id="graph-title">What calls what</h2>
${isDrawn && html`<div class="scroll picture" role="region" aria-labelledby="graph-title" tabindex="0">${picture(placed(chart))}</div>`}
<details class="fold" id="graph-words"${!isDrawn && html` open`}>
<summary>The same in words: ${plural(chart.boxes.length, "resource")}</summary>
${words(chart)}
</details>
</section>`;
}

/** Colours and letters come from the style sheet: pages allow no style in attributes. */
function picture({ width, height, boxes, arrows }: Placed): Html {
  return html`<svg class="graph" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">
<defs><marker id="graph-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
${arrows.map((points) => html`<path class="arrow" marker-end="url(#graph-tip)" d="${curve(points)}"/>`)}
${boxes.map(boxed)}
</svg>`;
}

function boxed({ box, lines, x, y, width, height }: PlacedBox): Html {
  const { title, change, isOpen } = box;
  const line = (index: number): number => PADDING + 13 + index * LINE;
  const sign = change === undefined ? "" : `${VOCABULARY[change].symbol} `;
  return html`<g class="${change === undefined ? "" : `is-${change}`}${isOpen && " is-open"}" transform="translate(${x} ${y})"><rect width="${width}" height="${height}" rx="8"/>
<text class="title" x="${PADDING}" y="${line(0)}">${sign !== "" && html`<tspan class="sign">${sign}</tspan>`}${fitted(title, sign.length)}</text>
<text class="kind" x="${PADDING}" y="${line(1)}">${fitted(kindLine(box))}</text>
${lines.map((text, index) => html`<text x="${PADDING}" y="${line(index + 2)}">${fitted(text)}</text>`)}</g>`;
}

/** Through the points without corners: each inner one is where a curve is drawn to. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return "";
  const inner = rest.slice(0, -1);
  const bends = inner.map(({ x, y }, index) => {
    const next = inner[index + 1];
    const to = next === undefined ? last : { x: (x + next.x) / 2, y: (y + next.y) / 2 };
    return `Q${x} ${y} ${to.x} ${to.y}`;
  });
  return [`M${first.x} ${first.y}`, ...(inner.length === 0 ? [`L${last.x} ${last.y}`] : bends)].join("");
}

function words({ boxes, arrows }: Chart): Html {
  const named = new Map(boxes.map((box) => [box.id, box]));
  const isCalled = new Set(arrows.map(({ to }) => to));
  const leaving = Map.groupBy(arrows, ({ from }) => from);
  // Who is called by nobody comes first: that is where a reader begins.
  const inOrder = [...boxes].sort(
    (one, other) => Number(isCalled.has(one.id)) - Number(isCalled.has(other.id)),
  );
  return html`<ul class="plain">
${inOrder.map((box) => {
  const to = (leaving.get(box.id) ?? []).flatMap((arrow) => named.get(arrow.to) ?? []);
  return html`<li><span class="name">${box.title}</span> <span class="type">${facts(box)}</span>${to.length > 0 && html` → ${to.map(({ title }, index) => html`${index > 0 && ", "}<span class="name">${title}</span>`)}`}${box.may.length > 0 && html`<ul>${box.may.map((line) => html`<li>may ${line}</li>`)}</ul>`}</li>`;
})}
</ul>`;
}

function facts(box: Box): string {
  const { change } = box;
  return [kindLine(box), ...(change === undefined ? [] : [change])].join(", ");
}
