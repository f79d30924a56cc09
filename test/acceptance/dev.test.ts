/** The built `gatewright dev`: the stack on a local AWS, called at an address of this machine, applied again on change. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../free-port.ts";
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

  /** Resolves once the pattern has been written, to standard output or to standard error. */
  async until(pattern: RegExp): Promise<void> {
    const found = new Promise<void>((resolve) => {
      this.#look = () => {
        if (pattern.test(this.#text)) resolve();
      };
      this.#look();
    });
    const early = this.ended.then((): never => {
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
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const dev = new Session(["dev", "--port", String(port)]);
    await dev.until(/Watching for changes/);
    await dev.until(new RegExp(`  ${url}/hello$`, "m"));
    expect(await call(url, "/hello?name=Ana")).toEqual({ status: 200, body: '{"message":"Hello, Ana!"}' });

    const code = join(folder, "shop-function/index.mjs");
    writeFileSync(
      code,
      readFileSync(code, "utf8")
        .replace("Hello", "Salut")
        .replace("=> ({", "=> (console.log(`called with ${event.rawPath}`), {"),
    );
    await dev.until(/^Changed: shop-function/m);
    await dev.until(/^1 updated /m);
    expect((await call(url, "/hello")).body).toBe('{"message":"Salut, world!"}');
    await dev.until(/shop-function: called with \/hello/);

    const spec = join(folder, "resources.js");
    const good = readFileSync(spec, "utf8");
    writeFileSync(spec, good.replace("ProtocolType", "ProtocolTyp"));
    await dev.until(/^error PROPERTY_UNKNOWN .*ProtocolTyp\b/m);
    writeFileSync(spec, good.replaceAll("GET /hello", "GET /hola"));
    // Of whole lines: "created" alone also stands in warnings that Node 24 gives about MiniStack's worker.
    await dev.until(/^1 created and 1 deleted /m);
    expect((await call(url, "/hola")).status).toBe(200);
    expect((await call(url, "/hello")).status).toBe(404);

    dev.interrupt();
    expect((await dev.ended).code).toBe(0);
  });
});
