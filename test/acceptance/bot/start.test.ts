/** A bot that is not set up right says so and ends; nothing listens, nothing is shown of a key. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { run } from "../process.ts";

const PROGRAM = fileURLToPath(new URL("../../../bot/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gatewright-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = {
  WEBHOOK_SECRET: "a secret that is long enough",
  APP_ID: "1",
  HOST: "127.0.0.1",
  DATA_DIRECTORY: folder,
};
const KEY = "-----BEGIN RSA PRIVATE KEY-----\nbm90IGEga2V5, recognisable\n-----END RSA PRIVATE KEY-----";

test.each([
  [
    "no secret",
    { ...GOOD, WEBHOOK_SECRET: "", PRIVATE_KEY: KEY },
    "BOT_CONFIG_SECRET",
    "openssl rand -hex 32",
  ],
  [
    "Probot's default secret",
    { ...GOOD, WEBHOOK_SECRET: "development", PRIVATE_KEY: KEY },
    "BOT_CONFIG_SECRET",
    "openssl rand -hex 32",
  ],
  [
    "a short secret",
    { ...GOOD, WEBHOOK_SECRET: "short", PRIVATE_KEY: KEY },
    "BOT_CONFIG_SECRET",
    "at least 16",
  ],
  ["no key", GOOD, "BOT_CONFIG_KEY", "Generate a private key"],
  ["a broken key", { ...GOOD, PRIVATE_KEY: KEY }, "BOT_CONFIG_KEY", "-----BEGIN to -----END"],
  [
    "a key file that is not there",
    { ...GOOD, PRIVATE_KEY_PATH: "/nonexistent/key.pem" },
    "BOT_CONFIG_KEY",
    "/nonexistent/key.pem",
  ],
  ["no App", { ...GOOD, APP_ID: "x", PRIVATE_KEY: KEY }, "BOT_CONFIG_INVALID", "APP_ID"],
])("%s: exit code 1 and what to do", async (_what, env, code, hint) => {
  const { code: exit, stdout, stderr } = await run(process.execPath, [PROGRAM], { cwd: folder, env });
  expect(exit).toBe(1);
  expect(stderr).toContain(`${code}: `);
  expect(stderr).toContain(hint);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout + stderr).not.toContain("recognisable");
});
