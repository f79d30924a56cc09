/** The first word on an `/apply` or a merge: its runs wait for their turn. */
import { applyComment } from "../../src/report/markdown/apply/comment.ts";
import { parseApplyMarker } from "../../src/report/markdown/marker.ts";
import type { StackApply } from "../../src/report/apply-report.ts";
import { writeComment } from "./comments.ts";
import { groupComment } from "./own-places.ts";
import { askedOf, behind } from "./report.ts";
import { remembered } from "../services/posted.ts";
import type { Services } from "../services/services.ts";
import type { RunRequest } from "../../src/model/run.ts";

/**
 * Said before the runs are queued: from then on only who carries them out writes the comment, and nothing can put
 * "waits" over what has become of them. Said once: who handles a delivery again after a crash finds it said. That it
 * cannot be said is no reason not to run: the end is told in any case.
 */
export async function announceRuns(services: Services, requests: readonly RunRequest[]): Promise<void> {
  const [first] = requests;
  if (first === undefined || first.cause.by === "schedule" || first.cause.pull === undefined) return;
  const { group, stack, cause } = first;
  const comment = remembered(services.store, groupComment(first));
  try {
    if ((await comment.get()) !== undefined) return;
    await writeComment(services, {
      repository: stack.repository,
      issue: first.cause.pull,
      remembered: comment,
      isIt: (body) => parseApplyMarker(body)?.run === group,
      body: await waiting(services, first, requests),
    });
  } catch (error) {
    services.log.warn(
      { group, by: cause.by, error: error instanceof Error ? error.message : String(error) },
      "runs could not be announced",
    );
  }
}

async function waiting(
  services: Services,
  first: RunRequest,
  requests: readonly RunRequest[],
): Promise<string> {
  const { group, kind, sha, stack } = first;
  const { repository, stage } = stack;
  const stacks = await Promise.all(
    requests.map(
      async ({ stack: each }): Promise<StackApply> => ({
        directory: each.directory,
        state: "queued",
        behind: await behind(services, each),
      }),
    ),
  );
  return applyComment({
    stage,
    stacks,
    run: group,
    asked: askedOf(services, first),
    purpose: kind === "destroy" ? "destroy" : "apply",
    origin: {
      serverUrl: services.serverUrl,
      repository: `${repository.owner}/${repository.name}`,
      headSha: sha,
    },
  });
}
