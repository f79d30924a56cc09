/**
 * Every kind of bad input, with the built terminal program: the error has a code, the offending value, a hint, a file and a
 * line; the exit code is 1; and nothing is written to AWS.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFakeAws, type FakeAws } from "../fakes/aws/fake-aws.ts";
import { type Ended, runCli } from "./process.ts";
import { awsEnvironment, proxyStack, REGION } from "./world.ts";

let folder: string;
let aws: FakeAws;
let env: Readonly<Record<string, string>>;
let close: () => Promise<void>;

beforeAll(async () => {
  aws = createFakeAws({ region: REGION, clock: Date.now });
  const server = await aws.listen();
  env = awsEnvironment(server.url);
  close = () => server.close();
});
afterAll(() => close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatewright-bad-"));
  // A repository root, so that no folder above is taken for it.
  mkdirSync(join(folder, ".git"));
  write({ "package.json": JSON.stringify({ name: "bad" }) });
  aws.resetCalls();
  aws.faults.clear();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function cli(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runCli(args, { cwd: folder, env: { ...env, ...more } });
}

interface Expected {
  readonly code: string;
  /** What the message contains: the offending value, names, limits. */
  readonly says: readonly (string | RegExp)[];
  /** `resources.js:3`; absent if the mistake is not in a file. */
  readonly at?: string;
  /** What the hint contains: accepted forms, options, names. A hint is required in any case. */
  readonly hint?: string | RegExp;
}

function expectError({ code, stdout, stderr }: Ended, expected: Expected): void {
  const lines = stderr.split("\n").filter((line) => !line.endsWith("…"));
  const text = lines.join("\n");
  expect(text).toContain(`error ${expected.code} `);
  for (const part of expected.says) {
    if (typeof part === "string") expect(text).toContain(part);
    else expect(text).toMatch(part);
  }
  if (expected.at !== undefined) expect(text).toContain(`error ${expected.code} ${expected.at}`);
  const hint = /^ {2}hint: (.*)$/m.exec(text)?.[1] ?? "";
  if (typeof expected.hint === "string") expect(hint).toContain(expected.hint);
  else expect(hint).toMatch(expected.hint ?? /\S/);
  expect(text).not.toMatch(/^\s+at .*\.(mjs|js|ts):\d+/m);
  expect(stdout).toBe("");
  expect(code).toBe(1);
  expect(aws.calls.filter((call) => call.write)).toEqual([]);
}

/** One entry per line; the first is on line 2. */
function spec(...entries: readonly string[]): string {
  return ["exports.createResources = () => [", ...entries.map((entry) => `  ${entry},`), "];", ""].join("\n");
}

const API =
  '{ type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "my-api", ProtocolType: "HTTP" }) }';
const ROLE = `{ type: "Role", group: "IAM", name: "my-role", properties: () => ({ AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }) }`;
const FUNCTION = `{ type: "Function", group: "Lambda", name: "my-function", properties: () => ({ Handler: "index.handler", Runtime: "nodejs22.x" }), dependencies: () => ({ role: "my-role" }) }`;
const api = (name: string, properties: string): string =>
  `{ type: "Api", group: "ApiGatewayV2", name: "${name}", properties: (${properties.includes("getId") ? "{ getId }" : ""}) => ({ ProtocolType: "HTTP", ${properties} }) }`;

