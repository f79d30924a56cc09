/** What the kill tests share: stories of one stack each, the points of a story, and what is left of it at its end. */
import { readFileSync } from "node:fs";
import type { Comment, PullRequest } from "../../fakes/github/state/types.ts";
import { createGate, type Gate, type Point } from "./kill-gate.ts";
import { awsNameOf, gitHubNameOf } from "./kill-names.ts";
import { type BotWorld, ownComments, type Scenario, startBotWorld } from "./world.ts";

const EXAMPLE = new URL("../../../examples/http-lambda/", import.meta.url);
const example = (name: string): string => readFileSync(new URL(name, EXAMPLE), "utf8");
/** The last thing the bot writes of a command. */
const LAST = /^github POST issues\/comments\/reactions (rocket|confused)$/;
const PATIENCE_MS = 60_000;

export interface Story {
  readonly name: string;
  readonly scenario: Scenario;
  readonly pull: PullRequest;
  /** What is asked for while its process is killed. */
  readonly text: string;
  asked: Comment | undefined;
  point: Point | undefined;
}

export interface KillWorld {
  readonly world: BotWorld;
  readonly gate: Gate;
  /** Goes to the bot's environment: GitHub and AWS through the gate. */
  readonly env: Readonly<Record<string, string>>;
  /** Pull requests with a plan that was approved: everything is ready for `/apply`. */
  applies(count: number): Promise<readonly Story[]>;
  /** Pull requests that nobody has planned. */
  plans(count: number): readonly Story[];
  /** Asks; with a point, until its write is held. */
  ask(story: Story, point?: Point): Promise<void>;
  /** The bot has said its last word since the story was last watched. */
  isOver(story: Story): boolean;
  /** Waits for that. */
  over(story: Story): Promise<void>;
  close(): Promise<void>;
}

export async function startKillWorld(): Promise<KillWorld> {
  const world = await startBotWorld({
    stopped: true,
    aws: { consistency: { functionActive: 1, functionUpdate: 1, roleAssumable: 1 } },
  });
  const gate = createGate();
  const behind = await world.aws.listen();
  const env = {
    GITHUB_API_URL: await gate.through(world.github.world.urls.api, gitHubNameOf),
    AWS_ENDPOINT_URL: await gate.through(behind.url, awsNameOf(world.aws)),
    // A write is held until the whole round is at its points: longer than an answer is waited for.
    GITHUB_TIMEOUT_SECONDS: "300",
  };
  const until = async (what: string, check: () => boolean): Promise<void> => {
    await world.github.until(what, check, PATIENCE_MS).catch((error: unknown) => {
      throw new Error(
        `${String(error)}\nthe bot's log:\n${world.bot().log().split("\n").slice(-25).join("\n")}`,
      );
    });
  };
  const isOver = ({ name }: Story): boolean => gate.writesOf(name).some((write) => LAST.test(write));
  return {
    world,
    gate,
    env,
    applies: (count) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const scenario = world.scenario();
          const { pull, planId } = await scenario.reviewed({ files: filesOf(scenario.name) });
          return {
            name: scenario.name,
            scenario,
            pull,
            text: `/apply ${planId}`,
            asked: undefined,
            point: undefined,
          };
        }),
      ),
    plans: (count) =>
      Array.from({ length: count }, () => {
        const scenario = world.scenario();
        const pull = scenario.open(filesOf(scenario.name));
        return { name: scenario.name, scenario, pull, text: "/plan", asked: undefined, point: undefined };
      }),
    ask: async (story, point) => {
      // Its check is of another delivery, that of the opened pull request.
      await until(`the check of ${story.name}'s head`, () =>
        story.scenario.repository.suites.some(({ runs }) => runs.some(({ name }) => name === "gatewright")),
      );
      gate.watch(story.name, point);
      story.point = point;
      story.asked = world.ana.comment(story.pull, story.text);
      if (point !== undefined)
        await until(`${story.name} comes to ${nameOfPoint(point)}`, () => gate.holds(story.name));
    },
    isOver,
    over: (story) => {
      const where = story.point === undefined ? "" : `, killed ${nameOfPoint(story.point)}`;
      return until(`the end of ${story.name}${where}`, () => isOver(story));
    },
    close: async () => {
      await gate.close();
      await world.close();
      await behind.close();
    },
  };
}

/** The example's API with its function, role, policy, permission, routes and stage, under the story's own names. */
export function filesOf(name: string): Readonly<Record<string, string>> {
  const spec = example("resources.js")
    .replaceAll("my-api", name)
    .replaceAll("my-function", `${name}-function`)
    .replaceAll("lambda-", `${name}-`);
  return {
    "resources.js": spec.replaceAll(`${name}-function.handler`, "index.handler"),
    [`${name}-function/index.js`]: example("my-function/my-function.js"),
  };
}

export function nameOfPoint({ write, nth, when }: Point): string {
  return `${when} ${write}${nth === 1 ? "" : ` #${nth}`}`;
}

