/** The newest plan of a stack shown on a pull request: an apply is compared with it. */
import { type Markdown, safely } from "../../src/text/markdown.ts";
import { parseMarker } from "../../src/report/markdown/marker.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import type { Services } from "../services/services.ts";
import type { ReviewedPlan } from "../services/store.ts";
import type { Target } from "../stacks/targets.ts";

/** A plan as a comment on the pull request shows it. */
interface ShownPlan {
  readonly stage: string;
  readonly directory: string;
  readonly planId: string;
  readonly headSha: string;
}

/** Marks the plan of a `/destroy`, so that it is never mistaken for the plan of the pull request. */
const REMOVAL = "<!-- gatewright:destroy-plan ";

/** The hidden line of a `/destroy` plan; the command's comment makes it unique. */
export function removalLine(comment: number | string): Markdown {
  return safely(`${REMOVAL}${String(comment).replace(/[^\w/-]/g, "")} -->`);
}

/** Whether a comment is the plan comment of a stage, and not the plan of a `/destroy`. */
export function isPlanOf(stage: string, body: string): boolean {
  return parseMarker(body)?.stage === stage && !body.includes(REMOVAL);
}

/** Where plans are shown. */
export interface ReviewContext {
  readonly services: Services;
  readonly request: GitHubRequest;
  readonly repository: RepositoryRef;
}

/**
 * The newest plan shown on the pull request: by this bot, or by the Action. The Action's comment is trusted only for
 * which plan was reviewed; apply computes the plan itself and compares.
 */
export async function reviewedPlans(
  context: ReviewContext,
  targets: readonly Target[],
  pull: number,
  purpose: "apply" | "destroy",
): Promise<ReadonlyMap<string, ReviewedPlan>> {
  const { services, request, repository } = context;
  const found = new Map<string, ReviewedPlan>();
  const plans = await shownPlans(services, request, repository, pull, purpose);
  for (const target of targets) {
    const { stage, directory } = target.stack;
    const own = purpose === "destroy" ? undefined : await services.store.reviewedPlan(target.stack, pull);
    const shown = plans.findLast((one) => one.stage === stage && one.directory === directory);
    if (shown !== undefined) found.set(directory, { planId: shown.planId, sha: shown.headSha });
    else if (own !== undefined) found.set(directory, own);
  }
  return found;
}

/** Every plan shown in comments of the bot and of the Action, the last edited one last. */
async function shownPlans(
  services: Pick<Services, "appSlug">,
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
  purpose: "apply" | "destroy",
): Promise<readonly ShownPlan[]> {
  const trusted = new Set(["github-actions[bot]", `${services.appSlug}[bot]`]);
  const comments = await allPages(request, "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...place(repository),
    issue_number: pull,
  });
  return comments
    .filter((comment) => trusted.has(text(at(comment, "user", "login"))))
    .map((comment) => ({ body: text(at(comment, "body")), edited: text(at(comment, "updated_at")) }))
    .filter(({ body }) => body.includes(REMOVAL) === (purpose === "destroy"))
    .sort((one, other) => (one.edited < other.edited ? -1 : one.edited > other.edited ? 1 : 0))
    .flatMap(({ body }) => {
      const marker = parseMarker(body);
      return (marker?.stacks ?? []).flatMap(({ directory, planId, headSha }) =>
        planId === undefined ? [] : [{ stage: marker?.stage ?? "", directory, planId, headSha }],
      );
    });
}
