/**
 * Stacks that a pull request takes away, a group of a merge queue, a push, or a branch that is planned by hand: the plan deletes all of
 * theirs, as the spec of the commit before lists it (the base branch's, or the one that was pushed over). The bot does the same (bot/stacks/gone.ts), so that one commit has one plan id.
 */
import { userErrors } from "../model/errors.ts";
import { mergeBase } from "../github/pull-request.ts";
import type { SpecSource } from "../source/source.ts";
import { type FindSpecDirectories, goneDirectories } from "../source/spec-directories.ts";
import type { Base, Commits, Reading } from "./base.ts";
import { remoteSpecs } from "./directories.ts";
import type { Job } from "./stage-settings.ts";

interface Readable {
  readonly commit: Commits;
  readonly base: Base;
  /** The directories with a spec among the files that are planned. */
  readonly find: FindSpecDirectories;
}

/** The named directories that the head took away. What cannot be found out deletes nothing: a notice says so. */
export async function goneStacks(
  { job, run, github, workflow }: Reading & { readonly job: Pick<Job, "directories" | "spec"> },
  { commit, base, find }: Readable,
): Promise<readonly string[]> {
  if (github === undefined) return [];
  try {
    return await takenAway(
      {
        base: base.source,
        head: commit(run.sha),
        mergeBase: async () => {
          const sha = await mergeBase(github, run, base.sha, run.sha);
          return sha === undefined ? undefined : commit(sha);
        },
      },
      { patterns: job.directories, spec: job.spec, planned: await find() },
    );
  } catch (error) {
    const [known] = userErrors(error) ?? [];
    if (known === undefined) throw error;
    workflow.notice(
      `Which stacks this commit takes away could not be read (${known.message}): those are not planned. Give the job ` +
        "`permissions: contents: read`.",
      { title: "BASE_UNREADABLE" },
    );
    return [];
  }
}

export interface History {
  /** The head of the base branch, or what was pushed over. */
  readonly base: SpecSource;
  /** The commit to plan, whole: a sparse working copy lacks directories that are not gone. */
  readonly head: SpecSource | undefined;
  /** Where the head's branch left the base branch: what the base branch has got since is not gone from the head. */
  readonly mergeBase: () => Promise<SpecSource | undefined>;
}

interface Named {
  readonly patterns: readonly string[];
  readonly spec: string | undefined;
  readonly planned: readonly string[];
}

/** Reads more than the base only where one of its stacks is missing from what is planned. Throws what reading a commit throws. */
export async function takenAway(
  { base, head, mergeBase: originOf }: History,
  { patterns, spec, planned }: Named,
): Promise<readonly string[]> {
  const before = await remoteSpecs(base, spec);
  const missing = await goneDirectories(patterns, before, planned);
  if (missing.length === 0 || head === undefined) return [];
  const origin = await originOf();
  if (origin === undefined) return [];
  const [now, then] = await Promise.all([remoteSpecs(head, spec), remoteSpecs(origin, spec)]);
  return missing.filter((directory) => then.includes(directory) && !now.includes(directory));
}
