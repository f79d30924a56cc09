/** Catches up on deliveries that GitHub sent while the bot was down: GitHub keeps them and sends them again on request. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { statusOf } from "../../src/github/errors.ts";
import { at, list, number, text } from "../../src/github/json.ts";
import { VERSION } from "../../src/model/version.ts";
import type { Log } from "../services/services.ts";
import type { Store } from "../services/store.ts";

/** GitHub keeps three days of deliveries. */
const LOOK_BACK_MS = 3 * 86_400_000;
const PAGES = 20;

interface CatchUp {
  /** GitHub as the App itself (a JWT, no installation). */
  readonly request: GitHubRequest;
  readonly store: Pick<Store, "knownDeliveries" | "redeliveredUntil" | "setRedeliveredUntil" | "claim">;
  readonly log: Log;
  readonly now: () => number;
  /** Looks at all that GitHub keeps: at a start, the secret or the version may be another one. */
  readonly lookBack?: boolean;
}

interface Missed {
  /** GitHub's number of the newest attempt. */
  readonly id: number;
  /** How that attempt was answered; 0 for no answer. */
  readonly status: number;
  /** When its first attempt was made, as far as was looked. */
  readonly first: number;
}

/** Asks for every delivery that never arrived, oldest first, as it would have arrived. Returns how many. */
export async function catchUp({ request, store, log, now, lookBack = false }: CatchUp): Promise<number> {
  const until = lookBack ? undefined : await store.redeliveredUntil();
  const since = until?.getTime() ?? now() - LOOK_BACK_MS;
  let newest = since;
  let asked = 0;
  let cursor: string | undefined;
  const missed = new Map<string, Missed>();
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await request("GET /app/hook/deliveries", {
      per_page: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const deliveries = list(answer.data);
    const recent = deliveries.filter((delivery) => Date.parse(text(at(delivery, "delivered_at"))) >= since);
    const known = await store.knownDeliveries(recent.map((delivery) => text(at(delivery, "guid"))));
    for (const delivery of recent) {
      const guid = text(at(delivery, "guid"));
      const first = Date.parse(text(at(delivery, "delivered_at")));
      newest = Math.max(newest, first);
      if (known.has(guid)) continue;
      // The newest attempt comes first, also over several pages.
      const { id, status } = missed.get(guid) ?? {
        id: number(at(delivery, "id")),
        status: number(at(delivery, "status_code")),
      };
      missed.set(guid, { id, status, first });
    }
    cursor = nextCursor(answer.headers.link);
    if (cursor === undefined || recent.length < deliveries.length) break;
  }
  for (const [guid, delivery] of [...missed].sort(([, one], [, other]) => one.first - other.first)) {
    const key = refusalKey(guid, delivery, now());
    if (key !== undefined && (await store.claim(key)) === undefined) continue;
    if (await sendAgain(request, log, guid, delivery)) asked += 1;
  }
  // Go back a minute: a delivery being sent now may appear with an earlier time.
  await store.setRedeliveredUntil(new Date(newest - 60_000));
  return asked;
}

/**
 * Under which key a delivery that was answered is remembered, so that it is not asked for again: once a version, because
 * the next one may accept it; once an hour where the secret may have been wrong. Undefined when nobody answered: it is
 * asked for until somebody does.
 */
function refusalKey(guid: string, { status }: Missed, now: number): string | undefined {
  if (status < 200 || status >= 500) return undefined;
  const hour = new Date(now).toISOString().slice(0, 13);
  return status === 401 || status === 403 ? `redelivery/${hour}/${guid}` : `redelivery/${VERSION}/${guid}`;
}

/** False when GitHub no longer has it; one such delivery must not keep the others from being asked for. */
async function sendAgain(request: GitHubRequest, log: Log, guid: string, { id }: Missed): Promise<boolean> {
  try {
    await request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
  } catch (error) {
    const status = statusOf(error);
    if (status !== 404 && status !== 422) throw error;
    log.warn({ deliveryId: guid, status }, "GitHub does not send a missed delivery again");
    return false;
  }
  log.info({ deliveryId: guid }, "requested a missed delivery again");
  return true;
}

function nextCursor(link: string | number | undefined): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ""))?.[1];
  return next === undefined ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);
}
