/** A bot that is not configured correctly says so and exits. Nothing listens, and no part of a key is shown. */
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockFolder } from "../../../bot/db/connect/folder-lock.ts";
import { createFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import { freePort } from "../../free-port.ts";
import { botProgram } from "../bot-process.ts";
import { run } from "../process.ts";

const folder = mkdtempSync(join(tmpdir(), "gatewright-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = {
  WEBHOOK_SECRET: "a secret that is long enough",
  APP_ID: "1",
  HOST: "127.0.0.1",
  DATA_DIRECTORY: folder,
};
const KEY = "-----BEGIN RSA PRIVATE KEY-----\nbm90IGEga2V5, recognisable\n-----END RSA PRIVATE KEY-----";
/** Correct, until a test adds a mistake. */
const WHOLE = {
  ...GOOD,
  PRIVATE_KEY: generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString(),
  PORT: String(await freePort()),
};

test.each([
  ["no secret", { ...GOOD, WEBHOOK_SECRET: "", PRIVATE_KEY: KEY }, "BOT_CONFIG_SECRET", "openssl rand"],
  [
    "Probot's default secret",
    { ...GOOD, WEBHOOK_SECRET: "development", PRIVATE_KEY: KEY },
    "BOT_CONFIG_SECRET",
    "openssl rand",
  ],
  ["a short secret", { ...GOOD, WEBHOOK_SECRET: "short", PRIVATE_KEY: KEY }, "BOT_CONFIG_SECRET", "16"],
  ["no key", GOOD, "BOT_CONFIG_KEY", "PRIVATE_KEY"],
  ["a broken key", { ...GOOD, PRIVATE_KEY: KEY }, "BOT_CONFIG_KEY", "-----BEGIN"],
  [
    "a key file that does not exist",
    { ...GOOD, PRIVATE_KEY_PATH: "/nonexistent/key.pem" },
    "BOT_CONFIG_KEY",
    "/nonexistent/key.pem",
  ],
  ["a key without its App", { ...GOOD, APP_ID: "", PRIVATE_KEY: KEY }, "BOT_CONFIG_INVALID", "APP_ID"],
  ["an App that is not a number", { ...GOOD, APP_ID: "x", PRIVATE_KEY: KEY }, "BOT_CONFIG_INVALID", "APP_ID"],
  [
    "a database that is not an address",
    { ...WHOLE, DATABASE_URL: "localhost:5432/recognisable" },
    "BOT_CONFIG_INVALID",
    "postgres://",
  ],
  ["an invalid port", { ...WHOLE, PORT: "99999" }, "BOT_CONFIG_INVALID", '"99999"'],
  ["an unknown log level", { ...WHOLE, LOG_LEVEL: "loud" }, "BOT_CONFIG_INVALID", "trace, debug, info"],
  [
    "seconds that are not a number",
    { ...WHOLE, REDELIVERY_SECONDS: "often" },
    "BOT_CONFIG_INVALID",
    '"often"',
  ],
  ["a GitHub without a scheme", { ...WHOLE, GITHUB_API_URL: "ghe.acme.com" }, "BOT_CONFIG_INVALID", "http"],
  [
    "roles that are not ARNs",
    { ...WHOLE, GATEWRIGHT_ROLES: "[{repository: acme/shop, roles: [admin]}]" },
    "BOT_CONFIG_INVALID",
    "GATEWRIGHT_ROLES",
  ],
])("%s: exits with 1 and says what to do", async (_what, env, code, hint) => {
  expect(await refusal(env, code)).toContain(hint);
});

test("the port is in use", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const port = String(typeof address === "object" && address !== null ? address.port : 0);
  expect(await refusal({ ...WHOLE, PORT: port }, "PORT_UNAVAILABLE")).toContain(port);
  await new Promise((done) => other.close(done));
});

test("the data folder belongs to another process", async () => {
  const taken = join(folder, "taken");
  mkdirSync(taken);
  const lock = await lockFolder(taken);
  const said = await refusal({ ...WHOLE, DATA_DIRECTORY: taken }, "DATABASE_LOCKED");
  expect(said).toContain(String(process.pid));
  expect(said).toContain("DATA_DIRECTORY");
  await lock.release();
});

test("the data folder cannot be created", async () => {
  writeFileSync(join(folder, "file"), "");
  await refusal({ ...WHOLE, DATA_DIRECTORY: join(folder, "file", "data") }, "DATABASE_FOLDER");
});

test("the database refuses the login", async () => {
  const refusing = refusingDatabase();
  await new Promise<void>((done) => refusing.listen(0, "127.0.0.1", done));
  const address = refusing.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `postgres://gatewright:recognisable@127.0.0.1:${port}/gatewright`;
  const said = await refusal({ ...WHOLE, DATABASE_URL: url }, "DATABASE_UNAVAILABLE");
  expect(said).toContain(`127.0.0.1:${port}/gatewright`);
  expect(said).toContain("password authentication failed");
  await new Promise((done) => refusing.close(done));
});

describe("at the start GitHub", () => {
  const github: FakeGitHub = createFakeGitHub();
  beforeAll(() => github.listen());
  afterAll(() => github.close());

  test("does not know the App", async () => {
    const env = { ...WHOLE, APP_ID: "999", GITHUB_API_URL: github.world.urls.api };
    expect(await refusal(env, "GITHUB_TOKEN_REFUSED")).toContain("APP_ID");
  });

  test("cannot be reached", async () => {
    const env = { ...WHOLE, GITHUB_API_URL: `http://127.0.0.1:${await freePort()}` };
    expect(await refusal(env, "GITHUB_UNREACHABLE")).toContain("GITHUB_API_URL");
  });
});

/** Expects exit code 1 and one message with this code; no stack trace, no part of a key or password. Returns the message. */
async function refusal(env: Readonly<Record<string, string>>, code: string): Promise<string> {
  const { code: exit, stdout, stderr } = await run(process.execPath, [botProgram()], { cwd: folder, env });
  expect(exit).toBe(1);
  expect(stderr).toContain(`${code}: `);
  expect(stderr.match(/^[A-Z_]+: /gm)).toHaveLength(1);
  expect(stdout + stderr).not.toMatch(/^\s+at |\bnode:internal/m);
  expect(stdout + stderr).not.toContain("recognisable");
  return stderr;
}

/** A Postgres server that refuses every login. */
function refusingDatabase(): Server {
  return createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      const fields = Buffer.from(
        'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "gatewright"\0\0',
      );
      const head = Buffer.alloc(5);
      head.write("E");
      head.writeInt32BE(fields.length + 4, 1);
      socket.end(Buffer.concat([head, fields]));
    });
  });
}
