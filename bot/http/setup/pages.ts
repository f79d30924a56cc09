/** The pages of setup, step by step. */
import { PERMISSIONS, WEBHOOK_EVENTS } from "./app-manifest.ts";
import type { Check } from "../checks/judge.ts";
import { checkList } from "../checks/list.ts";
import type { Call } from "../web/context.ts";
import { type Html, html } from "../web/html.ts";
import { letter } from "../web/layout.ts";

export interface Wishes {
  readonly name: string;
  readonly publicUrl: string;
  /** Empty: the App belongs to the person. */
  readonly organization: string;
}

/** Only a person who can read the bot's terminal may set it up. */
export function lockedPage(call: Call, version: string): Promise<Response> {
  return letter(call, {
    status: 403,
    version,
    title: "Set-up",
    heading: "This bot is not set up yet",
    text: html`<p>To prove that this bot is yours, open the address that its terminal shows. It begins like this one and ends in <code>?key=…</code>.</p>`,
  });
}

interface WishesMore {
  /** What is wrong with what was filled in. */
  readonly problem?: string | undefined;
  readonly checks?: readonly Check[];
}

export function wishesPage(
  call: Call,
  version: string,
  wishes: Wishes,
  { problem, checks = [] }: WishesMore,
): Promise<Response> {
  const field = (id: keyof Wishes, label: string, hint: Html, more: Html): Html =>
    html`<label for="${id}">${label}</label>
<input type="text" id="${id}" name="${id}" value="${wishes[id]}" aria-describedby="${id}-hint" ${more}>
<p class="hint" id="${id}-hint">${hint}</p>`;
  return letter(call, {
    status: problem === undefined ? 200 : 400,
    version,
    title: "Set-up",
    heading: "Set up Gatewright",
    text: html`<p>Three steps: say where this bot is reached, let GitHub make its App, choose the repositories. It takes about two minutes.</p>
${problem !== undefined && html`<p class="note is-failed" role="alert">${problem}</p>`}
<form method="get" action="/setup">
${field("publicUrl", "Where GitHub and people reach this bot", html`An address without a path, such as <code>https://gatewright.example.com</code>. GitHub sends its webhooks there.`, html`required inputmode="url" autocomplete="url"`)}
${field("name", "Name of the App", html`Must not be taken on GitHub. The bot comments under this name.`, html`required maxlength="34"`)}
${field("organization", "Organization that owns the App", html`Leave empty to own it yourself.`, html`maxlength="39" autocapitalize="off"`)}
<button class="primary">Continue</button>
</form>
${checks.length > 0 && html`<h2>What the bot has</h2>${checkList(checks)}`}`,
  });
}

interface Confirming {
  /** GitHub's page that takes the manifest. */
  readonly action: string;
  readonly manifest: string;
  readonly formsTo: string;
  readonly address: Check;
}

/** The browser submits the manifest to GitHub, so that the person sees there what they agree to. */
export function confirmPage(
  call: Call,
  version: string,
  { action, manifest, formsTo, address }: Confirming,
): Promise<Response> {
  return letter(call, {
    version,
    title: "Set-up",
    heading: "Create the App on GitHub",
    formsTo,
    text: html`${address.state !== "good" && checkList([address])}<p>GitHub asks you to confirm, makes the App and leads back here. The App may:</p>
<ul>${Object.entries(PERMISSIONS).map(([name, { level, why }]) => html`<li><strong>${name.replace("_", " ")}</strong> (${level}): ${why.replaceAll("`", "")}</li>`)}</ul>
<p>It receives ${WEBHOOK_EVENTS.join(", ").replaceAll("_", " ")}. It cannot write to your code.</p>
<form method="post" action="${action}"><input type="hidden" name="manifest" value="${manifest}"><button class="primary">Create the App on GitHub</button></form>
<p><a href="/">Back</a></p>`,
  });
}

export function donePage(
  call: Call,
  version: string,
  facts: {
    readonly installUrl: string;
    readonly file: string;
    readonly waits: boolean;
    readonly checks: readonly Check[];
  },
): Promise<Response> {
  return letter(call, {
    version,
    title: "Set up",
    heading: "The App is ready",
    text: html`<p>Its credentials are in <code>${facts.file}</code>, readable by the bot's user only. Keep a copy where you keep secrets: GitHub does not show them again.</p>
<ol><li>${facts.waits ? html`<strong>Put the file in place.</strong> Another one was there already and was left alone. Then start the bot again.` : html`The bot starts with them now. If it does not, start it again.`}</li>
<li><a href="${facts.installUrl}">Install the App</a> on the repositories it deploys.</li>
<li>Comment <code>/help</code> on a pull request there.</li></ol>
<h2>What the bot has</h2>${checkList(facts.checks)}
<p>The running bot has this list at <code>/runs/checks</code>.</p>`,
  });
}

export function failedPage(call: Call, version: string, words: string): Promise<Response> {
  return letter(call, {
    status: 502,
    version,
    title: "Set-up",
    heading: "GitHub did not return the App's credentials",
    text: html`<p>${words}</p>
<p>GitHub's code works once, for an hour. Start again; if GitHub already lists an App of this name under Settings, Developer settings, delete that first.</p>
<p><a class="button" href="/">Start again</a></p>`,
  });
}

export function stalePage(call: Call, version: string): Promise<Response> {
  return letter(call, {
    status: 403,
    version,
    title: "Set-up",
    heading: "This step is no longer valid",
    text: html`<p>It is already finished, or the bot restarted in between.</p><p><a class="button" href="/">Start again</a></p>`,
  });
}
