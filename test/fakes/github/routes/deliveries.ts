import { ok, type Call, type Operations } from "../http/call.ts";
import { found } from "../http/errors.ts";
import { pagedByCursor } from "../http/paging.ts";
import type { Delivery } from "../hooks/deliver.ts";
import type { JsonObject } from "../json.ts";
import type { App } from "../state/types.ts";

/** `hook-delivery-item`. */
function item(it: Delivery): JsonObject {
  return {
    id: it.id,
    guid: it.guid,
    delivered_at: it.at.toISOString(),
    redelivery: it.redelivery,
    duration: it.durationMs / 1000,
    status: it.status,
    status_code: it.statusCode,
    event: it.event,
    action: it.action ?? null,
    installation_id: it.installation?.id ?? null,
    repository_id: it.repository?.id ?? null,
    throttled_at: null,
  };
}

function deliveryOf(call: Call, app: App): Delivery {
  const id = Number(call.params.delivery_id);
  return found(call.deliveries.find((it) => it.app === app && it.id === id));
}

/** What GitHub remembers of the webhooks it sent. */
export const hookDeliveries: Operations = {
  "apps/list-webhook-deliveries": {
    on: "app",
    handle: (call, app) => {
      const own = call.deliveries.filter((it) => it.app === app && it.statusCode !== 0);
      const { status } = call.query;
      const shown = own.filter(
        (it) => !status || (status === "success") === (it.statusCode >= 200 && it.statusCode < 400),
      );
      return pagedByCursor(call, shown.reverse(), item);
    },
  },
  "apps/get-webhook-delivery": {
    on: "app",
    handle: (call, app) => {
      const it = deliveryOf(call, app);
      return ok({
        ...item(it),
        url: it.app.webhook.url ?? "",
        request: { headers: it.requestHeaders, payload: it.payload },
        response: { headers: it.response.headers, payload: it.response.body },
      });
    },
  },
  "apps/redeliver-webhook-delivery": {
    on: "app",
    handle: (call, app) => {
      call.redeliver(deliveryOf(call, app));
      return { status: 202, body: {} };
    },
  },
  "apps/get-webhook-config-for-app": {
    on: "app",
    handle: (_, app) =>
      ok({
        content_type: "json",
        insecure_ssl: "0",
        ...(app.webhook.secret ? { secret: "********" } : {}),
        ...(app.webhook.url ? { url: app.webhook.url } : {}),
      }),
  },
  "apps/update-webhook-config-for-app": {
    on: "app",
    handle: (call, app) => {
      const body = call.body;
      if (typeof body === "object" && body !== null && !Array.isArray(body)) {
        if ("url" in body && typeof body.url === "string") app.webhook.url = body.url;
        if ("secret" in body && typeof body.secret === "string") app.webhook.secret = body.secret;
      }
      return ok({
        content_type: "json",
        insecure_ssl: "0",
        secret: "********",
        ...(app.webhook.url ? { url: app.webhook.url } : {}),
      });
    },
  },
};
