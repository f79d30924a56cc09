/** What the check `gatewright` of a head has to say now. */
import { userErrors } from "../../src/model/errors.ts";
import type { CheckState } from "../../src/github/checks.ts";
import { changedFiles, MOST_CHANGED_FILES } from "../../src/github/pull-request.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import type { Services } from "../services/services.ts";
import { isBare } from "../stacks/bare.ts";
import { isChanged } from "../stacks/changed.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { stagesInOrder } from "../../src/settings/parse.ts";
import { stageTargets } from "../stacks/targets.ts";
import type { StackRef } from "../../src/model/run.ts";
import { brokenHead, headState, type StackStanding, writeHeadCheck } from "./head-check.ts";

export interface Head {
  readonly pull: number;
  readonly sha: string;
  /** The head of the branch it is to be merged into, where that is known. */
  readonly baseSha?: string | undefined;
}

/** Writes the head's check: how every stack stands that the pull request changes. */
export function reportHead(services: Services, repository: RepositoryRef, head: Head): Promise<void> {
  return writeHeadCheck(services, repository, head.sha, () => standing(services, repository, head));
}

async function standing(services: Services, repository: RepositoryRef, head: Head): Promise<CheckState> {
  try {
    const stacks = await changedStacks(services, repository, head);
    const found = stacks.map(async (stack): Promise<StackStanding> => {
      const runs = await services.store.listRuns({ stack, limit: 20 });
      const ofHead = runs.find(({ sha, kind, cause }) => {
        const isOurs = (cause.by === "command" || cause.by === "approval") && cause.pull === head.pull;
        return isOurs && sha === head.sha && (kind === "plan" || kind === "apply");
      });
      return { stack, run: ofHead };
    });
    return headState(await Promise.all(found));
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined || errors.some(({ code }) => code.startsWith("GITHUB_"))) throw error;
    return brokenHead(errors);
  }
}

async function changedStacks(
  services: Services,
  repository: RepositoryRef,
  { pull, sha, baseSha }: Head,
): Promise<readonly StackRef[]> {
  const { settings } = await loadSettings(services, repository);
  const request = await services.github(repository);
  if (await isBare(request, repository, settings, [sha, baseSha])) return [];
  const files = await changedFiles(request, place(repository), pull);
  const isAll = files.length >= MOST_CHANGED_FILES;
  const stacks: StackRef[] = [];
  for (const name of stagesInOrder(settings)) {
    const targets = await stageTargets(request, repository, settings, name, sha).catch(noStack);
    stacks.push(...targets.map(({ stack }) => stack));
  }
  return stacks.filter(({ directory }) => isAll || isChanged(directory, files));
}

/** A stage without a stack at this commit has nothing that could be planned. */
function noStack(error: unknown): readonly never[] {
  if (userErrors(error)?.[0]?.code === "STACK_UNKNOWN") return [];
  throw error;
}
