/**
 * The bot as a process, with a fake GitHub and a strict fake AWS. A start takes seconds, so the tests of a file share one world.
 * Every scenario gets its own repository, and with it its own project, API, locks and queues.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeAws, type FakeAws, type FakeAwsOptions } from "../../fakes/aws/fake-aws.ts";
import type { Files } from "../../fakes/github/changes/push.ts";
import { createFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from "../../fakes/github/fake-github.ts";
import type { Person } from "../../fakes/github/person.ts";
import type { App, Comment, Issue, PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { freePort } from "../../free-port.ts";
import { APP, appEnvironment, type BotProcess, startBot } from "../bot-process.ts";
import { isMarked, planIdIn } from "../reading.ts";
import { awsEnvironment, proxyStack, REGION } from "../world.ts";

const BOT = "gatewright[bot]";
/** Generous, because the machine may be busy. */
const PATIENCE_MS = 40_000;

export const SECRET = "a webhook secret of these tests";

export interface Answer {
  /** The command's comment, with the bot's reactions. */
  readonly asked: Comment;
  /** `rocket` or `confused` */
  readonly reaction: string;
  /** The bot's reply: new comments first, then edited ones. */
  readonly bodies: readonly string[];
  /** The first of them. */
  readonly body: string;
}

export interface Scenario {
  readonly repository: Repository;
  /** The name of its repository, API and package. */
  readonly name: string;
  /** Pushes a branch with these files as ana and opens its pull request. */
  open(files: Files, options?: { readonly branch?: string; readonly fork?: boolean }): PullRequest;
  /** Opens a pull request with a small stack, planned by the bot and approved by ben. Returns the plan id too. */
  reviewed(options?: { readonly files?: Files; readonly branch?: string }): Promise<{
    readonly pull: PullRequest;
    readonly planId: string;
  }>;
  /** Its APIs in AWS, with the numbers of their routes and integrations. */
  apis(): readonly { readonly name: string; readonly routes: number; readonly integrations: number }[];
}

export interface BotWorld {
  readonly github: FakeGitHub;
  readonly aws: FakeAws;
  readonly app: App;
  readonly ana: Person;
  readonly ben: Person;
  /** Has read permission only. */
  readonly rea: Person;
  readonly folder: string;
  /** The current process; `start` replaces it. */
  bot(): BotProcess;
  /** The output of all its processes so far. */
  logs(): string;
  /** Starts a process with the same data and address. With `beside` it gets a new address, which then receives the webhooks. */
  start(env?: Readonly<Record<string, string>>, how?: { readonly beside?: boolean }): Promise<BotProcess>;
  /** A new repository with these settings, or none, and a package.json. */
  scenario(options?: { readonly settings?: string; readonly files?: Files }): Scenario;
  /** Sends a person's command and waits for the bot's final reaction. */
  ask(pull: Issue, text: string, by?: Person): Promise<Answer>;
  /** Waits for the bot's final reaction to an existing comment. */
  answered(pull: Issue, asked: Comment, before?: ReadonlyMap<number, string>): Promise<Answer>;
  /** Waits for a comment of the bot for which `isIt` is true. */
  told(issue: Issue, what: string, isIt: (body: string) => boolean): Promise<string>;
  /** Waits until the bot has answered all webhooks that GitHub sent. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly github?: FakeGitHubOptions;
  readonly aws?: FakeAwsOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** Does not start a process; call `start`. */
  readonly stopped?: boolean;
}

