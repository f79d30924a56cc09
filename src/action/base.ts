/** The base branch's commit, whose spec a plan is compared with. */
import { userErrors } from "../model/errors.ts";
import type { GitHub } from "../github/client.ts";
import { specClient } from "../github/files.ts";
import { branchHead, type RunFacts } from "../github/pull-request.ts";
import { createGitHubSource } from "../source/github-source.ts";
import type { SpecSource } from "../source/source.ts";
import type { Workflow } from "./log.ts";

export interface Reading {
  readonly run: RunFacts;
  readonly github: GitHub | undefined;
  readonly workflow: Pick<Workflow, "notice">;
}

/** A commit's files through the API; undefined without a token. */
export type Commits = (sha: string) => SpecSource | undefined;

export interface Base {
  readonly sha: string;
  readonly source: SpecSource;
}

/** The same source for the same commit: it reads each tree once. */
export function commitsOf({ run, github }: Pick<Reading, "run" | "github">): Commits {
  const opened = new Map<string, SpecSource>();
  return (sha) => {
    if (github === undefined || sha === "") return undefined;
    const repository = `${run.owner}/${run.repo}`;
    const source =
      opened.get(sha) ?? createGitHubSource({ repository, sha, reader: specClient(github, run) });
    opened.set(sha, source);
    return source;
  };
}

/** Without the base's spec, a plan may miss resources removed from the spec. Writes a notice in that case. */
export async function readableBase(
  { run, github, workflow }: Reading,
  commit: Commits,
): Promise<Base | undefined> {
  if (github === undefined) return undefined;
  try {
    const { baseSha, baseBranch } = run;
    const sha = baseSha ?? (baseBranch === undefined ? undefined : await branchHead(github, run, baseBranch));
    const source = sha === undefined ? undefined : commit(sha);
    await source?.list("");
    return sha === undefined || source === undefined ? undefined : { sha, source };
  } catch (error) {
    const [known] = userErrors(error) ?? [];
    if (known === undefined) throw error;
    workflow.notice(
      `The base branch could not be read (${known.message}). Resources removed from the spec are found only if they are tagged or ` +
        "referred to, and drift is not reported. Give the job `permissions: contents: read`.",
      { title: "BASE_UNREADABLE" },
    );
    return undefined;
  }
}
