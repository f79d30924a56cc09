/** The baseline: Probot with its own middleware, a handler that does nothing, and our logger. `node probot-alone.ts SECRET` */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createNodeMiddleware, Probot } from "probot";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const probot = new Probot({
  appId: 1,
  privateKey,
  secret: process.argv[2] ?? "",
  log: pino({ level: "warn" }),
});
const middleware = await createNodeMiddleware((app) => app.onAny(() => {}), {
  probot,
  webhooksPath: "/api/github/webhooks",
});
const server = createServer((request, response) => void middleware(request, response));
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