export async function startBotWorld(options: WorldOptions = {}): Promise<BotWorld> {
  const github = createFakeGitHub(options.github);
  await github.listen();
  const aws = createFakeAws({ region: REGION, clock: Date.now, ...options.aws });
  const server = await aws.listen();
  const folder = mkdtempSync(join(tmpdir(), "gatewright-bot-"));
  const port = await freePort();
  const app = github.app({
    ...APP,
    owner: "acme",
    webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
    webhookSecret: SECRET,
  });
  github.install(app, "acme");
  const [ana, ben, rea] = [github.person("ana"), github.person("ben"), github.person("rea")];
  const processes: BotProcess[] = [];
  let made = 0;

  const start: BotWorld["start"] = async (env = {}, { beside = false } = {}) => {
    const at = beside ? await freePort() : port;
    const bot = await startBot({
      port: at,
      env: {
        ...appEnvironment(github, app, at),
        ...awsEnvironment(server.url),
        DATA_DIRECTORY: join(folder, "data"),
        REDELIVERY_SECONDS: "0",
        ...options.env,
        ...env,
      },
    });
    processes.push(bot);
    if (beside) app.webhook.url = `http://127.0.0.1:${at}/api/github/webhooks`;
    return bot;
  };
  const bot = (): BotProcess => {
    const newest = processes.at(-1);
    if (newest === undefined) throw new Error("no bot was started");
    return newest;
  };
  const until = async <T>(what: string, check: () => T | undefined | false): Promise<T> => {
    try {
      return await github.until(what, check, PATIENCE_MS);
    } catch (error) {
      const log = processes.at(-1)?.log().split("\n").slice(-15).join("\n") ?? "";
      throw new Error(`${String(error)}\nthe bot's log:\n${log}`);
    }
  };
  const answered: BotWorld["answered"] = async (pull, asked, before = new Map()) => {
    const reaction = await until(`the end of ${JSON.stringify(asked.body)} on #${pull.number}`, () =>
      asked.reactions.find(
        ({ author, content }) => author.login === BOT && (content === "rocket" || content === "confused"),
      ),
    );
    const changed = ownComments(pull).filter(({ id, body }) => before.get(id) !== body);
    const bodies = [
      ...changed.filter(({ id }) => !before.has(id)),
      ...changed.filter(({ id }) => before.has(id)),
    ].map(({ body }) => body);
    return { asked, reaction: reaction.content, bodies, body: bodies[0] ?? "" };
  };
  const ask: BotWorld["ask"] = (pull, text, by = ana) => {
    const before = new Map(ownComments(pull).map(({ id, body }) => [id, body] as const));
    return answered(pull, by.comment(pull, text), before);
  };

  const world: BotWorld = {
    github,
    aws,
    app,
    ana,
    ben,
    rea,
    folder,
    bot,
    logs: () => processes.map((process) => process.log()).join(""),
    start,
    scenario: ({ settings, files = {} } = {}) => {
      made += 1;
      const name = `shop-${made}`;
      const repository = github.repository(`acme/${name}`, {
        files: {
          "package.json": JSON.stringify({ name: `@acme/${name}` }),
          ...(settings === undefined ? {} : { ".github/gatewright.yml": settings }),
          ...files,
        },
        collaborators: { ana: "write", ben: "write", rea: "read" },
      });
      const open: Scenario["open"] = (changed, { branch = "topic", fork = false } = {}) => {
        const source = fork ? github.fork(repository, "ana") : repository;
        ana.push(source, branch, changed);
        return ana.openPullRequest(repository, { head: branch, title: "Change", headRepository: source });
      };
      return {
        repository,
        name,
        open,
        reviewed: async ({ files: changed = { "resources.js": proxyStack({ api: name }) }, branch } = {}) => {
          const pull = open(changed, branch === undefined ? {} : { branch });
          const planned = await ask(pull, "/plan");
          ben.approve(pull);
          // A notice about the settings may come first.
          const shown = planned.bodies.find((body) => isMarked(body, "plan")) ?? planned.body;
          return { pull, planId: planIdIn(shown) };
        },
        apis: () =>
          [...aws.state.apis.values()]
            .map((record) => ({ ...record, name: String(record.api.Name) }))
            .filter((record) => record.name === name || record.name.startsWith(`${name}-`))
            .map((record) => ({
              name: record.name,
              routes: record.routes.size,
              integrations: record.integrations.size,
            })),
      };
    },
    ask,
    answered,
    told: (issue, what, isIt) =>
      until(
        `${what} on #${issue.number}; it said:\n${ownComments(issue)
          .map(({ body }) => body)
          .join("\n---\n")}`,
        () => ownComments(issue).find(({ body }) => isIt(body))?.body,
      ),
    quiet: async () => {
      await github.idle();
    },
    close: async () => {
      await Promise.all(processes.map((process) => process.stop()));
      await Promise.all([github.close(), server.close()]);
      rmSync(folder, { recursive: true, force: true });
      if (github.violations.length > 0) throw new Error(github.violations.join("\n"));
    },
  };
  if (options.stopped !== true) await start();
  return world;
}

export function ownComments(issue: Issue): readonly Comment[] {
  return issue.comments.filter(({ author }) => author.login === BOT);
}
