/** The actions in the demo's story, one function each: a plan by the Action, a command and its reply, a merge. */
import { rmSync } from "node:fs";
import { actionEnvironment } from "../../test/fakes/github/action/environment.ts";
import { runAction } from "../../test/fakes/github/action/run.ts";
import type { Person } from "../../test/fakes/github/person.ts";
import { stateOf } from "../../test/acceptance/reading.ts";
import type { Comment, PullRequest } from "../../test/fakes/github/state/types.ts";
import { call } from "./call.ts";
import type { Screen } from "./screen.ts";
import type { World } from "./world.ts";

const ANSWER_MS = 120_000;
const BOT = "gatewright[bot]";
const ACTION = "github-actions[bot]";

/** Fails the demo if something is not as expected. */
export function expectThat(truth: boolean, what: string, instead = ""): void {
  if (!truth) throw new Error(`expected: ${what}${instead === "" ? "" : `\nfound:\n${instead}`}`);
}

/** Runs the built Action on a pull request as GitHub's runner does, shows its comment, and returns the plan id. */
export async function plan(world: World, screen: Screen, pull: PullRequest): Promise<string> {
  const { github, repository, awsEnv, action } = world;
  const check = github.check(repository, pull.pull.head.sha, "plan");
  const run = await screen.step(
    `the workflow runs the Action (dist/main.mjs) on #${pull.number}`,
    async () => {
      const environment = actionEnvironment(github, pull, {
        checkout: true,
        inputs: { stage: "dev" },
        env: { ...awsEnv, HOME: "/nonexistent" },
      });
      const ended = await runAction(action, environment);
      rmSync(environment.directory, { recursive: true, force: true });
      github.completeCheck(repository, check, ended.exitCode === 0 ? "success" : "failure");
      expectThat(ended.exitCode === 0, "the Action succeeds", `${ended.log}\n${ended.stderr}`);
      return ended;
    },
  );
  const comment = pull.comments.find(({ author }) => author.login === ACTION);
  expectThat(comment !== undefined, "the Action writes a comment", run.log);
  screen.comment(`${ACTION} on #${pull.number}`, comment?.body ?? "");
  return run.outputs["plan-id"] ?? "";
}

/** Sends a person's command, waits for the bot's reply and shows it. */
export async function command(
  world: World,
  screen: Screen,
  { by, on, text }: { readonly by: Person; readonly on: PullRequest; readonly text: string },
): Promise<string> {
  const before = new Set(on.comments);
  const asked = by.comment(on, text);
  screen.say(`${screen.colors.bold(by.account.login)} comments ${screen.colors.cyan(text)}`);
  const ends = (): boolean =>
    asked.reactions.some(({ content }) => content === "rocket" || content === "confused");
  const answer = await awaited(world, screen, `the bot replies to ${text}`, on, before, ends);
  screen.comment(`${BOT} on #${on.number}`, answer.body);
  return answer.body;
}

/** Merges, waits for the bot's comment on the merged pull request, and shows it. */
export async function merge(world: World, screen: Screen, by: Person, pull: PullRequest): Promise<string> {
  const before = new Set(pull.comments);
  by.merge(pull);
  screen.say(`${screen.colors.bold(by.account.login)} merges #${pull.number}`);
  const answer = await awaited(world, screen, "the bot handles the push to main", pull, before, (comment) =>
    isFinal(comment.body),
  );
  screen.comment(`${BOT} on #${pull.number}`, answer.body);
  return answer.body;
}

/** Waits until the bot has deleted the preview of a pull request that was merged. */
export async function previewGone(
  { github, repository }: World,
  screen: Screen,
  pull: PullRequest,
): Promise<void> {
  const environment = `pr-${pull.number}`;
  await screen.step(`the bot deletes the preview ${environment}`, () =>
    github.until(
      `the end of ${environment}`,
      () =>
        repository.deployments
          .filter((deployment) => deployment.environment === environment)
          .every(({ statuses }) => statuses.at(-1)?.state === "inactive"),
      ANSWER_MS,
    ),
  );
}

/** Waits for the bot's new comment to be `final`; until then its title is shown as progress. */
function awaited(
  { github }: World,
  screen: Screen,
  label: string,
  pull: PullRequest,
  before: ReadonlySet<Comment>,
  final: (comment: Comment) => boolean,
): Promise<Comment> {
  return screen.step(label, (tell) =>
    github.until(
      label,
      () => {
        const answer = pull.comments.find(
          ({ author, ...rest }) => author.login === BOT && !seen(before, rest.id),
        );
        if (answer === undefined) return undefined;
        const title = /^## (.*)$/m.exec(answer.body)?.[1] ?? "";
        if (!isFinal(answer.body)) tell(title.replaceAll("`", ""));
        return final(answer) ? answer : undefined;
      },
      ANSWER_MS,
    ),
  );
}

/** False while an apply is queued or running. */
function isFinal(body: string): boolean {
  const state = stateOf(body);
  return state !== undefined && state !== "queued" && state !== "running";
}

function seen(before: ReadonlySet<Comment>, id: number): boolean {
  return [...before].some((comment) => comment.id === id);
}

/** Shows what an apply leaves on GitHub besides its comment: a deployment of the stage, with the endpoint as its URL. */
export function showDeployment({ repository }: World, screen: Screen, endpoint: string): void {
  const deployment = repository.deployments.at(-1);
  const status = deployment?.statuses.at(-1);
  const text = `${deployment?.environment}: ${status?.state}, ${status?.environmentUrl}`;
  screen.say(`GitHub shows a deployment to ${text}`);
  expectThat(
    status?.state === "success" && status.environmentUrl.startsWith(endpoint),
    "the deployment succeeded and links to the API",
    text,
  );
}

/** Calls the endpoint and shows its response. */
export async function callEndpoint(
  screen: Screen,
  endpoint: string,
  path: string,
  expected: { readonly status: number; readonly says: string },
): Promise<void> {
  const { status, body } = await screen.step(`GET ${endpoint}${path}`, () => call(endpoint, path));
  const { colors } = screen;
  screen.say(`  ${(status === 200 ? colors.green : colors.red)(String(status))} ${colors.bold(body)}`);
  expectThat(
    status === expected.status && body.includes(expected.says),
    `${path} returns ${expected.status} with ${expected.says}`,
    `${status} ${body}`,
  );
}
