/**
 * `POST /runs/:id/compare`: plans the run's commit against AWS as it is now. The plan is a run of its own, with the role for plans:
 * it waits for its turn, only reads, ends like every other, and is shown on its page alone.
 */
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { LRUCache } from "lru-cache";
import type { Store } from "../../../services/store.ts";
import { groupId } from "../../../services/group.ts";
import { stackKey } from "../../../../src/model/run.ts";
import type { Access } from "../../auth/access.ts";
import type { Guard } from "../../auth/guard.ts";
import type { Session } from "../../auth/session.ts";
import { type Call, type Env, type Routes, seeOther, type Status } from "../../web/context.ts";
import { type Html, html } from "../../web/html.ts";
import { letter } from "../../web/layout.ts";

interface CompareRouteParts {
  readonly store: Pick<Store, "listRuns" | "createRuns">;
  readonly guard: Guard;
  readonly access: Access;
  readonly publicUrl: string;
  readonly now: () => number;
  readonly version: string;
}

/** The same question within these is the same run. */
const SLOT_MS = 120_000;
/** Of one person, on this process. */
const MOST_ASKED = 10;
const ASKED_MS = 600_000;
/** Of one stack: its applies wait behind them. */
const MOST_OPEN = 2;

export function compareRoutes(parts: CompareRouteParts): Routes {
  const asked = new LRUCache<number, number>({
    max: 10_000,
    ttl: ASKED_MS,
    // Ten minutes from the first time, not from the last.
    noUpdateTTL: true,
    ttlResolution: 0,
    perf: { now: parts.now },
  });
  const routes: Routes = new Hono<Env>();
  // The origin is checked: another site cannot make a person ask.
  routes.post(
    "/runs/:id/compare",
    csrf({ origin: new URL(parts.publicUrl).origin }),
    parts.guard.page((call, session) => compare(parts, asked, call, session)),
  );
  return routes;
}

async function compare(
  parts: CompareRouteParts,
  asked: LRUCache<number, number>,
  call: Call,
  session: Session,
): Promise<Response> {
  const { store, guard, access, now, version } = parts;
  const { login, userId, token } = session;
  const run = await guard.run(call, call.req.param("id") ?? "", session);
  const { stack, sha } = run;
  const refused = (status: Status, heading: string, text: Html): Promise<Response> =>
    letter(call, {
      status,
      version,
      login,
      title: heading,
      heading,
      text: html`${text}<p><a class="button" href="/runs/${run.id}">Back to the run</a></p>`,
    });
  // Everybody may look at a public repository's runs; what sends requests to AWS is for people who work there.
  if (!(await access.readable(token)).some(({ id }) => id === stack.repository.id))
    return refused(
      403,
      "For people of the repository",
      html`<p>Comparing reads AWS. That is for people to whom the repository gives access of their own, not for everybody who can see it.</p>`,
    );
  if (run.goneFrom !== undefined)
    return refused(
      409,
      "Nothing to compare",
      html`<p>At this commit the stack's spec is gone, so there is nothing to compare with AWS.</p>`,
    );
  const open = await store.listRuns({
    stack,
    kinds: ["plan"],
    states: ["queued", "running"],
    limit: 50,
  });
  const comparing = open.filter(({ cause }) => cause.by === "page");
  const same = comparing.find((other) => other.sha === sha);
  if (same !== undefined) return seeOther(call, `/runs/${same.id}`);
  if (comparing.length >= MOST_OPEN || (asked.get(userId) ?? 0) >= MOST_ASKED)
    return refused(
      429,
      "Too many comparisons",
      html`<p>Comparisons wait in the same line as applies, so only a few are made at a time. Try again in some minutes.</p>`,
    );
  asked.set(userId, (asked.get(userId) ?? 0) + 1);
  const slot = Math.floor(now() / SLOT_MS);
  const [made] = await store.createRuns([
    {
      group: groupId("page", slot, sha, stackKey(stack)),
      stack,
      kind: "plan",
      cause: { by: "page", login, of: run.id, slot },
      sha,
      baseSha: run.baseSha,
      adopt: [],
    },
  ]);
  return seeOther(call, `/runs/${made?.id ?? run.id}`);
}
