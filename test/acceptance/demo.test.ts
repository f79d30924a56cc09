/** `npm run demo` as a new user runs it: with the built Action, on MiniStack. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { program } from "./process.ts";

const DEMO = fileURLToPath(new URL("../../scripts/demo.ts", import.meta.url));

it("plays the whole story with the expected results, and leaves no process behind", {
  timeout: 300_000,
}, async () => {
  const child = spawn(process.execPath, [DEMO], {
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", GATEWRIGHT_ACTION: program("main") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code, output).toBe(0);
  for (const shown of [
    /^ .*\/apply [0-9a-f]{12}$/m,
    /approved/,
    /ApiId.*my-api/,
    /IntegrationId +my-function integration of my-api/,
    /200 \{"message":"Hello, world!","route":"GET \/hello","memory":128\}/,
    /MemorySize: 128 → 512/,
    /404 \{"message":"Not Found"\}/,
  ])
    expect(output).toMatch(shown);
  // Its local AWS, which runs in its own process group, has ended too.
  const [, address = ""] = /(http:\/\/127\.0\.0\.1:\d+), account 000000000000/.exec(output) ?? [];
  await expect(fetch(`${address}/_ministack/health`)).rejects.toThrow();
});
