/**
 * Secrets enter the bot in every possible way. None may appear in logs, in requests to GitHub, on pages or in the database.
 * Secrets from the environment are recognizable; generated ones (tokens, passwords) are read where they are stored.
 */
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { type FakePostgres, startPostgres } from "../../fakes/postgres.ts";
import { codesIn, isMarked, stateOf } from "../reading.ts";
import { everythingIn, runPages, secretsOfTheApp, sentToGitHub, shownIn } from "./secret-search.ts";
import { type BotWorld, type Scenario, SECRET, startBotWorld } from "./world.ts";

const GIVEN = {
  databasePassword: "RecognisableDatabasePassword",
  accessKey: "AKIARECOGNISABLEKEY1",
  secretKey: "RecognisableSecretAccessKey/0123456789ab",
  sessionToken: "RecognisableSessionToken//0123456789abcdef==",
  variable: "RecognisableVariableOfTheFunction",
  newVariable: "RecognisableNewVariableOfTheFunction",
  stored: "RecognisableStoredSecret",
  header: "RecognisableAuthorizationHeader",
  cookie: "RecognisableCookieOfAnotherApp",
  query: "RecognisableCodeOfASignIn",
} as const;

const spec = (name: string, variable: string, extra = ""): string => `
exports.createResources = () => [
  { type: "Role", group: "IAM", properties: ({ config }) => ({ RoleName: "${name}-role",
    Description: \`for \${config.secret("/shop/stripe")}\`, AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }) },
  { type: "Function", group: "Lambda", properties: ({ generatePassword }) => ({ Configuration: {
      FunctionName: "${name}", Runtime: "nodejs22.x", Handler: "index.handler",
      Environment: { Variables: { TOKEN: "${variable}", MADE: generatePassword({ length: 24 }) } } } }),
    dependencies: () => ({ role: "${name}-role" }) },
  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "${name}", ProtocolType: "HTTP" }) },
  ${extra}
];`;

/** AWS refuses this with an error that quotes the request. */
const BROKEN = `{ type: "Route", group: "ApiGatewayV2", properties: () => ({ RouteKey: "GET /x" }),
    dependencies: () => ({ api: "NAME", integration: "integration::NAME::NAME" }) },
  { type: "Integration", group: "ApiGatewayV2", properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "NAME", lambdaFunction: "NAME" }) },`;

let postgres: FakePostgres;
let world: BotWorld;
let database: string;
let scenario: Scenario;
let pull: PullRequest;
const pages: string[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  database = postgres.database("secrets").replace("gatewright@", `gatewright:${GIVEN.databasePassword}@`);
  expect(database).toContain(GIVEN.databasePassword);
  world = await startBotWorld({
    env: {
      DATABASE_URL: database,
      LOG_LEVEL: "trace",
      AWS_ACCESS_KEY_ID: GIVEN.accessKey,
      AWS_SECRET_ACCESS_KEY: GIVEN.secretKey,
      AWS_SESSION_TOKEN: GIVEN.sessionToken,
    },
  });
  const manager = new SecretsManager(world.aws.clientConfig());
  await manager.createSecret({ Name: "/shop/stripe", SecretString: GIVEN.stored });
  scenario = world.scenario();
  await story();
  await lookAround();
});
afterAll(async () => {
  await world?.close();
  postgres?.stop();
});

/** A plan, an apply, a change, an apply that fails and a merge that fails. */
async function story(): Promise<void> {
  const { name, repository } = scenario;
  const files = (variable: string, extra = ""): Record<string, string> => ({
    "resources.js": spec(name, variable, extra.replaceAll("NAME", name)),
    [`${name}/index.js`]: "exports.handler = async () => ({});\n",
  });
  const first = await scenario.reviewed({ files: files(GIVEN.variable) });
  pull = first.pull;
  expect((await world.ask(pull, `/apply ${first.planId}`)).reaction).toBe("rocket");
  for (const command of ["/status", "/list", "/drift", "/destroy"]) await world.ask(pull, command);
  world.ana.merge(pull);
  await world.told(
    pull,
    "the merge's end",
    (body) => stateOf(body) === "nothing" || codesIn(body).includes("PLAN_NOT_REVIEWED"),
  );

  const second = await scenario.reviewed({ files: files(GIVEN.newVariable, BROKEN), branch: "second" });
  world.aws.faults.inject({
    kind: "custom",
    operation: "CreateIntegration",
    code: "BadRequestException",
    status: 400,
    times: 10,
  });
  world.github.faults.add({ on: "issues/update-comment", status: 500, times: 2 });
  world.github.faults.add({ on: "repos/create-deployment", status: 500, times: 2 });
  expect((await world.ask(second.pull, `/apply ${second.planId}`)).reaction).toBe("confused");
  world.ana.merge(second.pull);
  await world.github.until(
    "the failed merge's issue",
    () => repository.issues.some(({ body }) => isMarked(body, "failed-merge")),
    60_000,
  );
}

