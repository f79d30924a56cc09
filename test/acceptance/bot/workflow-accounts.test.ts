/** The bot inside a workflow, with a stage in each of two accounts: the job's OIDC token is exchanged for each stage's role. */
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { createFakeAws, type FakeAws } from "../../fakes/aws/fake-aws.ts";
import { actionEnvironment } from "../../fakes/github/action/environment.ts";
import { type ActionRun, runAction } from "../../fakes/github/action/run.ts";
import { createFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { type Accounts, serveAccounts, sessionSecrets } from "../accounts.ts";
import { program } from "../process.ts";
import { codesIn, planIdIn } from "../reading.ts";
import { PACKAGE, proxyStack } from "../world.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/several-accounts/", import.meta.url));
const read = (file: string): string => readFileSync(`${EXAMPLE}${file}`, "utf8");
/** The example's own files: what they say is what is tested. */
const SETTINGS = read(".github/gatewright.yml");
const step: { readonly with: { readonly roles: string } } = parse(
  read(".github/workflows/gatewright-bot.yml"),
).jobs.bot.steps[0];
const [DEV, PROD] = ["111111111111", "222222222222"];
const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;

let github: FakeGitHub;
let dev: FakeAws;
let prod: FakeAws;
let accounts: Accounts;
let made = 0;
beforeAll(async () => {
  github = createFakeGitHub();
  await github.listen();
  [dev, prod] = [DEV, PROD].map((account) =>
    createFakeAws({ region: "eu-west-2", clock: Date.now, account }),
  ) as [FakeAws, FakeAws];
  accounts = await serveAccounts({ [DEV]: dev, [PROD]: prod });
});
afterAll(async () => {
  await accounts?.close();
  await github?.close();
});
afterEach(() => {
  accounts.assumed.length = 0;
  expect(github.violations).toEqual([]);
});

function start(settings = SETTINGS): PullRequest {
  made += 1;
  const repository = github.repository(`acme/accounts-${made}`, {
    files: {
      "package.json": PACKAGE.replace("shop", `accounts-${made}`),
      ".github/gatewright.yml": settings,
    },
    collaborators: { ana: "write", ben: "write" },
  });
  const ana = github.person("ana");
  ana.push(repository, "topic", { "resources.js": proxyStack({ api: `api-${made}` }) });
  const pull = ana.openPullRequest(repository, { head: "topic", title: "Change" });
  github.person("ben").approve(pull);
  return pull;
}

async function command(
  pull: PullRequest,
  body: string,
  { roles = step.with.roles, env = accounts.env }: { roles?: string; env?: Accounts["env"] } = {},
): Promise<ActionRun & { readonly reply: string }> {
  const comment = github.person("ana").comment(pull, body);
  const environment = actionEnvironment(github, pull, {
    event: "issue_comment",
    comment,
    inputs: { roles },
    env: { HOME: "/nonexistent", ...env },
    permissions: {
      contents: "read",
      pull_requests: "write",
      issues: "write",
      checks: "write",
      deployments: "write",
      statuses: "read",
    },
  });
  const run = await runAction(program("bot-workflow"), environment);
  rmSync(environment.directory, { recursive: true, force: true });
  expect(run.stderr).toBe("");
  const replies = pull.comments.filter(({ author }) => author.login === "github-actions[bot]");
  return { ...run, reply: replies.at(-1)?.body ?? "" };
}

const names = ({ state }: FakeAws): readonly (string | undefined)[] =>
  [...state.apis.values()].map(({ api }) => api.Name);

