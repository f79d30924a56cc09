/**
 * The team of test/fixtures/team: three TypeScript functions with npm packages, a Python one with a pip package, a layer, dev and prod in
 * two accounts, each of them a MiniStack. The bot is a process with keys of dev's account, and assumes the roles of the stages.
 */
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { startMiniStack } from "../../emulators/ministack.ts";
import { checkout } from "../../fakes/github/action/checkout.ts";
import type { Files } from "../../fakes/github/changes/push.ts";
import type { Repository, WorkflowRun } from "../../fakes/github/state/types.ts";
import { startPostgres } from "../../fakes/postgres.ts";
import { PLAYED_NPM, runBuild } from "../../workflow-build.ts";
import { serveAccounts, sessionSecrets } from "../accounts.ts";
import { awsEnvironment, REGION } from "../world.ts";
import { type BotWorld, type Scenario, startBotWorld } from "./world.ts";

const FIXTURE = join(import.meta.dirname, "../../fixtures/team");

/** Accounts of the stages, as the fixture's settings have them. */
export const ACCOUNTS = { dev: "111111111111", prod: "222222222222" } as const;
export type Stage = keyof typeof ACCOUNTS;
const STAGES: readonly Stage[] = ["dev", "prod"];

/** What only Secrets Manager has. */
export const STORED: Readonly<Record<Stage, string>> = {
  dev: "RecognisableStripeKeyOfDev",
  prod: "RecognisableStripeKeyOfProd",
};
export const BOTS_KEY = "RecognisableSecretKeyOfTheBot";
const DATABASE_PASSWORD = "RecognisableDatabasePassword";

const role = (stage: Stage, name: string): string => `arn:aws:iam::${ACCOUNTS[stage]}:role/team-${name}`;
const ROLES = [
  { repository: "acme/*", stage: "dev", roles: [role("dev", "dev")], planRoles: [role("dev", "dev-plan")] },
  {
    repository: "acme/*",
    stage: "prod",
    roles: [role("prod", "prod")],
    planRoles: [role("prod", "prod-plan")],
  },
  { repository: "acme/*", stage: "pr-*", roles: [role("dev", "previews")] },
];

export interface TeamWorld {
  readonly world: BotWorld;
  readonly scenario: Scenario;
  readonly database: string;
  /** Whatever must not be shown, by name. */
  readonly secrets: readonly (readonly [string, string])[];
  /** The build's run begins, as a push and a pull request start it. */
  begins(sha: string, event?: string): WorkflowRun;
  /** It ends well: the workflow's own steps have run on the commit, and their artifacts are there. */
  ends(run: WorkflowRun): void;
  /** The names of the functions in the account of a stage. */
  functions(stage: Stage): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The fixture's files. */
function teamFiles(): Readonly<Record<string, Buffer>> {
  const files = readdirSync(FIXTURE, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(FIXTURE, file), readFileSync(file)];
    }),
  );
}

const SET_UP = /^(\.github|package\.json)/;
/** What the default branch has before there is a stack: its settings and its workflow. */
const setUp = (): Files =>
  Object.fromEntries(Object.entries(teamFiles()).filter(([path]) => SET_UP.test(path)));
/** What the team's first pull request brings. */
export const application = (): Files =>
  Object.fromEntries(Object.entries(teamFiles()).filter(([path]) => !SET_UP.test(path)));

export async function startTeamWorld(): Promise<TeamWorld> {
  const [postgres, ...emulators] = await Promise.all([
    startPostgres(),
    ...STAGES.map((stage) => startMiniStack(ACCOUNTS[stage])),
  ]);
  const urls = Object.fromEntries(STAGES.map((stage, index) => [stage, emulators[index]?.url ?? ""]));
  const urlOf = (stage: Stage): string => urls[stage] ?? "";
  const accounts = await serveAccounts(
    Object.fromEntries(
      STAGES.map((stage, index) => [
        ACCOUNTS[stage],
        {
          listen: async () => ({
            url: urlOf(stage),
            close: async () => emulators[index]?.stop(),
          }),
        },
      ]),
    ),
  );
  const database = postgres.database("team").replace("gatewright@", `gatewright:${DATABASE_PASSWORD}@`);
  await Promise.all(STAGES.map((stage) => storeValues(urlOf(stage), stage)));
  const world = await startBotWorld({
    env: {
      ...awsEnvironment(accounts.url),
      AWS_ACCESS_KEY_ID: `ASIA${ACCOUNTS.dev}`,
      AWS_SECRET_ACCESS_KEY: BOTS_KEY,
      DATABASE_URL: database,
      LOG_LEVEL: "trace",
      GATEWRIGHT_ROLES: JSON.stringify(ROLES),
    },
  });
  const scenario = world.scenario({ files: setUp() });
  return {
    world,
    scenario,
    database,
    secrets: [
      ["the secret of dev", STORED.dev],
      ["the secret of prod", STORED.prod],
      ["the bot's secret key", BOTS_KEY],
      ["the database's password", DATABASE_PASSWORD],
      ...STAGES.flatMap((stage) =>
        sessionSecrets(ACCOUNTS[stage]).map((one) => [`of a session in ${stage}`, one] as const),
      ),
    ],
    begins: (sha, event = "pull_request") =>
      world.github.workflowRun(scenario.repository, { workflow: "build.yml", sha, event }),
    ends: (run) => {
      for (const [name, files] of Object.entries(built(scenario.repository, run.sha)))
        world.github.upload(run, name, files);
      world.github.endWorkflowRun(scenario.repository, run, "success");
    },
    functions: async (stage) => {
      const client = new LambdaClient(clientOf(urlOf(stage), stage));
      const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
      return Functions.map(({ FunctionName = "" }) => FunctionName).sort();
    },
    close: async () => {
      await world.close();
      await accounts.close();
      postgres.stop();
    },
  };
}

function clientOf(endpoint: string, stage: Stage) {
  const credentials = { accessKeyId: ACCOUNTS[stage], secretAccessKey: "any" };
  return { endpoint, region: REGION, credentials };
}

async function storeValues(endpoint: string, stage: Stage): Promise<void> {
  const config = clientOf(endpoint, stage);
  await new SSMClient(config).send(
    new PutParameterCommand({ Name: `/team/${stage}/table`, Value: `orders-of-${stage}`, Type: "String" }),
  );
  await new SecretsManagerClient(config).send(
    new CreateSecretCommand({ Name: `/team/${stage}/stripe`, SecretString: STORED[stage] }),
  );
}

/** The commit's workflow, run: with esbuild and pip. */
function built(repository: Repository, sha: string): ReturnType<typeof runBuild> {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-team-"));
  try {
    checkout(repository, sha, folder);
    return runBuild(folder, { npm: PLAYED_NPM });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
