/** Everything that the demo starts: a local AWS, a local GitHub with a repository and two people, the App and the bot. */
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { APP, appEnvironment, type BotProcess, startBot } from "../../test/acceptance/bot-process.ts";
import { startMiniStack } from "../../test/emulators/ministack.ts";
import type { Emulator } from "../../test/emulators/process.ts";
import { createFakeGitHub, type FakeGitHub } from "../../test/fakes/github/fake-github.ts";
import type { Person } from "../../test/fakes/github/person.ts";
import type { Repository } from "../../test/fakes/github/state/types.ts";
import { freePort } from "../../test/free-port.ts";
import { areEmulatorsInstalled } from "../setup-emulators.ts";
import { BASE } from "./files.ts";
import type { Screen } from "./screen.ts";

export interface World {
  readonly aws: Emulator;
  readonly awsEnv: Readonly<Record<string, string>>;
  readonly github: FakeGitHub;
  readonly repository: Repository;
  /** Writes the stack. */
  readonly ana: Person;
  /** Reviews it. */
  readonly ben: Person;
  readonly bot: BotProcess;
  /** The built Action. */
  readonly action: string;
  /** For logs and the bot's database. */
  readonly folder: string;
}

/** How to stop what was started; called in reverse order. */
export type Ends = (() => Promise<unknown> | unknown)[];

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SECRET = "the webhook secret of the demo";

/** Starts everything. What has been started is in `ends`, even if a later start fails. */
export async function startWorld(screen: Screen, ends: Ends): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-demo-"));
  const action = process.env.GATEWRIGHT_ACTION ?? join(ROOT, "dist/main.mjs");

  if (!areEmulatorsInstalled())
    await screen.step("installing the local AWS from PyPI into .venv (about a minute)", (tell) =>
      script("setup-emulators.ts", tell),
    );
  if (!existsSync(action) && process.env.GATEWRIGHT_ACTION === undefined)
    await screen.step("building the Action", (tell) => script("build.ts", tell));

  const aws = await screen.step("starting the local AWS (MiniStack)", async () => {
    const started = await startMiniStack();
    ends.push(() => started.stop());
    return started;
  });
  screen.say(screen.colors.dim(`  ${aws.url}, account 000000000000, region eu-west-2`));

  const github = createFakeGitHub();
  await screen.step("starting the local GitHub", async () => {
    await github.listen();
    ends.push(() => github.close());
  });
  const repository = github.repository("acme/shop", {
    files: BASE,
    collaborators: { ana: "write", ben: "write" },
  });
  screen.say(
    screen.colors.dim(`  ${github.world.urls.html}/acme/shop, where ana and ben have write permission`),
  );

  const awsEnv = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: "eu-west-2",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nonexistent",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  };
  const bot = await screen.step("starting the bot (npm run bot)", async () => {
    const started = await startDemoBot({ github, folder, awsEnv });
    ends.push(() => started.stop());
    return started;
  });
  screen.say(screen.colors.dim(`  ${bot.url}, the GitHub App “gatewright”, installed for acme`));
  github.signIn.browser = github.person("ana").account;
  const [ana, ben] = [github.person("ana"), github.person("ben")];
  return { aws, awsEnv, github, repository, ana, ben, bot, action, folder };
}

type BotNeeds = Pick<World, "github" | "folder" | "awsEnv">;

async function startDemoBot({ github, folder, awsEnv }: BotNeeds): Promise<BotProcess> {
  const port = await freePort();
  const app = github.app({
    ...APP,
    webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
    webhookSecret: SECRET,
  });
  github.install(app, "acme");
  const log = createWriteStream(join(folder, "bot.log"));
  return startBot({
    port,
    env: { ...appEnvironment(github, app, port), ...awsEnv, DATA_DIRECTORY: join(folder, "data") },
    onLog: (text) => log.write(text),
  });
}

/** Runs one of our scripts as a process, to show progress while it works. */
function script(name: string, tell: (text: string) => void): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(ROOT, "scripts", name)], { cwd: ROOT });
    const written: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        written.push(text);
        const last = text.trim().split("\n").at(-1) ?? "";
        if (last !== "") tell(last);
      });
    }
    child.once("error", failed);
    child.once("close", (code) => (code === 0 ? done() : failed(new Error(written.join("")))));
  });
}
