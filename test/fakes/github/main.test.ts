import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));

test("runs as a process, with a scenario, and says what was wrong when it ends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fake-github-main-"));
  const scenario = join(folder, "scenario.mjs");
  writeFileSync(scenario, `export default (fake) => { fake.repository("acme/shop"); };`);
  const args = [
    fileURLToPath(new URL("main.ts", import.meta.url)),
    "--api-prefix",
    "/api/v3",
    "--scenario",
    scenario,
  ];
  const child = spawn(node, args, { stdio: ["ignore", "pipe", "pipe"] });
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  try {
    const [line] = await once(createInterface(child.stdout), "line");
    const { url, apiUrl } = JSON.parse(String(line));
    expect(apiUrl).toBe(`${url}/api/v3`);
    const statuses = [await fetch(`${apiUrl}/repos/acme/shop`), await fetch(`${apiUrl}/nothing`)];
    expect(statuses.map(({ status }) => status)).toEqual([200, 501]);
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([1, null]);
    expect(errors.join("")).toBe("no route GET /nothing\n");
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});
