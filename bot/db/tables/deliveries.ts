/** Webhook deliveries: each once, by its id. */
import { at, number } from "../../../src/github/json.ts";
import type { Delivery } from "../../services/store.ts";
import { batcher } from "./batch.ts";
import type { Database, Sql } from "../sql/database.ts";
import { dateOf, numberOf, textOf } from "./rows.ts";

export interface QueuedDelivery {
  readonly id: string;
  /** Higher is earlier: the order of arrival. */
  readonly priority: number;
  /** Whose it is; undefined for what belongs to no repository (an installation). */
  readonly repositoryId: number | undefined;
}

/** Stores deliveries and queues the new ones that have a payload in the same transaction. True for those that were new. */
export function deliveryAcceptor(
  db: Database,
  enqueue: (sql: Sql, deliveries: readonly QueuedDelivery[]) => Promise<void>,
): (delivery: Delivery) => Promise<boolean> {
  const batches = batcher(async (deliveries: readonly Delivery[]): Promise<readonly boolean[]> => {
    const repositories = new Map(deliveries.map(({ id, payload }) => [clean(id), repositoryOf(payload)]));
    const added = await db.transaction(async (sql) => {
      const rows = await sql.query(
        `insert into gatewright.delivery (id, event, payload, received_at)
         select id, event, payload, received_at
         from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
           with ordinality as given (id, event, payload, received_at, place)
         order by place
         on conflict do nothing
         returning id, payload <> '' as wanted, (-(sequence % 2000000000))::integer as priority`,
        [
          deliveries.map(({ id }) => clean(id)),
          deliveries.map(({ event }) => clean(event)),
          deliveries.map(({ payload }) => clean(payload)),
          deliveries.map(({ receivedAt }) => receivedAt.toISOString()),
        ],
      );
      const queued = rows
        .filter(({ wanted }) => wanted === true)
        .map((row) => {
          const id = textOf(row.id);
          return { id, priority: numberOf(row.priority), repositoryId: repositories.get(id) };
        });
      if (queued.length > 0) await enqueue(sql, queued);
      return new Set(rows.map(({ id }) => textOf(id)));
    });
    // The same id twice in one batch: the first of them is the new one.
    return deliveries.map(({ id }) => added.delete(clean(id)));
  });
  return (delivery) => batches.add(delivery);
}

/** What is stored was valid JSON when it arrived; of anything else, no repository is known. */
function repositoryOf(payload: string): number | undefined {
  try {
    const id = number(at(JSON.parse(payload), "repository", "id"));
    return id === 0 ? undefined : id;
  } catch {
    return undefined;
  }
}

const clean = (text: string): string => text.replaceAll("\0", "\ufffd");

export async function findDelivery(sql: Sql, id: string): Promise<Delivery | undefined> {
  const [row] = await sql.query(
    "select id, event, payload, received_at from gatewright.delivery where id = $1",
    [id],
  );
  return row === undefined
    ? undefined
    : {
        id: textOf(row.id),
        event: textOf(row.event),
        payload: textOf(row.payload),
        receivedAt: dateOf(row.received_at),
      };
}

export async function knownOf(sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query("select id from gatewright.delivery where id = any($1::text[])", [ids]);
  return new Set(rows.map(({ id }) => textOf(id)));
}
