/** Icons beside words: never alone, so they are hidden from screen readers. */
import { type Html, html, trusted } from "./html.ts";

const SHAPES = {
  succeeded: '<path d="M3.5 8.5l3 3 6-7"/>',
  failed: '<path d="M4 4l8 8M12 4l-8 8"/>',
  running: '<path d="M8 2.5a5.5 5.5 0 1 0 5.5 5.5"/>',
  waiting: '<circle cx="8" cy="8" r="5"/>',
  queued: '<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.2l2 1.3"/>',
  skipped: '<path d="M4 4l4 4-4 4M9 4l4 4-4 4"/>',
  overtaken: '<path d="M4 4.5 8 8l-4 3.5zM8.5 4.5l4 3.5-4 3.5z"/>',
  cancelled: '<rect x="4.5" y="4.5" width="7" height="7" rx="1"/>',
  unfinished: '<path d="M4 8h8"/>',
  lock: '<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>',
  warning: '<path d="M8 2.5l6 10.5H2zM8 6.5v3M8 11.3v.2"/>',
} as const;

export type Icon = keyof typeof SHAPES;

/** As high as a line of text, in the colour of the surrounding text. */
export function icon(name: Icon): Html {
  return html`<svg class="icon icon-${name}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${trusted(SHAPES[name])}</svg>`;
}

/** An open gate: two posts, two bars, one lifted. */
export const LOGO = trusted(
  '<svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M4 21V5M20 21V5M4 18h16M4 13.5h16"/><path class="bar" d="M4 9L19 2.5"/></svg>',
);

/** The same as the tab's icon; quotes and # are escaped for a data address. */
export const FAVICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%234f63d2' stroke-width='2.4' stroke-linecap='round'%3E%3Cpath d='M4 21V5M20 21V5M4 18h16M4 13.5h16M4 9L19 2.5'/%3E%3C/svg%3E";
