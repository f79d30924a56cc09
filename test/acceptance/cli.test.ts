/** The built terminal program with a fake AWS over HTTP: every command, every exit code, and every way to stop it. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as z from "zod";
import { planSchema } from "../../src/report/json/plan-schema.ts";
import { createFakeAws, type FakeAws } from "../fakes/aws/fake-aws.ts";
import { clientsOf } from "../fakes/aws/testing.ts";
import { type Ended, machineNode, runCli, type Running, type Start } from "./process.ts";
import { codesIn } from "./reading.ts";
import { runOnTerminal } from "./terminal.ts";
import { awsEnvironment, PACKAGE, proxyStack, REGION } from "./world.ts";

/** During development. Node 20 cannot run TypeScript. */
const FROM_SOURCES = process.env.GATEWRIGHT_FROM_SOURCES === "1";

let folder: string;
let aws: FakeAws;
let env: Readonly<Record<string, string>>;
let close: () => Promise<void>;

beforeEach(async () => {
  aws = createFakeAws({ region: REGION, clock: Date.now });
  const server = await aws.listen();
  env = awsEnvironment(server.url);
  close = () => server.close();
  folder = mkdtempSync(join(tmpdir(), "gatewright-cli-"));
  mkdirSync(join(folder, ".git"));
  write({ "package.json": PACKAGE, "resources.js": proxyStack() });
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await close();
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function cli(line: string, start: Partial<Start> = {}): Promise<Ended> {
  return runCli(line.split(" "), { cwd: folder, ...start, env: { ...env, ...start.env } });
}

async function apply(): Promise<void> {
  const { code, stderr } = await cli("apply --yes");
  if (code !== 0) throw new Error(stderr);
  aws.resetCalls();
}

/** The plan that `plan --json -` writes, with these further options. */
async function planned(options = ""): Promise<z.infer<typeof planSchema>> {
  const { stdout } = await cli(`plan --json -${options}`);
  return planSchema.parse(JSON.parse(stdout));
}

const written = (): string[] => aws.calls.filter(({ write: w }) => w).map(({ operation }) => operation);

describe("code in S3", () => {
  it("is compared with its checksum: other bytes are refused, the right ones are no change", async () => {
    // The fake's object of a key: its bytes are its address.
    const sum = (key: string) => createHash("sha256").update(`s3://builds/${key}/`).digest("hex");
    const spec = (key: string) => `exports.createResources = () => [{
      type: "Function", group: "Lambda", dependencies: () => ({ role: "worker" }),
      properties: () => ({ FunctionName: "worker", Runtime: "nodejs22.x", Handler: "index.handler",
        Code: { S3Bucket: "builds", S3Key: "${key}", Sha256: "${sum("worker.zip")}" } }),
    }, {
      type: "Role", group: "IAM", properties: () => ({ RoleName: "worker", AssumeRolePolicyDocument: { Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }),
    }];`;
    write({ "resources.js": spec("other.zip") });
    const wrong = await cli("apply --yes");
    expect(wrong.code).toBe(1);
    expect(wrong.stdout + wrong.stderr).toContain("CODE_MISMATCH");
    write({ "resources.js": spec("worker.zip") });
    expect((await cli("plan --detailed-exitcode")).code).toBe(2);
    await apply();
    expect((await cli("plan --detailed-exitcode")).code).toBe(0);
  });
});

describe("plan", () => {
  it("writes the plan to standard output and progress to standard error", async () => {
    const { code, stdout, stderr } = await cli("plan");
    expect(stdout).toMatch(/create +my-api +API/);
    expect(stdout).toContain((await planned()).id);
    expect(stderr).toMatch(/^.*dev, eu-west-2.*\n$/);
    expect(code).toBe(0);
    expect(written()).toEqual([]);
  });

  it("reports changes by its exit code with --detailed-exitcode", async () => {
    expect((await cli("plan --detailed-exitcode")).code).toBe(2);
    await apply();
    expect((await cli("plan --detailed-exitcode")).code).toBe(0);
  });

  it("writes JSON to a file in addition to the text, or alone to standard output", async () => {
    const beside = await cli("plan --json plan.json");
    expect(beside.stdout).toMatch(/create +my-api +API/);
    const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));
    expect(plan).toMatchObject({ version: 1, counts: { create: 3 } });
    const alone = await cli("plan --json -");
    expect(JSON.parse(alone.stdout)).toEqual(plan);
  });

  it("reports a file that cannot be written", async () => {
    const { code, stderr } = await cli("plan --json no/such/plan.json");
    expect(codesIn(stderr)).toEqual(["FILE_NOT_WRITABLE"]);
    expect(stderr).toContain('"no/such/plan.json"');
    expect(code).toBe(1);
  });

  it("fails for a foreign resource, and adopts it with --adopt", async () => {
    await clientsOf(aws).api.createApi({ Name: "my-api", ProtocolType: "HTTP" });
    const foreign = await cli("plan");
    expect(codesIn(foreign.stdout)).toEqual(["FOREIGN_RESOURCE", "API_WITHOUT_STAGE"]);
    expect(foreign.code).toBe(1);
    expect((await cli("plan --adopt my-api")).code).toBe(0);
    const { changes } = await planned(" --adopt my-api");
    expect(changes.filter(({ adopts }) => adopts === true).map(({ key }) => key)).toEqual([
      "ApiGatewayV2::Api::my-api",
    ]);
  });

  it("treats another directory or stage as another stack, with paths relative to the repository root", async () => {
    write({ "apis/orders/package.json": PACKAGE, "apis/orders/resources.js": proxyStack({ api: "orders" }) });
    const { stdout } = await cli("plan apis/orders --stage prod --json -");
    expect(JSON.parse(stdout).stack).toMatchObject({ directory: "apis/orders", stage: "prod" });
    const below = await cli("plan . --stage prod --json -", { cwd: join(folder, "apis/orders") });
    expect(below.stdout).toBe(stdout);
    write({ "apis/orders/resources.js": "nonsense(" });
    expect((await cli("plan", { cwd: join(folder, "apis/orders") })).stderr).toContain(
      "SPEC_SYNTAX apis/orders/resources.js:1",
    );
  });

  it("finds resources that left the spec since --base", async () => {
    rmSync(join(folder, ".git"), { recursive: true });
    const role = `{ type: "Role", group: "IAM", properties: () => ({ RoleName: "my-role", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }) }`;
    write({ "resources.js": `exports.createResources = () => [${role}];\n` });
    const git = (...args: string[]): void => {
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: folder });
    };
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-q", "-m", "one");
    await apply();
    write({ "resources.js": "exports.createResources = () => [];\n" });
    expect((await cli("plan --base main")).stdout).toMatch(/delete +my-role +IAM role/);
    const unknown = await cli("plan --base nowhere");
    expect(unknown.stderr).toContain('REVISION_NOT_FOUND "nowhere"');
    expect(unknown.code).toBe(1);
  });
});

