/** The parts of `gatewright dev`: its local AWS, the addresses of APIs on this machine, and its rounds. */
import { spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Front, openFront } from "../../../src/cli/dev/front.ts";
import { BEGINNING, eventsAfter, logLines } from "../../../src/cli/dev/logs.ts";
import { localAwsProgram, MINISTACK_VERSION } from "../../../src/cli/dev/local-aws.ts";
import { linkSdk } from "../../../src/cli/dev/sdk.ts";
import { untilStopped } from "../../../src/cli/dev/stop.ts";
import { addressLines, changedLine, originsOf, roundLine } from "../../../src/cli/dev/told.ts";
import { foldersOf, oneAtATime, watchFolders } from "../../../src/cli/dev/watch.ts";
import type { ApplyResult, Callable } from "../../../src/model/apply.ts";
import { userErrors } from "../../../src/model/errors.ts";

describe("the AWS SDK of functions", () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "gatewright-sdk-"));
  });
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  /** Imports the package as a function does that the local AWS has unpacked there. */
  const imported = (path: string, name: string): string => {
    const code = join(path, "ministack-lambda-x", "code");
    mkdirSync(code, { recursive: true });
    writeFileSync(
      join(code, "index.mjs"),
      `import("${name}").then((it) => console.log(it.default), ({ code }) => console.log(code))`,
    );
    return spawnSync(process.execPath, ["index.mjs"], { cwd: code, encoding: "utf8" }).stdout.trim();
  };

  it("is the project's, and nothing else of the project is found", () => {
    for (const name of ["@aws-sdk/client-x", "other"]) {
      const folder = join(project, "node_modules", name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "index.js"), `module.exports = "the project's";`);
    }
    const sdk = linkSdk(join(project, "api", "orders"));
    expect(imported(sdk.path, "@aws-sdk/client-x")).toBe("the project's");
    expect(imported(sdk.path, "other")).toBe("ERR_MODULE_NOT_FOUND");
    sdk.remove();
    expect(existsSync(sdk.path)).toBe(false);
    expect(existsSync(join(project, "node_modules/@aws-sdk/client-x"))).toBe(true);
  });

  it("is missing where the project has none, and the log says what to do", () => {
    const sdk = linkSdk(project);
    expect(imported(sdk.path, "@aws-sdk/client-x")).toBe("ERR_MODULE_NOT_FOUND");
    sdk.remove();
    const message =
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@aws-sdk/client-x' imported from /tmp/x";
    expect(logLines("orders", [{ message }]).at(-1)).toContain("npm install --save-dev @aws-sdk/client-x");
  });
});

describe("the local AWS", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "gatewright-dev-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const installed = (): { readonly calls: string[]; readonly program: () => string } => {
    const calls: string[] = [];
    const machine = {
      findPython: () => "python3",
      installPython: (python: string, folder: string, packages: readonly string[]): void => {
        calls.push(`${python} ${packages.join(" ")}`);
        mkdirSync(folder, { recursive: true });
      },
    };
    return { calls, program: () => localAwsProgram({ HOME: home, PATH: "" }, () => undefined, machine) };
  };

  it("is installed once, in its own version, into the user's cache", () => {
    const { calls, program } = installed();
    const path = join(home, ".cache/gatewright", `ministack-${MINISTACK_VERSION}`, "bin/ministack");
    expect([program(), program()]).toEqual([path, path]);
    expect(calls).toEqual([`python3 ministack==${MINISTACK_VERSION}`]);
  });

  it("is the one that the tests run with", () => {
    const required = readFileSync(join(import.meta.dirname, "../../emulators/requirements.txt"), "utf8");
    expect(required).toContain(`ministack==${MINISTACK_VERSION}\n`);
  });

  it("is the machine's own, if it has one", () => {
    writeFileSync(join(home, "ministack"), "");
    expect(localAwsProgram({ HOME: home, PATH: `/nonexistent:${home}` }, () => undefined)).toBe(
      join(home, "ministack"),
    );
  });

  it.each([
    [
      "DEV_PYTHON_MISSING",
      { findPython: (): undefined => undefined, installPython: (): void => undefined },
      /Python 3\.10 or newer/,
    ],
    [
      "DEV_INSTALL_FAILED",
      {
        findPython: () => "python3",
        installPython: (): void => {
          throw new Error("No module named venv");
        },
      },
      /No module named venv/,
    ],
  ])("says what is missing: %s", (code, machine, message) => {
    const found = (() => {
      try {
        localAwsProgram({ HOME: home, PATH: "" }, () => undefined, machine);
        return [];
      } catch (error) {
        return userErrors(error) ?? [];
      }
    })();
    expect(found.map((error) => error.code)).toEqual([code]);
    expect(found[0]?.message).toMatch(message);
    expect(found[0]?.hint).toMatch(/\S/);
  });
});