/** Visits every page, signed in and not signed in. */
async function lookAround(): Promise<void> {
  const { url } = world.bot();
  const headers = { authorization: `Bearer ${GIVEN.header}`, cookie: `other=${GIVEN.cookie}` };
  const keep = async (answer: Response): Promise<void> => {
    pages.push(JSON.stringify([...answer.headers]), await answer.text());
  };
  for (const path of ["/healthz", "/readyz", "/metrics", "/", "/runs", "/nowhere"])
    await keep(await fetch(`${url}${path}`, { headers, redirect: "manual" }));
  const callback = `${url}/login/callback?code=${GIVEN.query}&state=x`;
  await keep(await fetch(callback, { headers, redirect: "manual" }));
  await keep(
    await fetch(`${url}/api/github/webhooks`, {
      method: "POST",
      headers: {
        ...headers,
        "x-github-event": "push",
        "x-github-delivery": "forged",
        "x-hub-signature-256": "sha256=00",
      },
      body: "{}",
    }),
  );
  const ofRuns = await runPages(world, url);
  expect(ofRuns.length).toBeGreaterThan(5);
  pages.push(...ofRuns);
}

/** Everything that must not appear, by name. */
function secrets(): ReadonlyMap<string, string> {
  const { aws } = world;
  const variables = aws.state.functions.get(scenario.name)?.environment ?? {};
  expect(variables.TOKEN).toBe(GIVEN.newVariable);
  expect(variables.MADE).toMatch(/^.{24}$/);
  expect(aws.state.roles.get(`${scenario.name}-role`)?.role.Description).toBe(`for ${GIVEN.stored}`);
  return new Map([...Object.entries(GIVEN), ["password", String(variables.MADE)], ...secretsOfTheApp(world)]);
}

const shown = (text: string): readonly string[] => shownIn(text, secrets());

test("the search finds secrets, plain and in base64", () => {
  expect(shown(`x${SECRET}y`)).toEqual(["webhookSecret"]);
  expect(shown(Buffer.from(GIVEN.secretKey).toString("base64"))).toEqual(["secretKey"]);
});

describe("no secret appears", () => {
  test("in the log, at its most verbose level", () => {
    expect(world.logs()).toContain('"level":20');
    expect(shown(world.logs())).toEqual([]);
  });

  test("in anything sent to GitHub: comments, checks, deployments, issues", () => {
    const sent = world.github.requests.filter(({ method }) => method !== "GET");
    const operations = new Set(sent.map(({ operation }) => operation));
    for (const expected of [
      "issues/create-comment",
      "issues/update-comment",
      "checks/create",
      "checks/update",
      "repos/create-deployment",
      "repos/create-deployment-status",
      "issues/create",
    ])
      expect(operations).toContain(expected);
    expect(shown(sentToGitHub(world))).toEqual([]);
  });

  test("on any page or in the metrics", () => {
    expect(pages.some((text) => text.includes("gatewright_"))).toBe(true);
    expect(pages.some((text) => text.includes("CreateIntegration") || text.includes("integration::"))).toBe(
      true,
    );
    expect(shown(pages.join("\n"))).toEqual([]);
  });

  test("in the database: plans, results, steps, deliveries, the queue", async () => {
    const text = await everythingIn(database);
    expect(text).toContain("gatewright.run");
    expect(text).toContain(scenario.name);
    expect(shown(text)).toEqual([]);
  });

  test("but the plan says that a secret changes", () => {
    const bodies = scenario.repository.issues
      .flatMap(({ comments }) => comments.map(({ body }) => body))
      .join("\n");
    expect(bodies).toContain("Environment.Variables");
  });
});
