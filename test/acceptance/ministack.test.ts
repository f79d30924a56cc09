/** The built programs on a third-party AWS emulator: the seed's listing, and an API that responds. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startMiniStack } from "../emulators/ministack.ts";
import type { Emulator } from "../emulators/process.ts";
import { actionEnvironment } from "../fakes/github/action/environment.ts";
import { runAction } from "../fakes/github/action/run.ts";
import { createFakeGitHub } from "../fakes/github/fake-github.ts";
import { call } from "./call.ts";
import { type Ended, program, runCli } from "./process.ts";
import { awsEnvironment } from "./world.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

let ministack: Emulator;
let env: Readonly<Record<string, string>>;
let folder: string;

beforeAll(async () => {
  ministack = await startMiniStack();
  env = { ...awsEnvironment(ministack.url), AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
});
afterAll(() => ministack.stop());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatewright-ministack-"));
  mkdirSync(join(folder, ".git"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function cli(...args: string[]): Promise<Ended> {
  return runCli(args, { cwd: folder, env });
}

async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(...args);
  expect(code, stderr + stdout).toBe(0);
  return stdout;
}

/** The files of an example, as a first commit. */
function filesOf(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(directory, file), readFileSync(file, "utf8")]),
  );
}

describe("on MiniStack", () => {
  it("two stages of one spec live side by side, each with its own API", async () => {
    cpSync(join(EXAMPLES, "http-lambda"), folder, { recursive: true });
    mkdirSync(join(folder, ".github"));
    writeFileSync(
      join(folder, ".github/gatewright.yml"),
      'stages:\n  dev: {names: "{name}-{stage}"}\n  prod: {names: "{name}-{stage}"}\n',
    );
    const endpoints: string[] = [];
    for (const stage of ["dev", "prod"]) {
      const applied = await done("apply", "--yes", "-s", stage);
      endpoints.push(/^ {2}Endpoint +(\S+)/m.exec(applied)?.[1] ?? "");
      expect((await cli("plan", "--detailed-exitcode", "-s", stage)).code).toBe(0);
    }
    for (const endpoint of endpoints) expect((await call(endpoint, "/hello")).status).toBe(200);
    await done("destroy", "--yes", "-s", "dev");
    expect((await call(endpoints[1] ?? "", "/hello")).status).toBe(200);
    await done("destroy", "--yes", "-s", "prod");
  });

  it("applies the seed and lists it in the form of its page", async () => {
    cpSync(join(EXAMPLES, "seed"), folder, { recursive: true });
    await done("apply", "--yes");
    const listing = await done("list", "-t", "ApiGatewayV2::Integration");
    const lines = listing.split("\n").map((line) => line.replace(/^│|│$/g, "").trimEnd());
    const at = (text: string | RegExp): number =>
      lines.findIndex((line) => (typeof text === "string" ? line === ` ${text}` : text.test(line)));
    // The lines of the seed's page, in order; ids, account and project are those of this run.
    const places = [
      at("1 ApiGatewayV2::Integration from aws"),
      at("name: integration::my-api::my-function"),
      at("managedByUs: Yes"),
      at("live:"),
      at("  ConnectionType: INTERNET"),
      at(/^ {3}IntegrationId: \S+$/),
      at("  IntegrationMethod: POST"),
      at("  IntegrationType: AWS_PROXY"),
      at(/^ {3}IntegrationUri: arn:aws:lambda:eu-west-2:\d{12}:function:my-function$/),
      at("  PayloadFormatVersion: 2.0"),
      at("  TimeoutInMillis: 30000"),
      at(/^ {3}ApiId: \S+$/),
      at("  ApiName: my-api"),
      at("  Tags:"),
      at("    gc-managed-by: gatewright"),
    ];
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(lines.slice(-2)).toEqual(["1 resource, 1 type, 1 provider", ""]);
    await done("destroy", "--yes");
    expect(await done("list")).not.toContain("my-api");
  });

  it("an API responds after apply, and the Action has only its own tag left to add", async () => {
    cpSync(join(EXAMPLES, "http-lambda"), folder, { recursive: true });
    const applied = await done("apply", "--yes");
    const [, endpoint = ""] = /^ {2}Endpoint +(\S+)/m.exec(applied) ?? [];
    expect(applied).toMatch(/^ {2}GET \/\S* +http\S+ +anybody$/m);
    expect(applied).toMatch(/^ {2}curl http\S+$/m);
    const spec = readFileSync(join(folder, "resources.js"), "utf8");
    const [, path = "/"] = /RouteKey: "GET (\/[\w/-]*)"/.exec(spec) ?? [];
    const answer = await call(endpoint, path);
    expect(answer.status, answer.body).toBe(200);
    expect(answer.body).not.toBe("");

    const github = createFakeGitHub();
    await github.listen();
    const repository = github.repository("acme/shop", { files: filesOf(join(EXAMPLES, "http-lambda")) });
    const ana = github.person("ana");
    ana.push(repository, "topic", { "NOTES.md": "words" });
    const pull = ana.openPullRequest(repository, { head: "topic", title: "Words" });
    const environment = actionEnvironment(github, pull, {
      checkout: true,
      env: { ...env, HOME: "/nonexistent" },
    });
    const run = await runAction(program("main"), environment);
    rmSync(environment.directory, { recursive: true, force: true });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs).toMatchObject({ create: "0", replace: "0", delete: "0" });
    const lines = (pull.comments[0]?.body ?? "").split("\n").filter((line) => /^[-+!] /.test(line));
    expect(new Set(lines)).toEqual(new Set(["+ 1 gc-* ownership tag"]));
    expect(pull.comments[0]?.body).not.toContain("Drift");
    await github.close();
    expect(github.violations).toEqual([]);
    await done("destroy", "--yes");
  });
});