describe("a front", () => {
  const opened: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  /** An API that says by which name and path it was called, and greets whoever upgrades. */
  async function api(): Promise<number> {
    const server = createServer((asked, answer) => answer.end(`${asked.headers.host}${asked.url}`));
    server.on("upgrade", (asked, socket) => socket.end(`HTTP/1.1 101 Hello\r\n\r\n${asked.headers.host}`));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    opened.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }
  const front = async (origin: string): Promise<Front> => {
    const made = await openFront(0, origin);
    opened.push(made);
    return made;
  };
  const read = (url: string): Promise<string> =>
    new Promise((resolve, reject) => {
      get(url, { agent: false }, (answer) => {
        let text = "";
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => resolve(text));
      }).once("error", reject);
    });

  it("calls the API by its name, and another one once it is aimed there", async () => {
    const port = await api();
    const { url, aim } = await front(`http://one.localhost:${port}`);
    expect(await read(`${url}/hello?name=Ana`)).toBe(`one.localhost:${port}/hello?name=Ana`);
    aim(`http://two.localhost:${port}`);
    expect(await read(`${url}/`)).toBe(`two.localhost:${port}/`);
  });

  const UPGRADE = "GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  it("passes a WebSocket on", async () => {
    const port = await api();
    const { url } = await front(`http://chat.localhost:${port}`);
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(UPGRADE));
      let text = "";
      socket.on("data", (part) => {
        text += part;
      });
      socket.once("close", () => resolve(text));
      socket.once("error", reject);
    });
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 101.*chat\\.localhost:${port}$`, "s"));
  });

  it("ends although a WebSocket is open", async () => {
    const chat = createServer();
    chat.on("upgrade", (_, socket) => socket.write("HTTP/1.1 101 Hello\r\n\r\n"));
    await new Promise<void>((resolve) => chat.listen(0, "127.0.0.1", resolve));
    opened.push({ close: () => chat.close() });
    const address = chat.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { url, close } = await openFront(0, `http://chat.localhost:${port}`);
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(UPGRADE));
    const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    await new Promise<void>((resolve) => socket.once("data", () => resolve()));
    await close();
    await ended;
  });

  it("tells of what is answered, also over a WebSocket", async () => {
    const port = await api();
    const told: string[] = [];
    const made = await openFront(0, `http://chat.localhost:${port}`, () => told.push("answered"));
    opened.push(made);
    await read(`${made.url}/hello`);
    expect(told).toHaveLength(1);
    const socket = connect(Number(new URL(made.url).port), "127.0.0.1", () => socket.write(UPGRADE));
    await new Promise<void>((resolve) => socket.resume().once("close", () => resolve()));
    expect(told.length).toBeGreaterThan(1);
  });

  it("says that its port is taken", async () => {
    const port = await api();
    const error = await openFront(port, "http://one.localhost:1").catch((thrown: unknown) => thrown);
    expect(userErrors(error)?.map(({ code, hint }) => [code, hint])).toEqual([
      ["DEV_PORT_TAKEN", expect.stringContaining("--port")],
    ]);
  });
});

describe("what it says", () => {
  const callable = (what: string, url: string): Callable => ({
    type: "ApiGatewayV2::Route",
    resource: what,
    what,
    url,
    callers: "anybody",
  });
  const callables = [
    callable("GET /hello/{name}", "http://a.execute-api.localhost:4566/hello/{name}"),
    callable("POST /", "http://a.execute-api.localhost:4566/"),
    callable("connections", "ws://b.execute-api.localhost:4566/live"),
  ];

  it("gives each API an address on this machine", () => {
    const origins = originsOf(callables);
    expect(origins).toEqual(["http://a.execute-api.localhost:4566", "http://b.execute-api.localhost:4566"]);
    const lines = addressLines(callables, (origin) => `http://127.0.0.1:${3000 + origins.indexOf(origin)}`);
    expect(lines).toEqual([
      "  GET /hello/{name}  http://127.0.0.1:3000/hello/{name}",
      "  POST /             http://127.0.0.1:3000/",
      "  connections        ws://127.0.0.1:3001/live",
    ]);
  });

  it("counts what a round did", () => {
    const result = (actions: readonly string[]): ApplyResult =>
      ({ results: actions.map((action) => ({ action })), durationMs: 1200 }) as unknown as ApplyResult;
    expect(roundLine(result(["update", "create", "update"]))).toBe("1 created and 2 updated (1.2 s)");
    expect(roundLine(result([]))).toBe("Nothing to change (1.2 s)");
    expect(changedLine(["a.js"])).toBe("Changed: a.js");
    expect(changedLine(["a.js", "b.js", "c.js"])).toBe("Changed: a.js and 2 more files");
  });
});