describe("apply", () => {
  it("says that the stage's smoke test is not run by the terminal", async () => {
    write({ ".github/gatewright.yml": "stages:\n  dev:\n    smoke: {GET /hello: 200}\n" });
    const { code, stderr } = await cli("apply --yes");
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining("Not run here: the stage's smoke test (1 call)"),
    ]);
    expect((await cli("destroy --yes")).stderr).not.toContain("smoke");
  });

  const createBegun = (): Promise<unknown> =>
    vi.waitFor(() => expect(written()).toContain("CreateApi"), 30_000);

  it("applies the plan, shows progress, and prints the ids", async () => {
    const { code, stdout, stderr } = await cli("apply --yes");
    const [record] = aws.state.apis.values();
    expect(stderr).toMatch(/created ApiGatewayV2::Api my-api/);
    expect(stdout).toContain(String(record?.api.ApiId));
    expect(stdout).toMatch(/Endpoint +https:\/\/\w+\.execute-api\.eu-west-2\.amazonaws\.com +my-api/);
    expect(stdout).toMatch(/IntegrationId/);
    expect(code).toBe(0);
    aws.resetCalls();
    expect((await cli("apply --yes")).code).toBe(0);
    expect(written()).toEqual([]);
  });

  it("accepts the current plan id", async () => {
    const { id } = await planned();
    expect((await cli(`apply --yes --plan-id ${id}`)).code).toBe(0);
  });

  it("exits with 1 when a step fails, lists what was and was not done, and continues the next time", async () => {
    aws.faults.inject({ kind: "denied", operation: "CreateIntegration", times: 1 });
    const failed = await cli("apply --yes");
    expect(failed.code).toBe(1);
    expect(codesIn(failed.stdout)).toContain("AWS_ACCESS_DENIED");
    expect(failed.stdout).toMatch(/1 failed, 1 skipped, 1 created/);
    expect(aws.state.apis.size).toBe(1);
    expect((await cli("apply --yes")).code).toBe(0);
    expect(aws.state.apis.size).toBe(1);
  });

  it("stops between two steps on Ctrl-C, and continues the next time", async () => {
    aws.faults.inject({ kind: "delay", operation: "CreateApi", delayMs: 1500 });
    const { code } = await cli("apply --yes", {
      onStart: (running) => void createBegun().then(() => running.kill("SIGINT")),
    });
    expect(code).toBe(130);
    expect(written()).toEqual(["CreateApi"]);
    expect((await cli("apply --yes")).code).toBe(0);
    expect(aws.state.apis.size).toBe(1);
  });

  it("quits at once on the second Ctrl-C", async () => {
    aws.faults.inject({ kind: "delay", operation: "CreateApi", delayMs: 100_000 });
    const twice = async ({ kill, output }: Running): Promise<void> => {
      await createBegun();
      const before = output();
      kill("SIGINT");
      // Its reply to the first Ctrl-C.
      await vi.waitFor(() => expect(output()).not.toBe(before), 10_000);
      kill("SIGINT");
    };
    // One that waited for the call would be killed before it ends, and have no exit code.
    const { code } = await cli("apply --yes", { onStart: (running) => void twice(running) });
    expect(code).toBe(130);
  });
});

