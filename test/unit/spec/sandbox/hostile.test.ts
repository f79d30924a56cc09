/** What a spec may try, and what it gets. Each is an error before the test's time is up, and nothing of this process is reached. */
import { describe, expect, test } from "vitest";
import { errorOf, evaluateFiles, evaluateText, propertiesOf } from "./evaluating.ts";

const limits = { timeoutMs: 300, memoryBytes: 48 * 1024 * 1024 };

/** Runs the statements when the file is loaded. */
function running(statements: string, more: object = limits) {
  return errorOf(evaluateText(`${statements}\nexports.createResources = () => [];`, more));
}

describe("time", () => {
  test("an endless loop is told with its place", async () => {
    const error = await running("let n = 0;\nfor (;;) n = Math.max(n, 1);");
    // QuickJS notes where it is at calls: a loop is found at its line or at the function around it.
    expect(error).toMatchObject({ code: "SPEC_TIMEOUT", at: { file: "resources.js" } });
    expect([1, 2]).toContain(error.at?.line);
    expect(error.message).toContain("0.3 s");
  });

  test("no time at all is told as that: the sandbox's own start does not count", async () => {
    const error = await running("for (;;);", { ...limits, timeoutMs: 0 });
    expect(error).toMatchObject({ code: "SPEC_TIMEOUT", at: { file: "resources.js" } });
  });

  test("catching does not help", async () => {
    const error = await running("for (;;) { try { for (;;); } catch {} finally { continue; } }");
    expect(error.code).toBe("SPEC_TIMEOUT");
  });

  test.each([
    [
      "a sort whose comparator never agrees",
      "const a = Array.from({length: 3e5}, (_, i) => i); for (;;) a.sort(() => Math.random() - 0.5);",
    ],
    [
      "a native sort without comparator",
      "const a = Array.from({length: 1e6}, (_, i) => (i * 7919) % 1e6); for (;;) a.toSorted();",
    ],
    ["a regular expression that backtracks", '/^(a+)+$/.test("a".repeat(40) + "b")'],
    ["a native search", 'const s = "a".repeat(1 << 22); for (;;) s.indexOf("a".repeat(1 << 21) + "b");'],
    ["filling", "const a = new Uint8Array(1 << 24); for (;;) a.fill(1);"],
    [
      "promises that follow each other",
      "const again = () => Promise.resolve().then(again); module.exports = {createResources: again}; exports = {};",
    ],
    [
      "async functions that follow each other",
      "module.exports = {createResources: async () => { for (;;) await 0; }}; exports = {};",
    ],
    ["a getter that never returns", "exports.__defineGetter__('createResources', () => { for (;;); })"],
    ["BigInt arithmetic", "let x = 3n; for (;;) { x = x * x; if (x > 2n ** 200000n) x = 3n; }"],
  ])("%s", { timeout: 60_000 }, async (_name, statements) => {
    const error = await running(statements);
    expect(["SPEC_TIMEOUT", "SPEC_MEMORY"]).toContain(error.code);
  });

  test.each([
    ["parentheses", `const f = ${"(a = ".repeat(40)}1${")".repeat(40)};`],
    ["generics", `const f = ${"a<b<".repeat(40)}c;`],
    ["nesting", `const f = ${"[".repeat(20_000)}1${"]".repeat(20_000)};`],
  ])("TypeScript that keeps its parser busy: %s", { timeout: 60_000 }, async (_name, text) => {
    const error = await errorOf(evaluateFiles({ "resources.ts": text }, limits));
    expect(error.code).toMatch(/^SPEC_(TIMEOUT|SYNTAX|THROWN|MEMORY|NO_CREATE_RESOURCES|STACK_OVERFLOW)$/);
  });

  test("a promise that never settles is told at once", async () => {
    const error = await errorOf(evaluateText("exports.createResources = () => new Promise(() => {})"));
    expect(error.code).toBe("SPEC_PENDING");
  });
});

