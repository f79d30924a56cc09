/** What all pages share: landmarks, style, script, and the headers that keep everything else out. */
import { randomBytes } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { Answer } from "./answer.ts";
import { type Html, html, trusted } from "./html.ts";
import { FAVICON, LOGO } from "./icons.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Who is signed in. */
  readonly login?: string | undefined;
  /** The navigation's current entry. */
  readonly current?: "runs" | undefined;
  /** The stream that keeps the page up to date. */
  readonly events?: string | undefined;
  /** Seconds after which a browser without script loads the page anew; only when its reader asked for it. */
  readonly refresh?: number | undefined;
  /** Where else forms of this page go: GitHub, in the set-up. */
  readonly formsTo?: string | undefined;
  readonly now?: number | undefined;
  readonly version: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** A page as an answer. */
export function page(it: Page): Answer {
  const nonce = randomBytes(18).toString("base64");
  return {
    status: it.status ?? 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": policy(nonce, it.formsTo),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=()",
      "x-frame-options": "DENY",
      ...it.headers,
    },
    body: document(it, nonce).text,
  };
}

function policy(nonce: string, formsTo: string | undefined): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src data:",
    "connect-src 'self'",
    `form-action 'self'${formsTo === undefined ? "" : ` ${formsTo}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function document(it: Page, nonce: string): Html {
  return html`<!doctype html>
<html lang="en" data-now="${it.now ?? Date.now()}">
<head>
<meta charset="utf-8">
<title>${it.title} · Gatewright</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${trusted(FAVICON)}">
${it.refresh !== undefined && html`<noscript><meta http-equiv="refresh" content="${it.refresh}"></noscript>`}
<style nonce="${nonce}">${trusted(STYLE)}</style>
</head>
<body${it.events !== undefined && html` data-events="${it.events}"`}>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><div>
<a class="brand" href="/">${LOGO}Gatewright</a>
<nav aria-label="Pages">${it.login !== undefined && html`<a href="/runs"${it.current === "runs" && html` aria-current="page"`}>Runs</a>`}</nav>
${it.login !== undefined && html`<form method="post" action="/logout"><span>${it.login}</span><button>Sign out</button></form>`}
</div></header>
<main id="main" tabindex="-1">
${it.body}
</main>
<p id="say" class="sr" role="status" aria-live="polite"></p>
<footer><span>Gatewright ${it.version}</span><noscript><span>Times are UTC.</span></noscript></footer>
<script nonce="${nonce}">${trusted(SCRIPT)}</script>
</body>
</html>`;
}

/** A page with one thing to say. */
export function letter(it: Omit<Page, "body"> & { readonly heading: string; readonly text: Html }): Answer {
  return page({ ...it, body: html`<article class="letter"><h1>${it.heading}</h1>${it.text}</article>` });
}