describe("on a terminal", () => {
  const asked = '"yes"';

  it("apply asks, then applies what it showed", async () => {
    const { stdout, code } = await runOnTerminal(["apply"], {
      cwd: folder,
      env: { ...env, TERM: "xterm" },
      prompt: asked,
      answer: "yes\n",
    });
    const question = stdout.indexOf(asked);
    expect(stdout.slice(0, question)).toMatch(/\+ create .*my-api {2}API/);
    expect(stdout.slice(question)).toMatch(/^ {2}Endpoint +/m);
    expect(stdout).toContain("\u001b[");
    expect(code).toBe(0);
    expect(aws.state.apis.size).toBe(1);
  });

  it.each([
    ["no", "no\n"],
    ["nothing", "\n"],
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("%s means no", async (_, answer) => {
    const { code } = await runOnTerminal(["apply"], { cwd: folder, env, prompt: asked, answer });
    expect(code).toBe(1);
    expect(written()).toEqual([]);
  });

  it("respects NO_COLOR, and does not ask if there is nothing to do", async () => {
    await apply();
    const start = {
      cwd: folder,
      env: { ...env, TERM: "xterm", NO_COLOR: "1" },
      prompt: asked,
      answer: "no\n",
    };
    const { stdout, code } = await runOnTerminal(["apply"], start);
    expect(stdout).not.toContain(asked);
    expect(stdout).not.toContain("\u001b[");
    expect(code).toBe(0);
  });

  it("does not apply a plan that changed while it was waiting for the answer", async () => {
    let moved = false;
    const { stdout, code } = await runOnTerminal(["apply"], {
      cwd: folder,
      env,
      prompt: asked,
      answer: "yes\n",
      onOutput: (text) => {
        // Once: the program must not find the file half written when it plans again.
        if (moved || !text.includes(asked)) return;
        moved = true;
        write({ "resources.js": proxyStack({ description: "moved" }) });
      },
    });
    expect(codesIn(stdout)).toEqual(["API_WITHOUT_STAGE", "PLAN_STALE"]);
    expect(code).toBe(1);
    expect(written()).toEqual([]);
  });
});

describe("adopt", () => {
  it("takes the resource over, tags it, and applies the spec to it", async () => {
    await clientsOf(aws).api.createApi({ Name: "my-api", ProtocolType: "HTTP", Description: "theirs" });
    expect((await cli("adopt my-api --yes")).code).toBe(0);
    expect(aws.state.apis.size).toBe(1);
    const [record] = aws.state.apis.values();
    expect(record?.api.Tags).toMatchObject({ "gc-stage": "dev" });
    expect((await cli("plan --detailed-exitcode")).code).toBe(0);
  });
});

describe("destroy", () => {
  it("deletes the stack's own resources and nothing else", async () => {
    const { api } = clientsOf(aws);
    await api.createApi({ Name: "somebody-elses", ProtocolType: "HTTP" });
    await apply();
    expect((await cli("destroy --yes")).code).toBe(0);
    expect([...aws.state.apis.values()].map((record) => record.api.Name)).toEqual(["somebody-elses"]);
    aws.resetCalls();
    expect((await cli("destroy --yes")).code).toBe(0);
    expect(written()).toEqual([]);
  });

  it("does not start if nobody can confirm it", async () => {
    await apply();
    const { code, stderr } = await cli("destroy");
    expect(codesIn(stderr)).toEqual(["CONFIRMATION_NEEDED"]);
    expect(code).toBe(1);
    expect(aws.calls).toEqual([]);
  });
});

describe("list", () => {
  it("lists one type in the same form as the seed's page", async () => {
    await apply();
    const { stdout, code } = await cli("list -t ApiGatewayV2::Integration");
    expect(stdout).toContain("1 ApiGatewayV2::Integration from aws");
    expect(stdout).toContain("name: integration::my-api::https://example.com/");
    expect(stdout).toContain("managedByUs: Yes");
    expect(stdout).toContain("gc-managed-by: gatewright");
    expect(stdout).toContain("1 resource, 1 type, 1 provider");
    expect(code).toBe(0);
  });

  it("suggests the nearest type", async () => {
    const { stderr, code } = await cli("list -t ApiGatewayV2::Integratoin");
    expect(codesIn(stderr)).toEqual(["TYPE_UNKNOWN"]);
    expect(stderr).toContain('"ApiGatewayV2::Integratoin"');
    expect(stderr).toContain("ApiGatewayV2::Integration");
    expect(code).toBe(1);
  });
});

describe("graph", () => {
  it("works without AWS: no region, no credentials, no calls", async () => {
    const { stdout, code } = await runCli(["graph"], {
      cwd: folder,
      env: { AWS_ENDPOINT_URL: env.AWS_ENDPOINT_URL ?? "" },
    });
    expect(stdout).toMatch(/^flowchart LR\n/);
    expect(stdout).toContain("my-api");
    expect(code).toBe(0);
    expect(aws.calls).toEqual([]);
  });
});

describe("permissions", () => {
  it("prints the policies of both roles as JSON, without calling AWS", async () => {
    const { stdout, code } = await runCli(
      ["permissions", "--region", "eu-west-2", "--account", "123456789012"],
      {
        cwd: folder,
        env: { AWS_ENDPOINT_URL: env.AWS_ENDPOINT_URL ?? "" },
      },
    );
    expect(code).toBe(0);
    const { plan, apply } = JSON.parse(stdout);
    expect(plan.Statement[0].Action).toContain("apigateway:GET");
    expect(JSON.stringify(apply)).toContain("arn:aws:apigateway:eu-west-2::/apis");
    expect(aws.calls).toEqual([]);
  });
});

describe("the program", () => {
  it("prints its help and its version", async () => {
    const { stdout, code } = await cli("--help");
    for (const command of ["plan", "apply", "adopt", "destroy", "list", "graph", "permissions"])
      expect(stdout).toMatch(new RegExp(`^ +${command} `, "m"));
    expect(code).toBe(0);
    expect((await cli("plan --help")).stdout).toContain("--detailed-exitcode");
    expect((await cli("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("suggests the nearest command", async () => {
    const { stderr, code } = await cli("aply");
    expect(codesIn(stderr)).toEqual(["USAGE"]);
    expect(stderr).toContain('"aply"');
    expect(stderr).toContain('"apply"');
    expect(code).toBe(1);
  });

  it("uses no colour in a pipe", async () => {
    const { stdout, stderr } = await cli("apply --yes");
    expect(stdout + stderr).not.toContain("\u001b[");
  });

  it("also accepts the endpoint as an option", async () => {
    const { code } = await cli(`plan --endpoint ${env.AWS_ENDPOINT_URL}`, { env: { AWS_ENDPOINT_URL: "" } });
    expect(code).toBe(0);
  });

  it("takes the region from the AWS profile", async () => {
    write({ "aws-config": "[default]\nregion = eu-west-2\n" });
    const { AWS_REGION: _, ...regionless } = env;
    const { stderr, code } = await runCli(["plan"], {
      cwd: folder,
      env: { ...regionless, AWS_CONFIG_FILE: join(folder, "aws-config") },
    });
    expect(stderr).toContain("eu-west-2");
    expect(code).toBe(0);
  });

  it.skipIf(FROM_SOURCES)("runs on the machine's own Node, 20 or newer", async () => {
    const { stdout, stderr, code } = await cli("apply --yes", { node: machineNode() });
    expect(stderr).toContain("created ApiGatewayV2::Api my-api");
    expect(stdout).toMatch(/^ {2}Endpoint +/m);
    expect(code).toBe(0);
  });
});
