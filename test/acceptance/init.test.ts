/** A newcomer's path through the built terminal program: init, a look at the plan, apply, a call to the API. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startMiniStack } from "../emulators/ministack.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { call } from "./call.ts";
import { type Ended, runCli } from "./process.ts";
import { codesIn } from "./reading.ts";
import { runOnTerminal } from "./terminal.ts";
import { awsEnvironment, REGION } from "./world.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatewright-init-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const init = (line: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runCli(["init", ...line.split(" ")], { cwd: folder, env });

describe("gatewright init", () => {
  it("without credentials writes the files and says the next step", async () => {
    const { code, stdout, stderr } = await init("orders --yes");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("No AWS credentials were found, so nothing was planned.");
    expect(stdout).toContain("npx gatewright plan orders");
    expect(stdout).toContain("Replace 123456789012");
    expect(existsSync(join(folder, "orders/resources.js"))).toBe(true);
  });

  it("with credentials plans right after, for the account they belong to, also what git does not track yet", async () => {
    const aws = createFakeAws({ region: REGION, clock: Date.now });
    const server = await aws.listen();
    mkdirSync(join(folder, ".git"));
    const { code, stdout, stderr } = await init("apis/orders --yes", awsEnvironment(server.url));
    await server.close();
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("orders-function");
    expect(stdout).not.toContain("123456789012 by");
    expect(readFileSync(join(folder, ".github/gatewright.yml"), "utf8")).toContain(
      'directories: ["apis/orders"]',
    );
    expect(aws.calls.filter(({ write }) => write)).toEqual([]);
  });

  it("asks on a terminal for what no option says, and takes the default for an empty answer", async () => {
    const start = { cwd: folder, env: { AWS_REGION: REGION }, prompt: "Name of the API", answer: "shop\n" };
    const options = ["--region", REGION, "--protocol", "HTTP", "--language", "TypeScript"];
    const { code, stdout } = await runOnTerminal(["init", ...options], start);
    expect(code, stdout).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(
      [
        ".github",
        ".gitignore",
        "access",
        "package.json",
        "resources.ts",
        "shop-function",
        "tsconfig.json",
      ].sort(),
    );
    const again = await runOnTerminal(["init", "two", ...options], { ...start, answer: "\n" });
    expect(again.code, again.stdout).toBe(0);
    expect(existsSync(join(folder, "two/two-function"))).toBe(true);
  });

  it("writes nothing when the user leaves at a question", async () => {
    const start = { cwd: folder, env: {}, prompt: "Name of the API", answer: "\u0003" };
    expect((await runOnTerminal(["init"], start)).code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not ask where nobody can answer, and names what it does not accept", async () => {
    expect(codesIn((await init("orders")).stderr)).toEqual(["CONFIRMATION_NEEDED"]);
    const { stderr } = await init("orders --yes --protocol soap --name Orders");
    expect(codesIn(stderr)).toEqual(["OPTION_INVALID"]);
    expect(stderr).toMatch(/--name is "Orders".*--protocol is "soap"/s);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leads to an API that answers", async () => {
    const ministack = await startMiniStack();
    onTestFinished(() => ministack.stop());
    const env = {
      ...awsEnvironment(ministack.url),
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const begun = await init("shop --yes", env);
    expect(begun.code, begun.stderr).toBe(0);
    const access = await runCli(["apply", "shop/access", "--yes"], { cwd: folder, env });
    expect(access.code, access.stdout + access.stderr).toBe(0);
    const applied = await runCli(["apply", "shop", "--yes"], { cwd: folder, env });
    expect(applied.code, applied.stderr).toBe(0);
    const endpoint = /https?:\/\/[^\s]*execute-api[^\s]*/.exec(applied.stdout)?.[0] ?? "";
    const answer = await call(endpoint, "/hello?name=Ana");
    expect(answer).toEqual({ status: 200, body: '{"message":"Hello, Ana!"}' });
  });
});