describe("what functions print", () => {
  const event = (timestamp: number, message: string) => ({ timestamp, message });

  it("is shown once, also where several lines have one time", () => {
    const one = eventsAfter(BEGINNING, [event(1, "a"), event(2, "b")]);
    expect(one.fresh).toHaveLength(2);
    const two = eventsAfter(one.position, [event(2, "b"), event(2, "c"), event(3, "d")]);
    expect(two.fresh).toEqual([event(2, "c"), event(3, "d")]);
    const three = eventsAfter(two.position, [event(3, "d")]);
    expect(three.fresh).toEqual([]);
    expect(eventsAfter(three.position, [event(3, "d"), event(3, "e")]).fresh).toEqual([event(3, "e")]);
  });

  it("is shown under the function's name, without Lambda's own lines and without control characters", () => {
    const lines = logLines("shop", [
      event(1, "START RequestId: 1 Version: $LATEST"),
      event(1, "one\ntwo\u001b[31m\n"),
      event(1, "END RequestId: 1"),
      event(1, "REPORT RequestId: 1\tDuration: 3 ms"),
    ]);
    expect(lines).toEqual(["  shop: one", expect.stringMatching(/^ {2}shop: two/)]);
    expect(lines.join()).not.toContain("\u001b");
  });

  it("is not what Node 24 warns of in the local AWS's own program", () => {
    const lines = logLines("shop", [
      event(1, "(node:3110) [DEP0169] DeprecationWarning: `url.parse()` behavior is not standardized"),
      event(1, "(Use `node --trace-deprecation ...` to show where the warning was created)"),
      event(1, "(node:3110) Warning: mine"),
    ]);
    expect(lines).toEqual(["  shop: (node:3110) Warning: mine"]);
  });
});

describe("the end", () => {
  it("comes with a signal, at once with another, which is not the same one passed on by npx", async () => {
    const signals = new EventEmitter();
    const log: string[] = [];
    let now = 5;
    const stopped = untilStopped(
      signals,
      () => log.push("leaves"),
      () => now,
    ).then(() => log.push("stopped"));
    signals.emit("SIGINT");
    now += 10;
    signals.emit("SIGINT");
    await stopped;
    expect(log).toEqual(["stopped"]);
    now += 5_000;
    signals.emit("SIGTERM");
    expect(log).toEqual(["stopped", "leaves"]);
  });
});

describe("rounds", () => {
  it("go on after one that had nothing to do, and after one that failed", async () => {
    const log: string[] = [];
    const again = oneAtATime<string>(async (paths) => {
      log.push(paths.join());
      if (paths.includes("bad")) throw new Error("bad");
    });
    await again([]);
    await again(["a"]);
    await expect(again(["bad"])).rejects.toThrow("bad");
    await again(["b"]);
    expect(log).toEqual(["a", "bad", "b"]);
  });

  it("run one at a time; what changes meanwhile leads to one more", async () => {
    const log: string[] = [];
    const gates: (() => void)[] = [];
    const again = oneAtATime<string>(async (paths) => {
      log.push(`begin ${paths.join()}`);
      await new Promise<void>((resolve) => gates.push(resolve));
      log.push(`end ${paths.join()}`);
    });
    const done = again(["a"]);
    void again(["b"]);
    void again(["b", "c"]);
    gates.shift()?.();
    await Promise.resolve().then(() => Promise.resolve());
    await new Promise<void>((resolve) => setImmediate(resolve));
    gates.shift()?.();
    await done;
    expect(log).toEqual(["begin a", "end a", "begin b,c", "end b,c"]);
  });
});

describe("the folders that are watched", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "gatewright-watch-"));
    for (const folder of ["api/dist", "dist", "api-code"]) mkdirSync(join(home, folder), { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it.each([
    [undefined, ["api"]],
    ["api/dist", ["api"]],
    ["dist", ["api", "dist"]],
    ["api-code", ["api", "api-code"]],
    ["not-built-yet", ["api", "not-built-yet"]],
  ])("are the stack's, and that of the code where it is elsewhere: %s", (code, expected) => {
    const folders = foldersOf(join(home, "api"), code === undefined ? undefined : join(home, code));
    expect(folders).toEqual(expected.map((folder) => join(home, folder)));
  });

  it("tell of code that is built for the first time, and of a folder that was deleted and made anew", async () => {
    const code = join(home, "out", "code");
    const told: string[] = [];
    let next = Promise.withResolvers<void>();
    const stop = watchFolders(foldersOf(join(home, "api"), code), (paths) => {
      told.push(...paths);
      next.resolve();
    });
    /** Until it was told of the file, or of the folder that has it. */
    const heard = async (file: string): Promise<void> => {
      while (!told.includes(file) && !told.includes("code")) {
        await next.promise;
        next = Promise.withResolvers();
      }
      told.length = 0;
    };
    const build = (file: string): void => {
      mkdirSync(code, { recursive: true });
      writeFileSync(join(code, file), "");
    };
    try {
      build("first.mjs");
      await heard("first.mjs");
      rmSync(code, { recursive: true });
      build("second.mjs");
      await heard("second.mjs");
      for (const file of ["third.mjs", "fourth.mjs", "fifth.mjs"]) {
        rmSync(join(home, "out"), { recursive: true });
        build(file);
        await heard(file);
      }
    } finally {
      stop();
    }
  });

  it("tell of code that was built anew", async () => {
    const told = Promise.withResolvers<readonly string[]>();
    const stop = watchFolders(foldersOf(join(home, "api"), join(home, "dist")), told.resolve);
    try {
      writeFileSync(join(home, "dist", "orders.mjs"), "");
      expect(await told.promise).toEqual(["orders.mjs"]);
    } finally {
      stop();
    }
  });
});
