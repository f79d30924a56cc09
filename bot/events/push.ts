/** Handles a push to a branch that stages are deployed from: plans the merge commit and applies it according to each stage's rule. */
import { md, type Markdown } from "../../src/text/markdown.ts";
import { hiddenName } from "../../src/text/hidden.ts";
import { userErrors } from "../../src/model/errors.ts";
import { fullName, type RepositoryRef } from "../../src/model/repository.ts";
import { writeComment } from "../reports/comments.ts";
import { noValidSettings, settingsNotice } from "../reports/settings-notice.ts";
import type { Services } from "../services/services.ts";
import { isBare } from "../stacks/bare.ts";
import { branchHead, stageBranch } from "../stacks/branch.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { type Settings, settingsSchema } from "../../src/settings/schema.ts";
import { type Merge, needsOfMerge, queueStage } from "./merge.ts";
import { mergedPulls } from "../stacks/merged-pulls.ts";

export interface PushEvent {
  readonly repository: RepositoryRef;
  /** `refs/heads/main` */
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly login: string;
  readonly deleted: boolean;
}

const NO_COMMIT = /^0+$/;

const BRANCH = "refs/heads/";

/** Whether a push may deploy: a stage may name any branch. Pure. */
export function movesBranch({ ref, deleted }: PushEvent): boolean {
  return !deleted && ref.startsWith(BRANCH);
}

/**
 * Whether a stage is deployed from the pushed branch. Of another branch than the default one only the settings that were read last
 * are asked, so that a push to a topic branch costs no request; right after the installation none were, and the file is.
 */
async function concernsStages(services: Services, { repository, ref }: PushEvent): Promise<boolean> {
  const { store } = services;
  if (ref === `${BRANCH}${repository.defaultBranch}`) return true;
  const last = (await store.lastSettings(repository.id)) ?? (await firstSettings(services, repository));
  const stages = Object.values(settingsSchema.parse(last).stages);
  return stages.some(({ branch }) => branch !== undefined && ref === `${BRANCH}${branch}`);
}

/** Without a stage where the file is not valid: who pushes to the default branch is told. */
async function firstSettings(services: Services, repository: RepositoryRef): Promise<unknown> {
  try {
    return (await loadSettings(services, repository)).settings;
  } catch (error) {
    if (userErrors(error) === undefined) throw error;
    return { stages: {} };
  }
}

export async function onPush(services: Services, event: PushEvent): Promise<void> {
  const { repository, after, before, login } = event;
  if (!movesBranch(event) || !(await concernsStages(services, event))) return;
  const branch = event.ref.slice(BRANCH.length);
  const request = await services.github(repository);
  const pulls = await mergedPulls(request, repository, branch, { before: baseOf(before), after });
  const [pull] = pulls;
  const settings = await settingsOf(services, repository, pull, after);
  if (settings === undefined) return;
  const baseSha = baseOf(before);
  if (await isBare(request, repository, settings, [after, baseSha])) return;
  const overtaken = (await branchHead(request, repository, branch)) !== after;
  const merge: Merge = { repository, login, pulls, sha: after, baseSha, overtaken };
  for (const [name, stage] of Object.entries(settings.stages)) {
    if (stageBranch(repository, stage) !== branch) continue;
    if (needsOfMerge(settings, repository, name).length === 0)
      await queueStage(services, request, settings, name, merge);
  }
}

function baseOf(before: string): string | undefined {
  return NO_COMMIT.test(before) ? undefined : before;
}

/** The current settings; undefined if the file was never valid. Comments on the merged pull request if the file is invalid. */
async function settingsOf(
  services: Services,
  repository: RepositoryRef,
  pull: number | undefined,
  sha: string,
): Promise<Settings | undefined> {
  const report = async (body: Markdown): Promise<void> => {
    services.log.warn({ repository: fullName(repository), sha }, "the settings are not valid");
    if (pull === undefined) return;
    const marker = hiddenName("settings", sha);
    await writeComment(services, {
      repository,
      issue: pull,
      kind: "settings-notice",
      key: sha,
      isIt: (other) => other.includes(marker),
      body: md`${body}\n${marker}`,
    });
  };
  try {
    const { settings, errors } = await loadSettings(services, repository);
    if (errors.length > 0) await report(settingsNotice(errors));
    return settings;
  } catch (error) {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    await report(noValidSettings(errors));
    return undefined;
  }
}
