/** The first comment on an `/apply` or a merge: its runs are queued. */
import type { Markdown } from "../../src/text/markdown.ts";
import { applyComment } from "../../src/report/markdown/apply/comment.ts";
import type { StackApply } from "../../src/report/apply-report.ts";
import { writeComment } from "./comments.ts";
import { groupComment } from "../services/posted.ts";
import { askedOf, isGroupComment } from "./decide/group-report.ts";
import { previewView } from "./previews/view.ts";
import { behind } from "./report.ts";
import { originOf, type Services } from "../services/services.ts";
import { pullsOf, type RunRequest } from "../../src/model/run.ts";
import { messageOf } from "../../src/model/errors.ts";

/**
 * Written before the runs are queued: from then on only the process that carries them out writes the comment, so that "queued"
 * never replaces a later state. Written once: a delivery that is handled again after a crash finds it. A failure to write
 * it does not stop the runs: their result is reported in any case.
 */
export async function announceRuns(services: Services, requests: readonly RunRequest[]): Promise<void> {
  const [first] = requests;
  if (first === undefined) return;
  const { group, stack, cause } = first;
  try {
    for (const pull of pullsOf(cause)) {
      const comment = groupComment(first, pull);
      if ((await services.store.getPosted(comment)) !== undefined) continue;
      await writeComment(services, {
        repository: stack.repository,
        issue: pull,
        ...comment,
        isIt: isGroupComment(first),
        body: await waiting(services, first, requests),
      });
    }
  } catch (error) {
    services.log.warn({ group, by: cause.by, error: messageOf(error) }, "could not announce queued runs");
  }
}

async function waiting(
  services: Services,
  first: RunRequest,
  requests: readonly RunRequest[],
): Promise<Markdown> {
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
    preview: await previewView(services, first),
    origin: originOf(services, repository, sha),
  });
}
