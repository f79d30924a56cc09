/** Authentication and authorization of every page. A person without access cannot learn whether something exists. */
import { HTTPException } from "hono/http-exception";
import type { Run } from "../../../src/model/run.ts";
import type { Log } from "../../services/services.ts";
import type { Store } from "../../services/store.ts";
import { type Call, type Handler, plain, seeOther } from "../web/context.ts";
import { events, type Producer } from "../web/events.ts";
import { html } from "../web/html.ts";
import { letter } from "../web/layout.ts";
import type { Access } from "./access.ts";
import { GitHubAway, SignedOut } from "./as-user.ts";
import type { Cookies, Session } from "./session.ts";
import { ownAddress, signInAddress } from "./sign-in.ts";
import { stackOf } from "../../../src/model/errors.ts";

interface GuardParts {
  readonly store: Pick<Store, "getRun">;
  readonly access: Access;
  readonly cookies: Cookies;
  readonly log: Log;
  readonly now: () => number;
  readonly version: string;
}

export interface Guard {
  /** Wraps a page's handler; failures are shown as pages too. */
  page(handle: (call: Call, session: Session) => Promise<Response>): Handler;
  /** Wraps a stream's handler; refusals are plain statuses, since no person reads them. */
  stream(handle: (call: Call, session: Session) => Promise<Producer>): Handler;
  /** The run, when the person can read its repository; throws an HTTPException with 404 otherwise. */
  run(call: Call, id: string, session: Session): Promise<Run>;
  /** False once the session is over or the person can no longer read the repository. */
  still(call: Call, run: Run): Promise<boolean>;
}

/** Streams per person at a time: enough for tabs, too few to keep the database busy. */
const MOST_STREAMS = 20;

export function createGuard(parts: GuardParts): Guard {
  const { store, access, cookies, log, now, version } = parts;
  const streams = new Map<number, number>();
  return {
    page: (handle) => async (call) => {
      const session = await cookies.session(call, now());
      if (session === undefined) return seeOther(call, signInAddress(new URL(call.req.url)));
      try {
        return await handle(call, session);
      } catch (error) {
        return failure(parts, call, session, error);
      }
    },
    stream: (handle) => async (call) => {
      const session = await cookies.session(call, now());
      if (session === undefined) return plain(call, 401, "sign in first");
      try {
        const produce = await handle(call, session);
        if ((streams.get(session.userId) ?? 0) >= MOST_STREAMS)
          return plain(call, 429, "too many pages are open", { "retry-after": "60" });
        return events(call, log, counted(streams, session.userId, produce));
      } catch (error) {
        if (error instanceof SignedOut) return plain(call, 401, "sign in again");
        if (error instanceof GitHubAway)
          return plain(call, 503, "GitHub did not answer", { "retry-after": "10" });
        throw error;
      }
    },
    async run(call, id, { token, login }) {
      const run = await store.getRun(id);
      if (run === undefined || !(await access.canRead(token, run.stack.repository)))
        throw new HTTPException(404, { res: await notHere(call, version, login) });
      return run;
    },
    async still(call, { stack }) {
      const session = await cookies.session(call, now());
      return session !== undefined && (await access.canRead(session.token, stack.repository));
    },
  };
}

/** Counts a stream from its start; a HEAD request never starts one. */
function counted(streams: Map<number, number>, userId: number, produce: Producer): Producer {
  const open = (): number => streams.get(userId) ?? 0;
  return async (send, signal) => {
    streams.set(userId, open() + 1);
    try {
      await produce(send, signal);
    } finally {
      if (open() > 1) streams.set(userId, open() - 1);
      else streams.delete(userId);
    }
  };
}

/** The same answer for what does not exist and for what this person may not see. */
export function notHere(call: Call, version: string, login?: string): Promise<Response> {
  return letter(call, {
    status: 404,
    version,
    login,
    title: "Not found",
    heading: "Not found",
    text: html`<p>Either this does not exist, or it belongs to a repository that ${login === undefined ? "you" : html`<strong>${login}</strong>`} cannot read on GitHub.</p>
<ul><li>Is the address complete?</li>
<li>Can you open the repository on GitHub? Ask its owners for access.</li>
<li>Do you have several accounts? Sign out and sign in with the other one.</li></ul>
<p><a class="button" href="/runs">See the runs you can read</a></p>`,
  });
}

async function failure(
  { cookies, log, version }: GuardParts,
  call: Call,
  session: Session,
  error: unknown,
): Promise<Response> {
  if (error instanceof HTTPException) return error.getResponse();
  if (error instanceof SignedOut) {
    cookies.clear(call, "session");
    return seeOther(call, signInAddress(new URL(call.req.url)));
  }
  const { path } = call.req;
  const again = html`<p><a class="button" href="${ownAddress(new URL(call.req.url))}">Try again</a></p>`;
  const away = error instanceof GitHubAway;
  const words = stackOf(error);
  if (away) log.warn({ path, error: error.message }, "could not ask GitHub who may see a page");
  else log.error({ path, error: words }, "a page failed");
  return letter(call, {
    status: away ? 503 : 500,
    version,
    login: session.login,
    title: away ? "GitHub does not answer" : "Something went wrong",
    heading: away ? "GitHub does not answer" : "Something went wrong",
    text: away
      ? html`<p>GitHub decides who may see this page, and it does not answer at the moment. Runs continue meanwhile.</p>${again}`
      : html`<p>The page could not be built; the bot's log says why. Runs are not affected.</p>${again}`,
    headers: away ? { "retry-after": "10" } : {},
  });
}
