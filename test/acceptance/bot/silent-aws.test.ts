import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { proxyStack } from "../world.ts";
import { type BotWorld, startBotWorld } from "./world.ts";

/** AWS behind a socket that accepts everything and says nothing. */
const sockets = new Set<Socket>();
const silent = createServer((socket) => {
  sockets.add(socket.resume());
  socket.on("error", () => {}).once("close", () => sockets.delete(socket));
});
let world: BotWorld;
beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  world = await startBotWorld({ env: { AWS_ENDPOINT_URL: url } });
});
afterAll(async () => {
  await world?.close();
  silent.close();
});

test("/cancel ends a plan that waits for an AWS that does not answer; /status shows it until then", async () => {
  const shop = world.scenario({ settings: "stages: { dev: { region: eu-west-2 } }" });
  const pull = shop.open({ "resources.js": proxyStack({ api: shop.name }) });
  const asked = world.ana.comment(pull, "/plan");
  await expect.poll(() => sockets.size, { timeout: 20_000 }).toBeGreaterThan(0);
  const status = await world.ask(pull, "/status");
  expect(status.body).toMatch(/plan of [0-9a-f]{7}.*: running for /);
  await world.ask(pull, "/cancel");
  const answer = await world.answered(pull, asked);
  expect(answer.reaction).toBe("confused");
  // Not what it would say when it has waited for AWS for long enough.
  expect(answer.bodies.join("\n")).toContain("RUN_CANCELLED");
  await expect.poll(() => sockets.size, { timeout: 20_000 }).toBe(0);
});