test("each stage is planned with its planRole and applied with its role, in its account", async () => {
  const pull = start();
  for (const [stage, account, mine, other] of [
    ["dev", DEV, dev, prod],
    ["prod", PROD, prod, dev],
  ] as const) {
    const before = names(other);
    accounts.assumed.length = 0;
    const planned = await command(pull, `/plan -s ${stage}`);
    expect(planned.reply).toContain(account);
    const sessions = [...accounts.assumed];
    expect(new Set(sessions.map(({ role: arn }) => arn))).toEqual(
      new Set([role(account, `gatewright-${stage}-plan`)]),
    );
    expect(sessions[0]?.session).toMatch(/^gatewright-pr\d+-.*-acme-accounts-\d+$/);
    const applied = await command(pull, `/apply ${planIdIn(planned.reply)} -s ${stage}`);
    expect(applied.exitCode, applied.log).toBe(0);
    expect(accounts.assumed.map(({ role: arn }) => arn)).toContain(role(account, `gatewright-${stage}`));
    expect(names(mine)).toEqual([`api-${made}`]);
    expect(names(other)).toEqual(before);
    for (const secret of ["header.claims-of-the-job.signature", ...sessionSecrets(account)])
      expect(applied.log + applied.reply + applied.summary).not.toContain(secret);
  }
}, 90_000);

test("the settings cannot name a role that the workflow file does not allow", async () => {
  const pull = start(SETTINGS.replaceAll("role/gatewright-prod-plan", "role/admin"));
  const { reply } = await command(pull, "/plan -s prod");
  expect(codesIn(reply)).toEqual(["ROLE_NOT_ALLOWED"]);
  expect(accounts.assumed).toEqual([]);
});

test("a stage that the workflow file does not have gets nothing", async () => {
  const pull = start();
  const { reply } = await command(pull, "/plan -s prod", {
    roles: `[{stage: dev, roles: ["${role(DEV, "gatewright-dev")}"]}]`,
  });
  expect(codesIn(reply)).toEqual(["ROLE_NOT_ALLOWED"]);
});

test("what config.secret reads is masked in the job's log, line by line, and shown nowhere", async () => {
  const pull = start();
  const { repository } = pull;
  const manager = new SecretsManager(dev.clientConfig());
  await manager.createSecret({
    Name: "/shop/stripe",
    SecretString: "RecognisableSecret\nRecognisableRest, 100 %",
  });
  const spec = proxyStack({ api: `api-${made}`, description: "DESCRIPTION" })
    .replace('"DESCRIPTION"', 'config.secret("/shop/stripe")')
    .replace("properties: () =>", "properties: ({ config }) =>");
  github.person("ana").push(repository, "topic", { "resources.js": spec });
  github.person("ben").approve(pull);
  const planned = await command(pull, "/plan -s dev");
  const applied = await command(pull, `/apply ${planIdIn(planned.reply)} -s dev`);
  expect(applied.exitCode, applied.log).toBe(0);
  for (const { stdout, summary, reply, outputs, masks } of [planned, applied]) {
    expect(masks).toEqual(expect.arrayContaining(["RecognisableSecret", "RecognisableRest, 100 %"]));
    const lines = stdout.split("\n");
    expect(lines).toContain("::add-mask::RecognisableRest, 100 %25");
    const rest = lines.filter((line) => !line.startsWith("::add-mask::"));
    expect([rest.join("\n"), summary, reply, JSON.stringify(outputs)].join("\n")).not.toMatch(/Recognisable/);
  }
}, 90_000);

test("a role in another account than the stage's is refused before anything is read", async () => {
  const pull = start(SETTINGS.replaceAll(`"${PROD}"`, '"333333333333"'));
  const { reply } = await command(pull, "/plan -s prod");
  expect(codesIn(reply)).toEqual(["AWS_WRONG_ACCOUNT"]);
});

test("without id-token: write, the reply says what the job lacks", async () => {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...env } = accounts.env;
  const { reply } = await command(start(), "/plan -s dev", { env });
  expect(codesIn(reply)).toEqual(["OIDC_UNAVAILABLE"]);
});

test("roles that cannot be read stop the job, with the form that is accepted", async () => {
  const { exitCode, annotations } = await command(start(), "/plan -s dev", { roles: "gatewright-dev" });
  expect(exitCode).toBe(1);
  expect(annotations.map(({ message }) => message).join()).toContain("BOT_CONFIG_INVALID");
});