describe("what is left to do after the spec ran", () => {
  const plain = 'exports.createResources = () => Array.from({length: 300}, () => ({type: "A", group: "B"}));';

  test.each([
    ["on one line", 'type:"A",'.repeat(100_000)],
    ["on lines of its own", 'type:"A",\n'.repeat(90_000)],
  ])(
    "a megabyte of a comment that repeats a type %s is searched once for all entries",
    async (_name, text) => {
      const { entries } = await evaluateText(`${plain}\n/* ${text} */`);
      expect(entries).toHaveLength(300);
      expect(entries[0]?.at).toMatchObject({ file: "resources.js", line: 1 });
    },
  );

  test.each([
    ["message", 'throw new Error(" at (a".repeat(40_000))'],
    ["stack", 'const e = new Error("x"); e.stack = " at (a:1:1".repeat(40_000); throw e'],
    ["name", 'const e = new Error("x"); e.name = "at (".repeat(60_000); throw e'],
  ])("an error with 200 kB of %s is told in a few lines", async (_name, statements) => {
    const error = await running(statements, { timeoutMs: 10_000 });
    expect(error.code).toBe("SPEC_THROWN");
    expect(error.message.length).toBeLessThan(6_000);
  });

  test("more entries than any stack has are refused, by the prelude and by the host", async () => {
    const many =
      "exports.createResources = () => Array.from({length: 3000}, () => ({type: 'A', group: 'B'}));";
    expect((await errorOf(evaluateText(many))).code).toBe("SPEC_TOO_LARGE");
  });
});

describe("memory", () => {
  test.each([
    ["arrays", "const all = []; for (;;) all.push(new Array(1000).fill({}));"],
    ["strings", 'let s = "x"; for (;;) s = s + s + Math.random();'],
    ["typed arrays", "const all = []; for (;;) all.push(new Uint8Array(1 << 20));"],
    ["one huge buffer", "new ArrayBuffer(2 ** 31)"],
    [
      "caught and tried again",
      "const all = []; for (;;) try { all.push(new Uint8Array(1 << 16)); } catch {}",
    ],
    ["a map", "const m = new Map(); for (let i = 0; ; i++) m.set(i, {i});"],
    ["a property explosion", 'const o = {}; for (let i = 0; ; i++) o["k" + i] = [i];'],
    ["a regular expression", 'new RegExp("(".repeat(200000) + ")".repeat(200000)).test("x")'],
  ])("%s", { timeout: 60_000 }, async (_name, statements) => {
    const before = process.memoryUsage.rss();
    const error = await running(statements, { ...limits, timeoutMs: 3_000 });
    expect(["SPEC_MEMORY", "SPEC_TIMEOUT", "SPEC_THROWN", "SPEC_STACK_OVERFLOW", "SPEC_SYNTAX"]).toContain(
      error.code,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 1024 * 1024);
  });

  test("a memory bomb says so, with its place", async () => {
    const error = await running("const all = [];\nfor (;;) all.push(new Uint8Array(1 << 20));", {
      ...limits,
      timeoutMs: 10_000,
    });
    expect(error).toMatchObject({ code: "SPEC_MEMORY", at: { file: "resources.js", line: 2 } });
  });

  test.each([
    // The last throw has no memory left for an error: the engine throws null, or drops a promise.
    [
      "promises",
      "const again = () => Promise.resolve().then(again); module.exports = {createResources: again};",
    ],
    [
      "promises and arrays",
      "const all = []; module.exports = {createResources: async () => { for (;;) { await 0; all.push(new Array(1000).fill({})); } }};",
    ],
  ])("%s that fill it are told as that", { timeout: 60_000 }, async (_name, statements) => {
    for (const memoryBytes of [32, 40, 48].map((mebibytes) => mebibytes * 1024 * 1024)) {
      const error = await running(`${statements} exports = {};`, { timeoutMs: 20_000, memoryBytes });
      expect(error.code).toBe("SPEC_MEMORY");
    }
  });

  test.each([
    ["recursion", "const f = () => f(); f();"],
    ["recursion through natives", "const f = () => [1].map(f); f();"],
    ["recursion through getters", "const o = {get a() { return this.a; }}; o.a;"],
    ["recursion through JSON", 'let s = "[".repeat(1e5); JSON.parse(s);'],
    ["recursion through toString", "const o = {toString() { return 'x' + this; }}; 'x' + o;"],
    ["recursion through a proxy", "const p = new Proxy({}, {get: (t, k, r) => r[k]}); p.a;"],
  ])("%s", async (_name, statements) => {
    const error = await running(statements);
    expect(["SPEC_STACK_OVERFLOW", "SPEC_THROWN", "SPEC_SYNTAX"]).toContain(error.code);
  });

  test("nesting too deep for the parser", async () => {
    const error = await running(`const a = ${"[".repeat(50_000)}${"]".repeat(50_000)};`);
    expect(["SPEC_STACK_OVERFLOW", "SPEC_THROWN", "SPEC_SYNTAX"]).toContain(error.code);
  });

  test("printing without end is cut", async () => {
    const { console } = await evaluateText(
      'for (let i = 0; i < 1e4; i++) console.log("x".repeat(1e4)); exports.createResources = () => [];',
    );
    expect(JSON.stringify(console).length).toBeLessThan(100_000);
    expect(console.length).toBeLessThan(300);
  });

  test("a result without end is an error", async () => {
    const error = await errorOf(
      evaluateText(
        "exports.createResources = () => [{type: 'A', group: 'B', properties: {a: 'x'.repeat(9e6)}}]",
      ),
    );
    expect(error).toMatchObject({ code: "SPEC_TOO_LARGE", at: { file: "resources.js", line: 1 } });
  });

  test("an array of four billion holes is an error", async () => {
    const error = await errorOf(
      evaluateText(
        "exports.createResources = () => [{type: 'A', group: 'B', properties: {a: new Array(2 ** 32 - 1)}}]",
      ),
    );
    expect(error.code).toBe("SPEC_TOO_LARGE");
  });
});

