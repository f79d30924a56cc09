/**
 * Receives webhooks: verifies the signature over the raw bytes, stores the filtered delivery, and only
 * then responds.
 * A delivery that was not stored is not acknowledged: GitHub shows it as failed, and the catch-up requests it again.
 */
import { verify } from "@octokit/webhooks-methods";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Log } from "../services/services.ts";
import type { Store } from "../services/store.ts";
import { type BodyReader, createBodyReader } from "./body.ts";
import type { Metrics } from "../services/metrics.ts";
import type { Call, Env, Routes } from "./web/context.ts";
import { messageOf } from "../../src/model/errors.ts";
import { within } from "../../src/model/clock.ts";

export interface WebhookParts {
  readonly store: Pick<Store, "acceptDelivery">;
  /** The part of a payload to store; empty when no handler needs it. Throws a SyntaxError on invalid JSON. */
  readonly filterPayload: (event: string, body: string) => string;
  readonly secret: string;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "webhook">;
  readonly now?: () => number;
  readonly bodies?: BodyReader;
  /** GitHub waits ten seconds and then counts the delivery as failed, so storing must fail earlier. */
  readonly storeTimeoutMs?: number;
}

/** Where GitHub sends its webhooks; `/` is for Apps configured with the bare address. */
export function webhookRoutes(parts: WebhookParts): Routes {
  const bodies = parts.bodies ?? createBodyReader();
  const routes: Routes = new Hono<Env>();
  for (const path of ["/api/github/webhooks", "/"])
    routes.post(path, (call: Call) => receive(parts, bodies, call));
  return routes;
}

async function receive(parts: WebhookParts, bodies: BodyReader, call: Call): Promise<Response> {
  const { metrics, log } = parts;
  const refuse = (status: 400 | 401, reason: string, text: string): Response => {
    metrics.webhook("refused", reason);
    return call.json({ error: text }, status);
  };
  const header = (name: string): string => call.req.header(name) ?? "";
  const event = header("x-github-event");
  const id = header("x-github-delivery");
  const signature = header("x-hub-signature-256");
  const type = header("content-type").split(";")[0]?.trim().toLowerCase();
  if (!/^[a-z0-9_]{1,64}$/.test(event))
    return refuse(400, "no-event", "the header x-github-event is missing or not an event's name");
  if (!/^[\w-]{1,64}$/.test(id))
    return refuse(400, "no-delivery", "the header x-github-delivery is missing or not a delivery's id");
  if (type !== "application/json")
    return refuse(
      400,
      "content-type",
      "the content type must be application/json: set it in the App's webhook settings",
    );
  if (!/^sha256=[0-9a-f]{64}$/.test(signature))
    return refuse(
      401,
      "no-signature",
      "the header x-hub-signature-256 is missing: set the App's webhook secret",
    );
  const bytes = await bodies.read(call.env.incoming).catch((error: unknown) => {
    const tooLarge = error instanceof HTTPException && error.status === 413;
    metrics.webhook("refused", tooLarge ? "too-large" : "body");
    throw error;
  });
  // GitHub sends UTF-8; other bytes fail the check because decoding changes them. The library rejects an empty text.
  const body = bytes.toString("utf8");
  if (body !== "" && !(await verify(parts.secret, body, signature)))
    return refuse(401, "signature", "the signature does not match this bot's webhook secret");
  const payload = filtered(parts, event, body);
  if (payload === undefined)
    log.warn(
      { deliveryId: id, event },
      "the payload of a signed delivery is not a JSON object; only its id is kept",
    );

  const receivedAt = new Date((parts.now ?? Date.now)());
  const timeoutMs = parts.storeTimeoutMs ?? 8_000;
  try {
    const stored = parts.store.acceptDelivery({ id, event, payload: payload ?? "", receivedAt });
    // A delivery that is stored late is known when GitHub sends it again.
    const isNew = await within(
      timeoutMs,
      stored,
      () => new Error(`the database took longer than ${timeoutMs} ms`),
    );
    // Its id is kept all the same, so that the catch-up does not ask for it again: it would be refused again.
    if (payload === undefined) return refuse(400, "payload", "the payload is not a JSON object");
    metrics.webhook(isNew ? "accepted" : "known", event);
    return call.json({ delivery: id, known: !isNew }, 202);
  } catch (error) {
    const reason = messageOf(error);
    log.error({ deliveryId: id, event, error: reason }, "could not store a delivery; it is not acknowledged");
    metrics.webhook("refused", "store");
    return call.json({ error: "could not store the delivery; send it again" }, 503, {
      "retry-after": "10",
    });
  }
}

/** Undefined unless the body is a JSON object. */
function filtered({ filterPayload }: WebhookParts, event: string, body: string): string | undefined {
  if (!body.startsWith("{")) return undefined;
  try {
    return filterPayload(event, body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
