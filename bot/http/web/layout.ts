/** What all pages share: landmarks, style, script and security headers. */
import { NONCE, secureHeaders } from "hono/secure-headers";
import type { Call, Status } from "./context.ts";
import { type Html, html, trusted } from "./html.ts";
import { FAVICON, LOGO } from "./icons.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: Status;
  /** Who is signed in. */
  readonly login?: string | undefined;
  /** The current entry of the navigation. */
  readonly current?: "runs" | "checks" | undefined;
  /** The path of the stream that updates the page. */
  readonly events?: string | undefined;
  /** Seconds after which a browser without JavaScript reloads the page; only if the reader asked for it. */
  readonly refresh?: number | undefined;
  /** Further origins that forms of this page may submit to: GitHub, during setup. */
  readonly formsTo?: string | undefined;
  readonly now?: number | undefined;
  readonly version: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Responds with a page and its security headers. */
export async function page(call: Call, it: Page): Promise<Response> {
  await secureHeaders(headersFor(it.formsTo))(call, async () => {
    call.header("cache-control", "no-store");
    for (const [name, value] of Object.entries(it.headers ?? {})) call.header(name, value);
    const nonce = call.get("secureHeadersNonce") ?? "";
    call.res = await call.html(document(it, nonce), it.status ?? 200);
  });
  return call.res;
}

function headersFor(formsTo: string | undefined): Parameters<typeof secureHeaders>[0] {
  return {
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [NONCE],
      styleSrc: [NONCE],
      imgSrc: ["data:"],
      connectSrc: ["'self'"],
      formAction: ["'self'", ...(formsTo === undefined ? [] : [formsTo])],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
    referrerPolicy: "same-origin",
    // HSTS applies to the entire host, so the host's owner decides.
    strictTransportSecurity: false,
    xFrameOptions: "DENY",
  };
}

/** The page as text: what `page` sends. */
export function document(it: Page, nonce: string): Html {
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
<nav aria-label="Pages">${it.login !== undefined && html`<a href="/runs"${it.current === "runs" && html` aria-current="page"`}>Runs</a><a href="/runs/checks"${it.current === "checks" && html` aria-current="page"`}>Set-up</a>`}</nav>
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

/** A page with a single message. */
export function letter(
  call: Call,
  it: Omit<Page, "body"> & { readonly heading: string; readonly text: Html },
): Promise<Response> {
  return page(call, {
    ...it,
    body: html`<article class="letter"><h1>${it.heading}</h1>${it.text}</article>`,
  });
}
