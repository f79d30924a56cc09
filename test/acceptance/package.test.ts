/** What `npm pack` makes, installed in an empty folder without a network, and a newcomer's first commands with it. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startMiniStack } from "../emulators/ministack.ts";
import { call } from "./call.ts";
import { type Ended, machineNode, program, run } from "./process.ts";
import { awsEnvironment } from "./world.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

let folder: string;
let app: string;
let bin: string;

/** Packs the files that package.json names, with the bundles under test in place of the committed ones. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatewright-package-"));
  const source = join(folder, "source");
  mkdirSync(source);
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    files: readonly string[];
  };
  for (const name of [...files, "package.json", "README.md", "LICENSE"])
    if (name !== "dist" && !name.startsWith("!"))
      cpSync(join(ROOT, name), join(source, name), { recursive: true });
  cpSync(join(program("cli"), ".."), join(source, "dist"), { recursive: true });
  await npm(source, "pack", "--pack-destination", folder);
  const [packed = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  app = join(folder, "app");
  mkdirSync(app);
  // Offline: what needs another package fails here.
  await npm(app, "install", "--offline", "--no-audit", "--no-fund", join(folder, packed));
  bin = join(app, "node_modules/.bin/gatewright");
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function npm(cwd: string, ...args: readonly string[]): Promise<void> {
  const env = { HOME: folder, npm_config_update_notifier: "false" };
  const { code, stderr, stdout } = await run("npm", args, { cwd, env, timeoutMs: 110_000 });
  if (code !== 0) throw new Error(`npm ${args.join(" ")}: ${stderr}${stdout}`);
}

const gatewright = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  node = process.execPath,
) => run(node, [bin, ...args], { cwd: app, env });

describe("the package", () => {
  it("installs alone: no other package, less than 8 MB", () => {
    expect(readdirSync(join(app, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "gatewright",
    ]);
    const inside = readdirSync(join(app, "node_modules/gatewright"), {
      recursive: true,
      withFileTypes: true,
    });
    const bytes = inside
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
    // docs/getting-started.md and the changelog say 7 MB.
    expect(bytes).toBeLessThan(8_000_000);
  });

  it("has what its README names", () => {
    const readme = readFileSync(join(app, "node_modules/gatewright/README.md"), "utf8");
    const named = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = ""]) => path);
    const repositoryOnly = ["CONTRIBUTING.md", "SECURITY.md"];
    for (const path of [
      ...named,
      "types/gatewright.d.ts",
      "schemas/plan-v1.schema.json",
      "bot/action.yml",
      "action.yml",
    ])
      if (!repositoryOnly.includes(path))
        expect(existsSync(join(app, "node_modules/gatewright", path)), path).toBe(true);
  });

  it("is a library with types for programs", async () => {
    writeFileSync(
      join(app, "use.mjs"),
      'import { VERSION, planStack } from "gatewright"; console.log(VERSION, typeof planStack);\n',
    );
    for (const node of [process.execPath, machineNode()]) {
      const { stdout, stderr } = await run(node, ["use.mjs"], { cwd: app, env: {} });
      expect(stdout, stderr).toMatch(/^\d+\.\d+\.\d+ function\n$/);
    }
  });

  it("leads from an empty folder to an API that answers: init, plan, apply, call", async () => {
    const ministack = await startMiniStack();
    onTestFinished(() => ministack.stop());
    const aws = {
      ...awsEnvironment(ministack.url),
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const done = async (...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr }: Ended = await gatewright(args, aws);
      expect(code, stderr + stdout).toBe(0);
      return stdout;
    };
    // npm has written a package.json without a name.
    expect(JSON.parse(readFileSync(join(app, "package.json"), "utf8")).name).toBeUndefined();
    await done("init", "--yes", "--name", "shop");
    await done("apply", "access", "--yes");
    expect(await done("plan")).toContain("shop-function");
    const endpoint = /https?:\/\/\S*execute-api\S*/.exec(await done("apply", "--yes"))?.[0] ?? "";
    const answer = await call(endpoint, "/hello");
    const again = await gatewright(["plan", "--detailed-exitcode"], aws, machineNode());
    expect(answer).toEqual({ status: 200, body: '{"message":"Hello, world!"}' });
    expect(again.code, again.stdout).toBe(0);
  });
});

describe("an old Node", () => {
  /** Says that it is an older one than it is. */
  const OLD = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.11.1"})';

  it.each([
    ["the terminal", program("cli"), "20.12"],
    ["the Action", program("main"), "22"],
    ["the bot as a server", join(ROOT, "bot/start.mjs"), "22.18"],
  ])("is refused by %s in one sentence", async (_, path, version) => {
    const { code, stdout, stderr } = await run(process.execPath, ["--import", OLD, path], {
      cwd: folder,
      env: {},
    });
    const said = (stdout + stderr).split("\n").filter((line) => line.includes("v20.11.1"));
    expect(said).toEqual([expect.stringContaining(`needs Node.js ${version} or newer`)]);
    expect(stdout + stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });
});