const inFiles: readonly (Expected & {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
})[] = [
  {
    what: "a syntax error",
    files: { "resources.js": 'exports.createResources = () => [\n  { type: "Api" group: "x" },\n];\n' },
    code: "SPEC_SYNTAX",
    says: [],
    at: "resources.js:2",
  },
  {
    what: "an endless loop",
    files: { "resources.js": "exports.createResources = () => {\n  for (;;);\n};\n" },
    code: "SPEC_TIMEOUT",
    says: [/\d+ ?s/],
  },
  {
    what: "a memory bomb",
    files: {
      "resources.js":
        "exports.createResources = () => {\n  const all = [];\n  for (;;) all.push(new Array(1e6).fill(all.length));\n};\n",
    },
    code: "SPEC_MEMORY",
    says: [/\d+ ?MB/],
  },
  {
    what: "a required file that is missing",
    files: { "resources.js": 'const all = 1;\nconst helper = require("./helper");\n' },
    code: "REQUIRE_NOT_FOUND",
    says: ["./helper"],
    at: "resources.js:2",
    hint: "helper.js, helper.cjs, helper.mjs, helper.ts",
  },
  {
    what: "a module of Node",
    files: { "resources.js": 'const fs = require("fs");\n' },
    code: "REQUIRE_FORBIDDEN",
    says: ['require("fs")'],
    at: "resources.js:1",
    hint: /"\.\/other".*"rubico".*"path"/,
  },
  {
    what: "a path out of the repository",
    files: { "resources.js": '\n\nmodule.exports = require("../../etc/passwd");\n' },
    code: "REQUIRE_OUTSIDE",
    says: ["../../etc/passwd"],
    at: "resources.js:3",
  },
  {
    what: "something that is not an array",
    files: { "resources.js": "exports.createResources = () => ({ type: 'Api' });\n" },
    code: "SPEC_NOT_ARRAY",
    says: [],
    at: "resources.js",
    hint: "exports.createResources = () => [",
  },
  {
    what: "an unknown group",
    files: { "resources.js": spec(API, '{ type: "Api", group: "ApiGatewayV3", properties: () => ({}) }') },
    code: "TYPE_UNKNOWN",
    says: ["ApiGatewayV3::Api"],
    at: "resources.js:3",
    hint: "ApiGatewayV2::Api",
  },
  {
    what: "an unknown type",
    files: { "resources.js": spec('{ type: "Integratoin", group: "ApiGatewayV2" }') },
    code: "TYPE_UNKNOWN",
    says: ["ApiGatewayV2::Integratoin"],
    at: "resources.js:2",
    hint: "ApiGatewayV2::Integration",
  },
  {
    what: "a misspelt property",
    files: { "resources.js": spec(api("my-api", 'Descripton: "x"')) },
    code: "PROPERTY_UNKNOWN",
    says: ["Descripton"],
    at: "resources.js:2",
    hint: "Description",
  },
  {
    what: "a value of the wrong type",
    files: { "resources.js": spec(api("my-api", "Description: 5")) },
    code: "PROPERTY_INVALID",
    says: ["Description", "5"],
    at: "resources.js:2",
  },
  {
    what: "a missing dependency",
    files: {
      "resources.js": spec(
        API,
        '{ type: "Route", group: "ApiGatewayV2", properties: () => ({ RouteKey: "GET /" }) }',
      ),
    },
    code: "DEPENDENCY_MISSING",
    says: ["api"],
    at: "resources.js:3",
    hint: 'dependencies: () => ({ api: "my-api" })',
  },
  {
    what: "an unknown dependency key",
    files: {
      "resources.js": spec(
        API,
        '{ type: "Route", group: "ApiGatewayV2", properties: () => ({ RouteKey: "GET /" }), dependencies: () => ({ api: "my-api", integratoin: "x" }) }',
      ),
    },
    code: "DEPENDENCY_UNKNOWN",
    says: ["integratoin"],
    at: "resources.js:3",
    hint: "integration",
  },
  {
    what: "an unknown dependency name",
    files: {
      "resources.js": spec(
        API,
        '{ type: "Route", group: "ApiGatewayV2", properties: () => ({ RouteKey: "GET /" }), dependencies: () => ({ api: "my-apo" }) }',
      ),
    },
    code: "DEPENDENCY_NOT_FOUND",
    says: ["my-apo"],
    at: "resources.js:3",
    hint: "my-api",
  },
  {
    what: "two resources of one name",
    files: { "resources.js": spec(API, API) },
    code: "NAME_DUPLICATE",
    says: ["ApiGatewayV2::Api::my-api"],
    at: "resources.js:3",
  },
  {
    what: "a cycle of references",
    files: {
      "resources.js": spec(
        api("one", 'Description: "id " + getId({ group: "ApiGatewayV2", type: "Api", name: "two" })'),
        api("two", 'Description: "id " + getId({ group: "ApiGatewayV2", type: "Api", name: "one" })'),
      ),
    },
    code: "REFERENCE_CYCLE",
    says: [/one.*two.*one|two.*one.*two/s],
    at: "resources.js",
  },
  {
    what: "a getId of a name that does not exist",
    files: {
      "resources.js": spec(
        API,
        api("other", 'Description: "id " + getId({ group: "ApiGatewayV2", type: "Api", name: "my-apy" })'),
      ),
    },
    code: "REFERENCE_NOT_FOUND",
    says: ["my-apy"],
    at: "resources.js:3",
    hint: "my-api",
  },
  {
    what: "a spec over a fixed quota of AWS",
    files: {
      "resources.js": `exports.createResources = () => [
  ${API},
  ...Array.from({ length: 301 }, (_, index) => ({
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri: \`https://example.com/\${index}\` }),
    dependencies: () => ({ api: "my-api" }),
  })),
];
`,
    },
    code: "QUOTA_EXCEEDED",
    says: ["301", "300"],
    at: "resources.js",
  },
  {
    what: "a function without its folder",
    files: { "resources.js": spec(ROLE, FUNCTION) },
    code: "CODE_FOLDER_MISSING",
    says: ["my-function"],
    at: "resources.js:3",
  },
];