describe("the way out", () => {
  test("nothing of Node is there", async () => {
    const names =
      "require.main module.children module.constructor.load fetch setTimeout Buffer WebAssembly Deno Worker navigator performance";
    const kinds = await propertiesOf(
      `Object.fromEntries(${JSON.stringify(names.split(" "))}.map((name) => { try { return [name, typeof Function("require", "module", "return " + name)(require, module)]; } catch (error) { return [name, error.name]; } }))`,
    );
    expect(
      Object.values(kinds as object).filter(
        (kind) => !["undefined", "TypeError", "ReferenceError"].includes(kind),
      ),
    ).toEqual([]);
    expect(await propertiesOf("Object.keys(process)")).toEqual(["env", "argv", "platform", "cwd"]);
  });

  test.each([
    'this.constructor.constructor("return process")().binding',
    '(() => {}).constructor("return this")().process.mainModule',
    "require.constructor('return process')().env.PATH",
    "given.config.accountId.constructor('return globalThis')().process.versions",
    "console.log.constructor('return process')().exit",
    "Object.getPrototypeOf(process).constructor.constructor('return process')().kill",
    "new Error().constructor.prepareStackTrace",
    "process.env.HOME",
    "globalThis.gatewright",
  ])("%s leads nowhere", async (expression) => {
    expect(await propertiesOf(`{found: typeof (${expression})}`)).toEqual({ found: "undefined" });
  });

  test("import() finds nothing, not even the prelude", async () => {
    const error = await errorOf(
      evaluateText(
        "exports.createResources = async () => { await new Function(\"return import('gatewright:guest/start.ts')\")(); return []; }",
      ),
    );
    expect(error).toMatchObject({
      code: "SPEC_THROWN",
      message: expect.stringContaining("import() is not available"),
    });
  });

  test("what a spec leaves running does not matter once it has given its resources", async () => {
    const { entries } = await evaluateText(
      "const again = () => Promise.resolve().then(again); again(); exports.createResources = () => [];",
    );
    expect(entries).toEqual([]);
  });

  test("a prototype changed is only the spec's own trouble", async () => {
    const error = await errorOf(
      evaluateText(
        'Object.prototype.type = \'x\'; Array.prototype.push = () => {}; JSON.stringify = () => \'{"entries":[{"__proto__":{}}],"config":{},"marks":[]}\'; Promise.prototype.then = () => {}; exports.createResources = () => [];',
      ),
    ).catch(() => undefined);
    expect(error === undefined || error.code.startsWith("SPEC_")).toBe(true);
    expect(({} as { type?: string }).type).toBeUndefined();
  });

  test.each([
    [
      "text that is not JSON",
      "JSON.stringify = () => 'x'; Object.defineProperty(JSON, 'stringify', {value: () => 'x'});",
    ],
    [
      "__proto__",
      'Object.prototype.toJSON = function () { return JSON.parse(\'{"__proto__": {"polluted": 1}}\'); };',
    ],
    ["a number", "Object.prototype.toJSON = () => 1;"],
  ])("a result that is %s is refused or harmless", async (_name, statements) => {
    const outcome = await evaluateText(
      `${statements} exports.createResources = () => [{type: "A", group: "B", properties: {a: 1}}];`,
    ).catch((error: unknown) => error);
    if (outcome instanceof Error)
      expect(outcome).toMatchObject({ code: expect.stringMatching(/^SPEC_(TAMPERED|CRASHED|TIMEOUT)$/) });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("errors that bite when they are looked at", async () => {
    for (const thrown of [
      "{get message() { throw 1 }, get stack() { throw 2 }}",
      "new Proxy({}, {get() { throw 3 }, getPrototypeOf() { throw 4 }})",
      "Object.assign(new Error(), {message: {toString() { throw 5 }}})",
      "Object.create(Error.prototype, {stack: {get() { for (;;); }}})",
      "null",
      "undefined",
      "Symbol('s')",
    ]) {
      const error = await running(`throw ${thrown};`);
      expect(error.code).toMatch(/^SPEC_(THROWN|TIMEOUT)$/);
    }
  });

  test("getters and proxies in the result", async () => {
    const thrown = await errorOf(propertiesOf('{get a() { throw new Error("no") }}'));
    expect(thrown).toMatchObject({ code: "SPEC_THROWN", at: { file: "resources.js", line: 2 } });
    expect(await propertiesOf("new Proxy({a: 1}, {})")).toEqual({ a: 1 });
    const endless = await errorOf(
      propertiesOf(
        "new Proxy({}, {ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({configurable: true, enumerable: true}), get: (t, k, self) => k === 'a' ? new Proxy({}, Object.assign({}, {ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({configurable: true, enumerable: true}), get: (t2, k2, s) => k2 === 'a' ? {s} : undefined})) : undefined})",
      ),
    );
    expect(endless.code).toBe("SPEC_NOT_JSON");
  });

  test("many at once, some of them bombs, and every thread ends", { timeout: 60_000 }, async () => {
    const bombs = ["for (;;);", "const a = []; for (;;) a.push(new Uint8Array(1 << 20));", "", "throw 1;"];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        // Patient only with the harmless ones: the machine may be busy.
        evaluateText(`${bombs[index % bombs.length]} exports.createResources = () => [];`, {
          timeoutMs: index % 4 === 0 ? 300 : 10_000,
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      Array.from({ length: 12 }, (_, index) => (index % 4 === 2 ? "fulfilled" : "rejected")),
    );
    expect((await evaluateText("exports.createResources = () => []")).entries).toEqual([]);
  });
});
