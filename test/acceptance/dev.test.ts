/** The built `gatewright dev`: the stack on a local AWS, called at an address of this machine, applied again on change. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "./call.ts";
import { type Ended, runCli, type Running } from "./process.ts";

const VENV_BIN = fileURLToPath(new URL("../../.venv/bin", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatewright-dev-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that runs, and everything that it has written so far. */
class Session {
  #text = "";
  #look = (): void => undefined;
  #running: Running | undefined;
  readonly ended: Promise<Ended>;

  constructor(args: readonly string[]) {
    this.ended = runCli(args, {
      cwd: folder,
      env: { PATH: `${VENV_BIN}${delimiter}${process.env.PATH ?? ""}` },
      timeoutMs: 110_000,
      onStart: (running) => {
        this.#running = running;
      },
      onOutput: (text) => {
        this.#text = text;
        this.#look();
      },
    });
  }

  /** Resolves once the pattern (with the flag `g`) has been written so many times. */
  async until(pattern: RegExp, times = 1): Promise<string> {
    const found = new Promise<string>((resolve) => {
      this.#look = () => {
        if ((this.#text.match(pattern) ?? []).length >= times) resolve(this.#text);
      };
      this.#look();
    });
    const early = this.ended.then(() => {
      throw new Error(`it ended before ${pattern}: ${this.#text}`);
    });
    return Promise.race([found, early]);
  }

  interrupt(): void {
    this.#running?.kill("SIGINT");
  }
}

describe("gatewright dev", () => {
  it("serves the functions behind the API, applies what changes, survives a mistake, and ends on Ctrl-C", async () => {
    const begun = await runCli(["init", "--yes", "--name", "shop"], { cwd: folder, env: {} });
    expect(begun.code, begun.stderr).toBe(0);
    const dev = new Session(["dev", "--port", "39117"]);
    expect(await dev.until(/Watching for changes/g)).toContain("http://127.0.0.1:39117/hello");
    const url = "http://127.0.0.1:39117";
    expect(await call(url, "/hello?name=Ana")).toEqual({ status: 200, body: '{"message":"Hello, Ana!"}' });

    const code = join(folder, "shop-function/index.mjs");
    writeFileSync(
      code,
      readFileSync(code, "utf8")
        .replace("Hello", "Salut")
        .replace("=> ({", "=> (console.log(`called with ${event.rawPath}`), {"),
    );
    expect(await dev.until(/1 updated/g)).toContain("Changed: shop-function");
    expect((await call(url, "/hello")).body).toBe('{"message":"Salut, world!"}');
    await dev.until(/shop-function: called with \/hello/g);

    const spec = join(folder, "resources.js");
    const good = readFileSync(spec, "utf8");
    writeFileSync(spec, good.replace("ProtocolType", "ProtocolTyp"));
    await dev.until(/ProtocolTyp\b/g);
    writeFileSync(spec, good.replaceAll("GET /hello", "GET /hola"));
    await dev.until(/created/g, 2);
    // A stage that deploys by itself serves a route a moment after it is made, on AWS and on MiniStack.
    await vi.waitFor(async () => expect((await call(url, "/hola")).status).toBe(200), 20_000);
    await vi.waitFor(async () => expect((await call(url, "/hello")).status).toBe(404), 20_000);

    dev.interrupt();
    expect((await dev.ended).code).toBe(0);
  });
});
