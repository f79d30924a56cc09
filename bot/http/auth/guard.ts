/** Stands before every page: who is it, and may they see this? Whoever may not learns nothing, not even that it exists. */
import type { Log } from "../../services/services.ts";
import type { Run } from "../../../src/model/run.ts";
import type { Store } from "../../services/store.ts";
import type { Access } from "./access.ts";
import { type Answer, type Call, type Handler, plain, redirect, Stop } from "../web/answer.ts";
import { GitHubAway, SignedOut } from "./as-user.ts";
import { html } from "../web/html.ts";
import { letter } from "../web/layout.ts";
import type { Cookies, Session } from "./session.ts";
import { signInAddress } from "./sign-in.ts";

export interface GuardParts {
  readonly store: Pick<Store, "getRun">;
  readonly access: Access;
  readonly cookies: Cookies;
  readonly log: Log;
  readonly now: () => number;
  readonly version: string;
}

export interface Guard {
  /** A page's handler: what goes wrong in it is told on a page too. */
  page(handle: (call: Call, session: Session) => Promise<Answer>): Handler;
  /** The same for streams, which nobody reads: refusals are statuses. */
  stream(handle: (call: Call, session: Session) => Promise<Answer>): Handler;
  /** The run, when the person can read its repository; throws Stop with 404 otherwise. */
  run(id: string, session: Session): Promise<Run>;
  /** False once the session is over or the repository cannot be read any more. */
  still(call: Call, run: Run): Promise<boolean>;
}

/** Of one person at a time: tabs, not a flood that keeps the database busy. */
const MOST_STREAMS = 20;

export function createGuard(parts: GuardParts): Guard {
  const { store, access, cookies, now, version } = parts;
  const streams = new Map<number, number>();
  return {
    page: (handle) => async (call) => {
      const session = cookies.session(call.request, now());
      if (session === undefined) return redirect(signInAddress(call.url));
      try {
        return await handle(call, session);
      } catch (error) {
        return failure(parts, call, session, error);
      }
    },
    stream: (handle) => async (call) => {
      const session = cookies.session(call.request, now());
      if (session === undefined) return plain(401, "sign in first");
      try {
        return counted(streams, session.userId, await handle(call, session));
      } catch (error) {
        if (error instanceof SignedOut) return plain(401, "sign in again");
        if (error instanceof GitHubAway) return plain(503, "GitHub did not answer", { "retry-after": "10" });
        throw error;
      }
    },
    async run(id, { token, login }) {
      const run = await store.getRun(id);
      if (run === undefined || !(await access.canRead(token, run.stack.repository)))
        throw new Stop(notHere(version, login));
      return run;
    },
    async still({ request }, { stack }) {
      const session = cookies.session(request, now());
      return session !== undefined && (await access.canRead(session.token, stack.repository));
    },
  };
}

function counted(streams: Map<number, number>, userId: number, answer: Answer): Answer {
  const { stream } = answer;
  const open = (): number => streams.get(userId) ?? 0;
  if (stream === undefined) return answer;
  if (open() >= MOST_STREAMS) return plain(429, "too many pages are open", { "retry-after": "60" });
  return {
    ...answer,
    // Counted once it begins: to HEAD it never does.
    stream: async (send) => {
      streams.set(userId, open() + 1);
      try {
        await stream(send);
      } finally {
        if (open() > 1) streams.set(userId, open() - 1);
        else streams.delete(userId);
      }
    },
  };
}

/** The one answer for what does not exist and for what is not for this person. */
export function notHere(version: string, login?: string): Answer {
  return letter({
    status: 404,
    version,
    login,
    title: "Not found",
    heading: "Not found",
    text: html`<p>Either this does not exist, or it belongs to a repository that ${login === undefined ? "you" : html`<strong>${login}</strong>`} cannot read on GitHub.</p>
<ul><li>Look at the address: is all of it there?</li>
<li>Can you open the repository on GitHub? Ask its owners for access.</li>
<li>Have you several accounts? Sign out and sign in with the other one.</li></ul>
<p><a class="button" href="/runs">See the runs you can read</a></p>`,
  });
}

function failure(
  { cookies, log, version }: GuardParts,
  call: Call,
  session: Session,
  error: unknown,
): Answer {
  if (error instanceof Stop) return error.answer;
  if (error instanceof SignedOut)
    return redirect(signInAddress(call.url), { "set-cookie": cookies.clearSession() });
  const away = error instanceof GitHubAway;
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (away)
    log.warn(
      { path: call.url.pathname, error: error.message },
      "GitHub could not be asked who may see a page",
    );
  else log.error({ path: call.url.pathname, error: words }, "a page failed");
  return letter({
    status: away ? 503 : 500,
    version,
    login: session.login,
    title: away ? "GitHub does not answer" : "Something went wrong",
    heading: away ? "GitHub does not answer" : "Something went wrong",
    text: away
      ? html`<p>Whether you may see this page is GitHub's to say, and it cannot be asked now. Runs go on meanwhile.</p><p><a class="button" href="${call.url.pathname}">Try again</a></p>`
      : html`<p>The page could not be made; the bot's log says why. Runs are not touched by this.</p><p><a class="button" href="${call.url.pathname}">Try again</a></p>`,
    headers: away ? { "retry-after": "10" } : {},
  });
}