describe("a spec with", () => {
  it.each(inFiles)("$what", async ({ files, ...expected }) => {
    write(files);
    expectError(await cli(["plan"]), expected);
    // Apply fails in the same way. The endless loop is tried only once, because its deadline takes ten seconds.
    if (expected.code !== "SPEC_TIMEOUT") expectError(await cli(["apply", "--yes"]), expected);
  });

  it("a symbolic link out of the repository", async () => {
    write({ "resources.js": 'module.exports = require("./secret.js");\n' });
    symlinkSync("/etc/passwd", join(folder, "secret.js"));
    expectError(await cli(["plan"]), {
      code: "REQUIRE_SYMLINK",
      says: ["secret.js"],
      at: "resources.js:1",
    });
  });

  it("several mistakes: reports all of them at once", async () => {
    write({
      "resources.js": spec(
        '{ type: "Queue", group: "SQS" }',
        '{ type: "Table", group: "DynamoDB" }',
        api("my-api", 'Descripton: "x"'),
      ),
    });
    const { stderr } = await cli(["plan"]);
    expect(stderr).toContain("SQS::Queue");
    expect(stderr).toContain("DynamoDB::Table");
    expect(stderr).toContain("Descripton");
  });

  it("an empty function folder", async () => {
    write({ "resources.js": spec(ROLE, FUNCTION) });
    mkdirSync(join(folder, "my-function"));
    expectError(await cli(["plan"]), {
      code: "CODE_FOLDER_EMPTY",
      says: ["my-function"],
      at: "resources.js:3",
    });
  });

  it("a function that is too large", async () => {
    const noise = new Uint8Array(51 * 1024 * 1024);
    for (let at = 0; at < noise.length; at += 65_536)
      crypto.getRandomValues(noise.subarray(at, Math.min(at + 65_536, noise.length)));
    write({ "resources.js": spec(ROLE, FUNCTION), "my-function/blob.bin": noise });
    expectError(await cli(["plan"]), {
      code: "CODE_TOO_LARGE",
      says: ["my-function", /51\.\d MB/, "50 MB"],
      at: "resources.js:3",
    });
  });
});

describe("an environment with", () => {
  beforeEach(() => write({ "resources.js": proxyStack() }));

  it("no region", async () => {
    const result = await runCli(["plan"], { cwd: folder, env: { ...env, AWS_REGION: "" } });
    expectError(result, { code: "NO_REGION", says: ["eu-west-2"], hint: "--region" });
  });

  it("an invalid region", async () => {
    expectError(await cli(["plan", "--region", "London"]), {
      code: "OPTION_INVALID",
      says: ['"London"', "eu-west-2"],
      hint: "--help",
    });
  });

  it("no credentials", async () => {
    expectError(await cli(["plan"], { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }), {
      code: "AWS_NO_CREDENTIALS",
      says: [],
      hint: "configure-aws-credentials",
    });
  });

  it.each([
    ["ExpiredToken", 403, "AWS_CREDENTIALS_EXPIRED"],
    ["InvalidClientTokenId", 403, "AWS_CREDENTIALS_REFUSED"],
  ])("credentials that are refused: %s", async (name, status, code) => {
    aws.faults.inject({
      kind: "custom",
      code: name,
      message: "The security token is no good",
      status,
      times: 99,
    });
    expectError(await cli(["plan"]), { code, says: ["The security token is no good"] });
  });

  it("insufficient permissions: names the IAM action", async () => {
    aws.faults.inject({ kind: "denied", operation: "GetApis", times: 99 });
    expectError(await cli(["plan"]), {
      code: "AWS_ACCESS_DENIED",
      says: ["apigateway:GET"],
      hint: "apigateway:GET",
    });
  });

  it("a different account than expected", async () => {
    expectError(await cli(["plan", "--account", "999999999999"]), {
      code: "AWS_WRONG_ACCOUNT",
      says: ["123456789012", "999999999999"],
    });
  });

  it("throttling that does not end", async () => {
    aws.faults.inject({ kind: "throttle", service: "apigatewayv2", times: 999 });
    expectError(await cli(["plan"]), { code: "AWS_THROTTLED", says: [/\d/] });
  });

  it("an endpoint where nothing listens", async () => {
    expectError(await cli(["plan", "--endpoint", "http://127.0.0.1:9"]), {
      code: "AWS_UNREACHABLE",
      says: ["127.0.0.1:9"],
      hint: "AWS_ENDPOINT_URL",
    });
  });
});

describe("an apply", () => {
  beforeEach(() => write({ "resources.js": proxyStack() }));

  const planId = async (): Promise<string> => {
    const { stdout } = await cli(["plan", "--json", "-"]);
    return JSON.parse(stdout).id;
  };

  it("of an outdated plan id is refused", async () => {
    const id = await planId();
    write({ "resources.js": proxyStack({ description: "changed since" }) });
    const result = await cli(["apply", "--yes", "--plan-id", id]);
    expectError(
      { ...result, stdout: "" },
      {
        code: "PLAN_STALE",
        says: [id],
      },
    );
  });

  it("is refused after a resource was deleted by hand; a new apply creates it again", async () => {
    expect((await cli(["apply", "--yes"])).code).toBe(0);
    write({ "resources.js": proxyStack({ description: "new" }) });
    const id = await planId();
    aws.state.apis?.clear();
    aws.resetCalls();
    const result = await cli(["apply", "--yes", "--plan-id", id]);
    expectError({ ...result, stdout: "" }, { code: "PLAN_STALE", says: [id] });
    expect((await cli(["apply", "--yes"])).code).toBe(0);
    expect((await cli(["plan", "--detailed-exitcode"])).code).toBe(0);
  });

  it("does not start if nobody can confirm it", async () => {
    expectError(await cli(["apply"]), {
      code: "CONFIRMATION_NEEDED",
      says: ["gatewright apply"],
      hint: "--yes",
    });
  });
});