/** Both sides of every write of an undisturbed story. Calls that only read are no points. */
export function pointsOf(writes: readonly string[]): readonly Point[] {
  const counts = new Map<string, number>();
  return writes.flatMap((write) => {
    if (write.startsWith("aws read")) return [];
    const nth = (counts.get(write) ?? 0) + 1;
    counts.set(write, nth);
    return [
      { write, nth, when: "before" as const },
      { write, nth, when: "after" as const },
    ];
  });
}

/** Everything that people and AWS have of a story, ids and times aside: equal for equal stories. */
export function leftOf({ world }: KillWorld, { name, scenario, pull, asked }: Story): unknown {
  const { repository } = scenario;
  const clean = (text: string): string => plain(text.replaceAll(name, "NAME"));
  const checks = repository.suites
    .filter(({ app }) => app.slug === world.app.slug)
    .flatMap(({ runs }) => runs)
    .map(({ name: check, status, conclusion, output }) =>
      clean([check, status, conclusion, output.title, output.summary].join(" | ")),
    )
    // Opening a pull request and the command on it are two deliveries, handled side by side.
    .sort();
  return {
    aws: inventory(world, name),
    reactions: asked?.reactions.map(({ content }) => content).sort(),
    comments: ownComments(pull).map(({ body }) => clean(body)),
    checks,
    deployments: repository.deployments.map(({ environment, description, statuses }) => ({
      environment,
      description: clean(description ?? ""),
      statuses: statuses.map(({ state, environmentUrl }) => [state, clean(environmentUrl ?? "")].join(" ")),
    })),
  };
}

/** Ids, hashes and times out of a text. */
function plain(text: string): string {
  return (
    text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UUID")
      .replace(/\b[0-9a-f]{64}\b|\b[0-9a-f]{40}\b|\b[0-9a-f]{12}\b|\b[0-9a-f]{7}\b/g, "HASH")
      .replace(/issuecomment-\d+/g, "COMMENT")
      .replace(/\/\/[a-z0-9]{10}\.execute-api/g, "//ID.execute-api")
      .replace(/<wbr>[a-z0-9]{10}<wbr>&#46;execute/g, "<wbr>ID<wbr>&#46;execute")
      .replace(/`[a-z0-9]{7,10}`(?= *\|)|`AROA[A-Z0-9]+`|`ANPA[A-Z0-9]+`/g, "ID")
      .replace(/(?<=Id[^\n]*`)[a-z0-9]{7,10}(?=`)/g, "ID")
      .replace(/\d[\d.,]* (ms|s|min)\b/g, "TIME")
      // Of a step whose process died nobody knows how long it took.
      .replace(/,\s*TIME(?=\s*\|)/g, "")
      .replace(/\d+ AWS calls?/g, "CALLS")
      .replace(/ +\|/g, " |")
  );
}

/** What AWS holds of a story: things made twice show up twice. */
function inventory({ aws }: BotWorld, name: string): unknown {
  const apis = [...aws.state.apis.values()].filter(({ api }) => api.Name === name);
  const own = <Value>(all: ReadonlyMap<string, Value>): readonly Value[] =>
    [...all].filter(([key]) => key.includes(`${name}-`)).map(([, value]) => value);
  return {
    apis: apis.map(({ api, routes, integrations, stages, deployments }) => ({
      protocol: api.ProtocolType,
      description: api.Description,
      tags: Object.keys(api.Tags ?? {}).sort(),
      routes: [...routes.values()]
        .map((route) =>
          [route.RouteKey, integrations.has(route.Target?.replace("integrations/", "") ?? "")].join(" "),
        )
        .sort(),
      integrations: [...integrations.values()].map(
        ({ IntegrationType, IntegrationUri, PayloadFormatVersion }) => [
          IntegrationType,
          IntegrationUri?.replaceAll(name, "NAME"),
          PayloadFormatVersion,
        ],
      ),
      stages: [...stages.values()].map(({ StageName, AutoDeploy, DeploymentId }) => [
        StageName,
        AutoDeploy,
        deployments.has(DeploymentId ?? ""),
      ]),
    })),
    functions: own(aws.state.functions).map(({ config, statements, tags }) => ({
      runtime: config.Runtime,
      handler: config.Handler,
      code: config.CodeSha256,
      role: config.Role?.replaceAll(name, "NAME"),
      statements: [...statements.values()].map(({ Action, Principal }) => [
        Action,
        JSON.stringify(Principal),
      ]),
      tags: [...tags.keys()].sort(),
    })),
    roles: own(aws.state.roles).map(({ trust, attached, inline, tags }) => ({
      trust,
      attached: [...attached].map((arn) => arn.replaceAll(name, "NAME")),
      inline: inline.size,
      tags: [...tags.keys()].sort(),
    })),
    policies: [...aws.state.policies.values()]
      .filter(({ policy }) => policy.PolicyName?.startsWith(`${name}-`))
      .map(({ versions, tags }) => ({ versions: versions.size, tags: [...tags.keys()].sort() })),
  };
}
