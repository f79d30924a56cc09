/**
 * Webhooks in: the signature is checked over the bytes as they came, what is kept of the delivery is stored, and only
 * then it is answered.
 * Whatever is not stored is not acknowledged: GitHub shows it as failed, and the catch-up asks for it again.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Log } from "../services/services.ts";
import type { Store } from "../services/store.ts";
import { type Answer, json, type Route, Stop } from "./web/answer.ts";
import { type BodyReader, createBodyReader } from "./body.ts";
import type { Metrics } from "../services/metrics.ts";

export interface WebhookParts {
  readonly store: Pick<Store, "acceptDelivery">;
  /** What is kept of a payload; empty when nobody is concerned. Throws on what is no JSON. */
  readonly filterPayload: (event: string, body: Buffer) => string;
  readonly secret: string;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "webhook">;
  readonly now?: () => number;
  readonly bodies?: BodyReader;
  /** GitHub waits ten seconds; what takes longer is a failure to it, so it is one to us. */
  readonly storeTimeoutMs?: number;
}

/** Where GitHub sends its webhooks; `/` is for Apps that were set up with the bare address. */
export function webhookRoutes(parts: WebhookParts): readonly Route[] {
  const bodies = parts.bodies ?? createBodyReader();
  return ["/api/github/webhooks", "/"].map((path) => ({
    method: "POST",
    path,
    handle: ({ request }) => receive(parts, bodies, request),
  }));
}

async function receive(parts: WebhookParts, bodies: BodyReader, request: IncomingMessage): Promise<Answer> {
  const { metrics, log } = parts;
  const refuse = (status: number, reason: string, text: string): Answer => {
    metrics.webhook("refused", reason);
    return json(status, { error: text });
  };
  const event = header(request, "x-github-event");
  const id = header(request, "x-github-delivery");
  const signature = header(request, "x-hub-signature-256");
  const type = header(request, "content-type").split(";")[0]?.trim().toLowerCase();
  if (!/^[a-z_]{1,64}$/.test(event))
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
  const body = await bodies.read(request).catch((error: unknown) => {
    metrics.webhook("refused", error instanceof Stop && error.answer.status === 413 ? "too-large" : "body");
    throw error;
  });
  if (!isSignedBy(parts.secret, body, signature))
    return refuse(401, "signature", "the signature is not that of this bot's webhook secret");
  const payload = filtered(parts, event, body);
  if (payload === undefined) return refuse(400, "payload", "the payload is not a JSON object");

  const receivedAt = new Date((parts.now ?? Date.now)());
  try {
    const stored = parts.store.acceptDelivery({ id, event, payload, receivedAt });
    const isNew = await within(parts.storeTimeoutMs ?? 8_000, stored);
    metrics.webhook(isNew ? "accepted" : "known", event);
    return json(202, { delivery: id, known: !isNew });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error(
      { deliveryId: id, event, error: reason },
      "a delivery could not be stored; it is not acknowledged",
    );
    metrics.webhook("refused", "store");
    return json(503, { error: "the delivery could not be stored; send it again" }, { "retry-after": "10" });
  }
}

/** Undefined for what is no JSON object. */
function filtered({ filterPayload }: WebhookParts, event: string, body: Buffer): string | undefined {
  if (body[0] !== 0x7b) return undefined;
  try {
    return filterPayload(event, body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Compares in constant time: how much of a guess was right is not to be measured. */
export function isSignedBy(secret: string, body: Buffer, signature: string): boolean {
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(signature.slice("sha256=".length), "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function header({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}

/** Gives up waiting, not the work: a delivery stored late is known when GitHub sends it again. */
function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the database took longer than ${milliseconds} ms`)),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
