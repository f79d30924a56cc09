import { createHmac, randomUUID } from "node:crypto";
import type { Json } from "../json.ts";
import type { App, Installation, Repository } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { describedWebhook } from "../contract/validate.ts";
import { webhookName } from "./emitted.ts";
import type { WebhookEvent } from "./event.ts";
import { payloadFor } from "./payload.ts";

/** One attempt to tell an App. A redelivery is another attempt with the same `guid`. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly app: App;
  readonly event: string;
  readonly action: string | undefined;
  readonly repository: Repository | undefined;
  readonly installation: Installation | undefined;
  readonly payload: Json | undefined;
  readonly redelivery: boolean;
  at: Date;
  durationMs: number;
  /** What the receiver answered; 0 while nobody did. */
  statusCode: number;
  status: string;
  requestHeaders: Readonly<Record<string, string>>;
  response: { headers: Readonly<Record<string, string>>; body: string };
}

/** Sends events to the Apps' webhooks. */
export interface Hooks {
  readonly deliveries: Delivery[];
  emit(event: WebhookEvent): void;
  redeliver(delivery: Delivery): Delivery;
  /** Holds deliveries back, as when the network does. */
  pause(): void;
  /** Sends what was held back, in the order `order` gives (default: as they happened). */
  resume(order?: (held: readonly Delivery[]) => readonly Delivery[]): void;
  /** Events from now on are recorded as failed and never arrive: the receiver is down. */
  setLost(lost: boolean): void;
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>;
}

const answerWithinMs = 10_000;

/** The headers of a delivery; the signature is over the exact bytes of the body. */
export function signedHeaders(app: App, event: string, guid: string, body: string): Record<string, string> {
  const { secret } = app.webhook;
  const sign = (algorithm: string): string =>
    createHmac(algorithm, secret ?? "")
      .update(body)
      .digest("hex");
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/fake",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(app.id + 1),
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
    ...(secret
      ? { "x-hub-signature": `sha1=${sign("sha1")}`, "x-hub-signature-256": `sha256=${sign("sha256")}` }
      : {}),
  };
}

/** The Apps an event is for: installed on the repository, subscribed, and with an address. */
function receivers(
  world: World,
  event: WebhookEvent,
): { app: App; installation: Installation | undefined }[] {
  const { repository, apps } = event;
  if (!repository)
    return world.apps.filter(({ id }) => apps?.includes(id)).map((app) => ({ app, installation: undefined }));
  return world.installations
    .filter(
      ({ app, account, repositories, suspendedAt }) =>
        !suspendedAt &&
        account === repository.owner &&
        (repositories === "all" || repositories.has(repository.id)) &&
        (apps ? apps.includes(app.id) : app.events.includes(event.name)),
    )
    .map((installation) => ({ app: installation.app, installation }));
}

/** Starts without deliveries. `violation` is told of payloads that are not as GitHub describes them. */
export function createHooks(world: () => World, violation: (message: string) => void): Hooks {
  const deliveries: Delivery[] = [];
  const underway = new Set<Promise<void>>();
  let held: Delivery[] | undefined;
  let lost = false;

  async function send(delivery: Delivery): Promise<void> {
    const { app, payload } = delivery;
    const started = Date.now();
    const body = JSON.stringify(payload);
    delivery.requestHeaders = signedHeaders(app, delivery.event, delivery.guid, body);
    delivery.at = world().now();
    try {
      if (lost || !app.webhook.url) throw new Error("failed to connect to host");
      const answer = await fetch(app.webhook.url, {
        method: "POST",
        headers: delivery.requestHeaders,
        body,
        signal: AbortSignal.timeout(answerWithinMs),
      });
      delivery.response = { headers: Object.fromEntries(answer.headers), body: await answer.text() };
      delivery.statusCode = answer.status;
      delivery.status = answer.statusText || (answer.ok ? "OK" : "Invalid HTTP Response");
    } catch (error) {
      const slow = error instanceof Error && error.name === "TimeoutError";
      delivery.status = slow ? "timed out" : "failed to connect to host";
      delivery.statusCode = 502;
    }
    delivery.durationMs = Date.now() - started;
  }

  function start(delivery: Delivery): void {
    const sending = send(delivery).finally(() => underway.delete(sending));
    underway.add(sending);
  }

  function queue(delivery: Delivery): Delivery {
    deliveries.push(delivery);
    if (held) held.push(delivery);
    else start(delivery);
    return delivery;
  }

  return {
    deliveries,
    emit(event) {
      const name = webhookName(event.name, event.action);
      for (const { app, installation } of receivers(world(), event)) {
        const own = { ...(event.action ? { action: event.action } : {}), ...event.payload };
        const whole = payloadFor(world(), event.repository, event.sender, own, installation);
        // A copy, so that what is sent is what was true now, whatever changes later.
        const { value: payload, problems } = describedWebhook(name, whole);
        for (const problem of problems) violation(`webhook ${name}: ${problem}`);
        if (!app.webhook.url) continue;
        queue({
          id: world().nextId(),
          guid: randomUUID(),
          app,
          event: event.name,
          action: event.action,
          repository: event.repository,
          installation,
          payload,
          redelivery: false,
          at: world().now(),
          durationMs: 0,
          statusCode: 0,
          status: "pending",
          requestHeaders: {},
          response: { headers: {}, body: "" },
        });
      }
    },
    redeliver: (delivery) =>
      queue({
        ...delivery,
        id: world().nextId(),
        redelivery: true,
        at: world().now(),
        statusCode: 0,
        status: "pending",
      }),
    pause: () => {
      held ??= [];
    },
    resume: (order = (all) => all) => {
      const waiting = held ?? [];
      held = undefined;
      for (const delivery of order(waiting)) start(delivery);
    },
    setLost: (value) => {
      lost = value;
    },
    idle: async () => {
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}
