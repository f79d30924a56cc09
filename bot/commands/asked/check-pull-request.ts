/**
 * What a command is about: the head of an open pull request, or the branch of a closed one. Pull requests that can never be applied are
 * refused here, regardless of gates.
 */
import type { GateName } from "../../../src/model/gate.ts";
import type { StageSettings } from "../../../src/settings/schema.ts";
import { holdsOfPull } from "../../gates/facts/left.ts";
import { branchHead, stageBranch } from "../../stacks/branch.ts";
import { chooseStage } from "../../stacks/targets.ts";
import type { CommandContext, CommandOutcome } from "./context.ts";
import { own } from "../../../src/model/own.ts";

/** Refuses closed, draft and conflicting pull requests and those of forks; undefined if the pull request can be applied. */
export async function checkPullRequest({ pull, reply }: CommandContext): Promise<CommandOutcome | undefined> {
  const found =
    pull.state === "closed"
      ? {
          code: "PULL_CLOSED",
          message: `pull request ${pull.number} is ${pull.merged ? "merged" : "closed"}`,
          hint: "Open a new pull request.",
        }
      : pull.draft
        ? {
            code: "PULL_DRAFT",
            message: "the pull request is a draft",
            hint: "Mark it ready for review first.",
          }
        : pull.mergeable === false
          ? {
              code: "PULL_CONFLICTS",
              message: "the branch conflicts with its base",
              hint: "Resolve the conflicts, then review the new plan.",
            }
          : pull.fork
            ? {
                code: "PULL_FORK",
                message: "the branch belongs to a fork",
                hint: "Somebody with write permission can plan a fork's branch with `/plan`; to apply it, push it to a branch of this repository.",
              }
            : undefined;
  if (found === undefined) return undefined;
  return reply.refuse(found);
}

/** A commit other than the pull request's head, and which gates judge it. */
export interface BranchCommit {
  readonly sha: string;
  readonly gates: (stage: StageSettings) => readonly GateName[];
}

/** The head of the stage's branch, or a refusal, for a closed pull request; undefined for an open one. */
export async function branchCommit(
  context: CommandContext,
): Promise<BranchCommit | CommandOutcome | undefined> {
  const { services, settings, command, pull, repository, request, reply } = context;
  if (pull.state === "open") return undefined;
  const name = chooseStage(settings, command.stage);
  const branch = stageBranch(repository, own(settings.stages, name));
  if (pull.merged) {
    if (pull.baseRef !== branch) return otherBranch(context, name, branch);
    return {
      sha: await branchHead(request, repository, branch),
      gates: gatesOfBranch,
    };
  }
  const left = await holdsOfPull({ services, request, repository, settings }, pull, name);
  if (left.length > 0) {
    return {
      sha: await branchHead(request, repository, branch),
      gates: gatesOfBranch,
    };
  }
  return reply.refuse({
    code: "PULL_CLOSED",
    message: `pull request ${pull.number} is closed`,
    hint: "Open a new pull request.",
  });
}

/** It is the branch: there is nothing to be up to date with. */
const gatesOfBranch: BranchCommit["gates"] = ({ gates }) => gates.filter((gate) => gate !== "up-to-date");

/** Refuses to apply a pull request to a stage that is deployed from another branch. */
export async function checkBase(context: CommandContext): Promise<CommandOutcome | undefined> {
  const { settings, command, pull, repository } = context;
  const name = chooseStage(settings, command.stage);
  const branch = stageBranch(repository, own(settings.stages, name));
  return pull.baseRef === branch ? undefined : otherBranch(context, name, branch);
}

function otherBranch(
  { pull, reply }: CommandContext,
  stage: string,
  branch: string,
): Promise<CommandOutcome> {
  return reply.refuse({
    code: "PULL_OTHER_BRANCH",
    message: `the pull request goes into ${pull.baseRef}, but stage ${stage} is deployed from ${branch}`,
    hint: `It can be planned, not applied: applying it would roll back what ${branch} has. A stage's \`branch\` in .github/gatewright.yml names another branch.`,
  });
}
