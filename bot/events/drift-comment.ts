/** A command on one of the bot's drift issues: it means the branch that the stage is deployed from, and the issue's stack. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, text } from "../../src/github/json.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import type { Command, CommandName } from "../commands/grammar/commands.ts";
import type { ErrorView } from "../../src/report/report.ts";
import type { PullFacts } from "../gates/facts/pull.ts";
import { driftedStack } from "../reports/drift-issue.ts";
import type { Services } from "../services/services.ts";
import { branchHead } from "../stacks/branch.ts";

/** What a drift issue is about. */
export interface DriftSubject {
  readonly stage: string;
  readonly directory: string;
  readonly url: string;
  readonly openedAt: Date;
}

/** The subject of one of our own drift issues; undefined for every other issue, which commands are not read in. */
export async function driftSubject(
  { appSlug }: Pick<Services, "appSlug">,
  request: GitHubRequest,
  repository: RepositoryRef,
  issue: number,
): Promise<DriftSubject | undefined> {
  const { data } = await request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
    ...place(repository),
    issue_number: issue,
  });
  if (text(at(data, "user", "login")) !== `${appSlug}[bot]`) return undefined;
  // Who may edit the issue may send the command with any -s and -d as well: the line only saves typing.
  const stack = driftedStack(repository.id, text(at(data, "body")));
  return stack === undefined
    ? undefined
    : { ...stack, url: text(at(data, "html_url")), openedAt: new Date(text(at(data, "created_at"))) };
}

/** The facts of a drift issue as those of a merged pull request: what is applied is the head of the stage's branch. */
export async function driftPull(
  request: GitHubRequest,
  repository: RepositoryRef,
  issue: number,
  { url, openedAt, branch }: Pick<DriftSubject, "url" | "openedAt"> & { readonly branch: string },
): Promise<PullFacts> {
  const head = await branchHead(request, repository, branch);
  return {
    number: issue,
    author: "",
    headSha: head,
    headRef: branch,
    baseRef: branch,
    baseSha: head,
    state: "closed",
    merged: true,
    draft: false,
    mergeable: true,
    fork: false,
    url,
    labels: [],
    isIssue: true,
    openedAt,
  };
}

/** `/plan` compares anew; the others change what a pull request would have to show. */
const INSTEAD: ReadonlyMap<CommandName, CommandName | undefined> = new Map([
  ["plan", "drift"],
  ["adopt", undefined],
  ["destroy", undefined],
  ["rollback", undefined],
  ["preview", undefined],
]);

/** The command as it is meant on the issue, or why it is not carried out there. Pure. */
export function onDriftIssue(command: Command, { stage, directory }: DriftSubject): Command | ErrorView {
  const name = INSTEAD.has(command.name) ? INSTEAD.get(command.name) : command.name;
  if (name === undefined)
    return {
      code: "PULL_NEEDED",
      message: `/${command.name} needs a pull request`,
      hint: "Send it on a pull request, where its plan can be reviewed.",
    };
  if (name === "apply" && command.planId === undefined)
    return {
      code: "PLAN_ID_NEEDED",
      message: "/apply on a drift issue needs the id of the plan that the issue shows",
      hint: "Look at the plan and copy the command below it; `/drift` compares AWS anew.",
    };
  return { stage, directory, ...command, name };
}
