/** The runs that make, update or delete a preview: one for each of its stacks. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { previewStage } from "../../../src/model/stage.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import type {
  CommandComment,
  PreviewCause,
  RunRequest,
  RunSummary,
  StackRef,
} from "../../../src/model/run.ts";
import type { Settings } from "../../../src/settings/schema.ts";
import { groupId } from "../../services/group.ts";
import type { Services } from "../../services/services.ts";
import type { Preview } from "../../services/store.ts";
import { fewEnough, stageTargets, type Target } from "../../stacks/targets.ts";

/** The group of a version's runs: the same when it is asked for again after a crash. */
export function previewGroup({
  repository,
  pull,
  version,
}: Pick<Preview, "repository" | "pull" | "version">): string {
  return groupId("preview", repository.id, pull, version);
}

/** The stacks of the copied stage at a commit. Throws like `stageTargets`. */
export async function previewTargets(
  request: GitHubRequest,
  settings: Settings,
  { repository, pull }: Pick<Preview, "repository" | "pull">,
  sha: string,
): Promise<readonly Target[]> {
  return fewEnough(await stageTargets(request, repository, settings, previewStage(pull), sha));
}

/** What the command or event was, and what it has read. */
export interface Asking {
  readonly text?: string | undefined;
  readonly comment?: CommandComment | undefined;
  /** Those of the default branch, where they were just read. */
  readonly settings?: Settings | undefined;
}

/** The requests of a preview's newest version. */
export async function previewRequests(
  { store }: Pick<Services, "store">,
  preview: Preview,
  targets: readonly Target[],
  { text, comment }: Asking,
): Promise<readonly RunRequest[]> {
  const { repository, pull, version, why, login, directories, sha } = preview;
  const cause: PreviewCause = {
    by: "preview",
    login,
    pull,
    version,
    why,
    ...(comment === undefined ? {} : { comment }),
  };
  const stage = previewStage(pull);
  const wanted = new Set(targets.map(({ stack }) => stack.directory));
  const requests = await Promise.all(
    [...new Set([...wanted, ...directories])].map(async (directory): Promise<readonly RunRequest[]> => {
      const stack: StackRef = { repository, stage, directory };
      // Of what nobody knows the head's spec is all there is.
      const made = (await madeOf({ store }, stack)) ?? (why === "leftover" ? { sha } : undefined);
      const common = { group: previewGroup(preview), text, stack, cause, adopt: [] };
      if (preview.wanted && wanted.has(directory))
        return [{ ...common, kind: "apply", sha, ...(made === undefined ? {} : { baseSha: made.sha }) }];
      if (made === undefined) return [];
      // What went with the head's directories goes in the same comment, like a stack that is gone from a branch.
      if (preview.wanted) return [{ ...common, kind: "apply", sha, goneFrom: made.sha }];
      return [{ ...common, kind: "destroy", ...made }];
    }),
  );
  return requests.flat();
}

/** Which commits' specs say what a stack may have: the newest that was planned, and another one before or after it. */
async function madeOf(
  { store }: Pick<Services, "store">,
  stack: StackRef,
): Promise<{ readonly sha: string; readonly baseSha?: string } | undefined> {
  return commitsMade(await store.listRuns({ stack, limit: 100 }));
}

/** Those of its directories that still have something: what has left the head was deleted once, and need not be again with every push. */
export async function withoutRemoved(
  { store }: Pick<Services, "store">,
  { repository, pull, directories }: Pick<Preview, "repository" | "pull" | "directories">,
): Promise<readonly string[]> {
  const stage = previewStage(pull);
  const kept = await Promise.all(
    directories.map(async (directory) => {
      const [newest] = await store.listRuns({ stack: { repository, stage, directory }, limit: 1 });
      return newest?.goneFrom !== undefined && newest.state === "succeeded" ? [] : [directory];
    }),
  );
  return kept.flat();
}

/** Newest first in, pure. A spec that could not be read has made nothing, and would delete nothing. */
export function commitsMade(
  runs: readonly RunSummary[],
): { readonly sha: string; readonly baseSha?: string } | undefined {
  const applies = runs.filter(({ kind, goneFrom }) => kind === "apply" && goneFrom === undefined);
  const planned = applies.find(({ counts }) => counts !== undefined);
  const underWay = applies.find(({ state, counts }) => counts === undefined && !isEnded(state));
  const first = planned ?? underWay;
  if (first === undefined) return undefined;
  const other =
    underWay !== undefined && underWay.sha !== first.sha
      ? underWay
      : applies.find(({ counts, sha }) => counts !== undefined && sha !== first.sha);
  return { sha: first.sha, ...(other === undefined ? {} : { baseSha: other.sha }) };
}
