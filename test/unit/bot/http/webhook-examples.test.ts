/** Every example payload that GitHub and its Enterprise Server publish, sent as GitHub sends it. */
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterEach, describe, expect, test } from "vitest";
import { filterPayload } from "../../../../bot/events/payload-filter.ts";
import { webhookRoutes } from "../../../../bot/http/webhooks.ts";
import { createMetrics } from "../../../../bot/services/metrics.ts";
import { createMemoryStore } from "../../../fakes/store.ts";
import { keptLog, type Serving, serving } from "./serving.ts";

interface Event {
  readonly name: string;
  readonly examples: readonly object[];
}

const SECRET = "a secret of tests, long enough";
const require = createRequire(import.meta.url);
const examplesOf = (server: string): readonly Event[] =>
  JSON.parse(
    readFileSync(require.resolve(`@octokit/webhooks-examples/${server}/index.json`), "utf8"),
  ) as readonly Event[];

let running: Serving | undefined;
afterEach(() => running?.server.close(0));

describe("the example payloads are all accepted", () => {
  test.each([
    ["GitHub", ["api.github.com"], 300],
    ["GitHub Enterprise Server", ["ghes-31", "ghes-32", "ghes-33", "ghes-34", "ghes-35"], 390],
  ])("of %s", async (_whose, servers, atLeast) => {
    const store = createMemoryStore();
    const metrics = createMetrics({ version: "1.2.3" });
    const routes = webhookRoutes({ store, secret: SECRET, log: keptLog(), metrics, filterPayload });
    running = await serving({ routes });
    const sent: string[] = [];
    const refused: string[] = [];
    for (const { name, examples } of servers.flatMap(examplesOf))
      for (const example of examples) {
        const body = JSON.stringify(example);
        const id = randomUUID();
        const answer = await fetch(`${running.url}/api/github/webhooks`, {
          method: "POST",
          body,
          headers: {
            "content-type": "application/json",
            "x-github-event": name,
            "x-github-delivery": id,
            "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
          },
        });
        sent.push(id);
        if (answer.status >= 300) refused.push(`${name}: ${answer.status} ${await answer.text()}`);
        else await answer.arrayBuffer();
      }
    expect(refused).toEqual([]);
    expect(sent.length).toBeGreaterThan(atLeast);
    // Each is known now, so that no catch-up asks for it again.
    expect(await store.knownDeliveries(sent)).toEqual(new Set(sent));
  });
});
