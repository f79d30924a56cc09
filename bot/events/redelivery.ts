/** Catches up on deliveries that GitHub sent while the bot was down: GitHub keeps them and sends them again on request. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, list, number, text } from "../../src/github/json.ts";
import type { Log } from "../services/services.ts";
import type { Store } from "../services/store.ts";

/** GitHub keeps three days of deliveries. */
const LOOK_BACK_MS = 3 * 86_400_000;
const PAGES = 20;

export interface CatchUp {
  /** GitHub as the App itself (a JWT, no installation). */
  readonly request: GitHubRequest;
  readonly store: Pick<Store, "knownDeliveries" | "redeliveredUntil" | "setRedeliveredUntil">;
  readonly log: Log;
  readonly now: () => number;
}

/** Asks for every delivery that never arrived. Returns how many. */
export async function catchUp({ request, store, log, now }: CatchUp): Promise<number> {
  const since = (await store.redeliveredUntil())?.getTime() ?? now() - LOOK_BACK_MS;
  let newest = since;
  let asked = 0;
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await request("GET /app/hook/deliveries", {
      per_page: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const deliveries = list(answer.data);
    const recent = deliveries.filter((delivery) => Date.parse(text(at(delivery, "delivered_at"))) >= since);
    const known = await store.knownDeliveries(recent.map((delivery) => text(at(delivery, "guid"))));
    const missed = new Map<string, number>();
    for (const delivery of recent) {
      const guid = text(at(delivery, "guid"));
      newest = Math.max(newest, Date.parse(text(at(delivery, "delivered_at"))));
      if (!known.has(guid) && !missed.has(guid)) missed.set(guid, number(at(delivery, "id")));
    }
    for (const [guid, id] of missed) {
      await request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
      log.info({ deliveryId: guid }, "requested a missed delivery again");
      asked += 1;
    }
    cursor = nextCursor(answer.headers.link);
    if (cursor === undefined || recent.length < deliveries.length) break;
  }
  // Go back a minute: a delivery being sent now may appear with an earlier time.
  await store.setRedeliveredUntil(new Date(newest - 60_000));
  return asked;
}

function nextCursor(link: string | number | undefined): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ""))?.[1];
  return next === undefined ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);
}
