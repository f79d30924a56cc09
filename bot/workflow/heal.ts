/**
 * Clears up after a job that was ended before it could report: its comment would say "queued" for good, and its check would
 * be in progress. `concurrency` lets one job run at a time, so what an earlier job left open belongs to nobody.
 */
import { appAuthor } from "../../src/github/author.ts";
import { listChecks, updateCheck } from "../../src/github/checks.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { editComment, findOwnComments } from "../../src/github/comments.ts";
import { at, number, text } from "../../src/github/json.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import { type ApplyMarker, applyMarkerLine, parseApplyMarker } from "../../src/report/markdown/marker.ts";
import { joinMarkdown, md, type Markdown, safely } from "../../src/text/markdown.ts";
import { readPull } from "../gates/facts/pull.ts";
import type { Services } from "../services/services.ts";
import { messageOf } from "../../src/model/errors.ts";

const SAID = md`The job that carried this out ended before it could report. Completed changes are kept: comment \`/plan\` to see what is left.`;

/**
 * Closes what earlier jobs left open on the pull requests and commits. Failing to do so is no reason not to do the job's own
 * work.
 */
export async function heal(
  services: Services,
  repository: RepositoryRef,
  left: { readonly pulls: readonly number[]; readonly commits: readonly string[] },
): Promise<void> {
  try {
    const request = await services.github(repository);
    const found: string[] = [];
    for (const pull of left.pulls) {
      found.push(...(await healComments(services, request, repository, pull)));
      found.push((await readPull(request, repository, pull)).headSha);
    }
    for (const sha of new Set([...left.commits, ...found]))
      await healChecks(services, request, repository, sha);
  } catch (error) {
    services.log.warn({ error: messageOf(error) }, "could not clear up after an earlier job");
  }
}

/** Returns the commits of the comments that were open. */
async function healComments(
  { appSlug }: Services,
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
): Promise<readonly string[]> {
  const where = { request, ...place(repository), issue: pull, author: appAuthor(appSlug) };
  const comments = await findOwnComments(where, (body) => isOpen(parseApplyMarker(body)));
  const commits: string[] = [];
  for (const { id, body } of comments) {
    const marker = parseApplyMarker(body);
    if (marker === undefined) continue;
    commits.push(marker.headSha);
    await editComment(where, id, endedBody(marker, body));
  }
  return commits;
}

function isOpen(marker: ApplyMarker | undefined): marker is ApplyMarker {
  return marker?.state === "queued" || marker?.state === "running";
}

/** The comment with another state and title; who asked for what stays. Pure. */
function endedBody(marker: ApplyMarker, body: string): Markdown {
  const [, asked = ""] = body.split("\n\n");
  const left = marker.state === "queued" ? md`nothing was begun` : md`not all was done`;
  const head = md`${applyMarkerLine({ ...marker, state: "cancelled" })}\n## ⏹️ The job ended: ${left}`;
  // Shown already, in this very comment.
  return joinMarkdown([head, safely(asked), SAID], "\n\n");
}

async function healChecks(
  { appSlug }: Services,
  request: GitHubRequest,
  repository: RepositoryRef,
  sha: string,
): Promise<void> {
  for (const check of await listChecks(request, place(repository), sha, { filter: "all" })) {
    const isOurs =
      text(at(check, "app", "slug")) === appSlug && text(at(check, "name")).startsWith("gatewright ");
    if (!isOurs || text(at(check, "status")) === "completed") continue;
    await updateCheck(request, place(repository), number(at(check, "id")), {
      status: "completed",
      conclusion: "cancelled",
      output: { title: "The job ended before it could report", summary: SAID },
    });
  }
}
