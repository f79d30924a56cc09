/** The sandbox as it is shipped: bundled, on the Node that runs the tests and on an older one where there is one. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build as esbuild } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../../../scripts/build.ts";

const folder = mkdtempSync(join(tmpdir(), "gatewright-dist-"));
const dist = join(folder, "dist");

const SPECS: Readonly<Record<string, string>> = {
  "common.js":
    'exports.createResources = () => [{type: "A", group: "B", properties: ({getId}) => ({id: getId({type: "C", group: "B", name: "n"})})}];',
  "rubico.js":
    'const { map, get } = require("rubico"); const { find } = require("rubico/x"); exports.createResources = () => [{type: "A", group: "B", properties: {found: [map((x) => x + 1)([1]), get("a")({a: 1}), find((x) => x > 1)([1, 2])]}}];',
  "module.ts":
    'import { posix } from "path";\nenum E { A = 1 }\nexport const createResources = (): unknown[] => [{ type: "A", group: "B", properties: { e: E.A, sep: posix.sep } satisfies object }];',
  "thrown.ts":
    'const one: number = 1;\nexport const createResources = (): never => { throw new Error("here"); };',
  "loop.js": "for (;;);",
};

beforeAll(async () => {
  await build(dist);
  await esbuild({
    stdin: {
      contents:
        'export { evaluateSpec } from "./src/spec/sandbox/host/evaluate.ts"; export { createLocalSource } from "./src/source/local-source.ts";',
      resolveDir: resolve("."),
    },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outfile: join(dist, "entry.mjs"),
  });
  for (const [name, text] of Object.entries(SPECS)) writeFileSync(join(folder, name), text);
  writeFileSync(
    join(folder, "run.mjs"),
    `import { createLocalSource, evaluateSpec } from "./dist/entry.mjs";
const outcomes = {};
for (const spec of process.argv.slice(2)) {
  outcomes[spec] = await evaluateSpec({ source: createLocalSource("."), directory: ".", spec, stage: "dev", region: "eu-west-2", projectName: "p", env: {}, account: async () => ({}), timeoutMs: spec === "loop.js" ? 500 : 30_000 }).then(
    ({ entries: [{ properties, at }] }) => ({ properties, at }),
    ({ code, message, at }) => ({ code, message, at }),
  );
}
console.log(JSON.stringify(outcomes));
`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

function oldNode(): string | undefined {
  try {
    const path = (process.env.PATH ?? "")
      .split(":")
      .filter((one) => !one.includes("node_modules"))
      .join(":");
    const found = execFileSync("node", ["-p", "process.execPath"], { env: { PATH: path } })
      .toString()
      .trim();
    return execFileSync(found, ["-p", "process.version"]).toString().trim() === process.version
      ? undefined
      : found;
  } catch {
    return undefined;
  }
}

const nodes = [process.execPath, oldNode()].filter((one) => one !== undefined);

describe.each(nodes)("%s", (node) => {
  test("evaluates CommonJS, rubico and TypeScript, and tells errors with their places", () => {
    const output = execFileSync(node, ["run.mjs", ...Object.keys(SPECS)], { cwd: folder }).toString();
    expect(JSON.parse(output)).toEqual({
      "common.js": {
        properties: { id: expect.stringMatching(/^\uE000.*\uE001$/) },
        at: { file: "common.js", line: 1, column: expect.any(Number) },
      },
      "rubico.js": {
        properties: { found: [[2], 1, 2] },
        at: { file: "rubico.js", line: 1, column: expect.any(Number) },
      },
      "module.ts": {
        properties: { e: 1, sep: "/" },
        at: { file: "module.ts", line: 3, column: expect.any(Number) },
      },
      "thrown.ts": {
        code: "SPEC_THROWN",
        message: "createResources threw Error: here",
        at: { file: "thrown.ts", line: 2, column: expect.any(Number) },
      },
      "loop.js": { code: "SPEC_TIMEOUT", message: expect.any(String), at: expect.anything() },
    });
  });
});

test("is built to the same bytes again", async () => {
  const again = join(folder, "again");
  await build(again);
  const listing = (path: string): string =>
    execFileSync("sh", ["-c", "find . -type f ! -name entry.mjs -exec sha256sum {} + | sort"], {
      cwd: path,
    }).toString();
  expect(listing(again)).toBe(listing(dist));
});
