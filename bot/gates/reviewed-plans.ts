/** The newest plan of a stack shown on a pull request: an apply is compared with it. */
import type { Markdown } from "../../src/text/markdown.ts";
import { parseMarker } from "../../src/report/markdown/marker.ts";
import { hiddenName, hiddenNameIn } from "../../src/text/hidden.ts";
import { isDigest } from "../../src/model/plan.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import { isRollback } from "../../src/model/run.ts";
import type { RepositoryContext, Services } from "../services/services.ts";
import type { PlanPurpose, ReviewedPlan } from "../services/store.ts";
import type { Target } from "../stacks/targets.ts";

/** A plan as a comment on the pull request shows it. */
interface ShownPlan {
  readonly stage: string;
  readonly directory: string;
  readonly digest: string;
  readonly seen: string | undefined;
  readonly headSha: string;
}

/** Marks the plan of a `/destroy`, so that it is never mistaken for the plan of the pull request. */
const REMOVAL = "destroy-plan";

/** The hidden line of a `/destroy` plan; the command's comment makes it unique. */
export function removalLine(comment: number | string): Markdown {
  return hiddenName(REMOVAL, String(comment));
}

/** Marks the plan of a `/rollback`. */
const ROLLBACK = "rollback-plan";

export function rollbackLine(comment: string): Markdown {
  return hiddenName(ROLLBACK, comment);
}

/** What the plan in a comment is for. */
function purposeOf(body: string): PlanPurpose | "rollback" {
  if (hiddenNameIn(REMOVAL, body) !== undefined) return "destroy";
  return hiddenNameIn(ROLLBACK, body) === undefined ? "apply" : "rollback";
}

/** Whether a comment is the plan comment of a stage, and not the plan of a `/destroy` or `/rollback`. */
export function isPlanOf(stage: string, body: string): boolean {
  return parseMarker(body)?.stage === stage && purposeOf(body) === "apply";
}

/**
 * The newest plan that was shown on the pull request, of the commit `sha` where there is one, by the bot's own record. Where it has none (a plan of
 * the Action; inside a workflow), by what a comment says, which every writer can edit: that opens no gate without an id that a person
 * typed, and inside a workflow a merge is also compared with a plan of the merged head. What a `/destroy` deletes is planned by the bot
 * alone: where it keeps records, no comment counts.
 */
export async function reviewedPlans(
  context: RepositoryContext,
  targets: readonly Target[],
  pull: number,
  { purpose, sha }: { readonly purpose: PlanPurpose; readonly sha: string },
): Promise<ReadonlyMap<string, ReviewedPlan>> {
  const { services, request, repository } = context;
  const found = new Map<string, ReviewedPlan>();
  const isRecorded = purpose === "destroy" && services.keepsRecords;
  const plans = isRecorded ? [] : await shownPlans(services, request, repository, pull, purpose);
  for (const target of targets) {
    const { stage, directory } = target.stack;
    const own = await services.store.reviewedPlan(target.stack, pull, purpose);
    const shown = plans.findLast((one) => one.stage === stage && one.directory === directory);
    const isOfSha = shown?.headSha === sha;
    // An older version kept twelve digits only.
    if (own !== undefined && isDigest(own.digest) && (own.sha === sha || !isOfSha)) found.set(directory, own);
    else if (shown !== undefined)
      found.set(directory, { digest: shown.digest, sha: shown.headSha, from: "comment", seen: shown.seen });
  }
  return found;
}

/**
 * The newest plan of each stack's `/rollback` on the pull request: the bot's own record of it, or what a comment says where nothing is
 * kept; that is compared with the plan that apply makes, of a commit that it does not say.
 */
export async function shownRollbacks(
  { services, request, repository }: RepositoryContext,
  targets: readonly Target[],
  pull: number,
): Promise<ReadonlyMap<string, ReviewedPlan>> {
  const found = new Map<string, ReviewedPlan>();
  const shown = services.keepsRecords
    ? []
    : await shownPlans(services, request, repository, pull, "rollback");
  for (const target of targets) {
    const { stack } = target;
    const inComment = shown.findLast(
      ({ stage, directory }) => stage === stack.stage && directory === stack.directory,
    );
    if (inComment !== undefined)
      found.set(stack.directory, { digest: inComment.digest, sha: inComment.headSha, from: "comment" });
    const own = services.keepsRecords ? await plannedRollback(services, target, pull) : undefined;
    if (own !== undefined) found.set(stack.directory, own);
  }
  return found;
}

async function plannedRollback(
  { store }: Services,
  { stack }: Target,
  pull: number,
): Promise<ReviewedPlan | undefined> {
  const runs = await store.listRuns({ stack, states: ["succeeded"], limit: 100 });
  const newest = runs.find(({ kind, cause }) => kind === "plan" && isRollback(cause) && cause.pull === pull);
  const plan = newest === undefined ? undefined : (await store.getRun(newest.id))?.plan;
  return plan === undefined || newest === undefined ? undefined : { digest: plan.digest, sha: newest.sha };
}

/** Every plan shown in comments of the bot and of the Action, the last edited one last. */
async function shownPlans(
  services: Pick<Services, "appSlug">,
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
  purpose: PlanPurpose | "rollback",
): Promise<readonly ShownPlan[]> {
  const trusted = new Set(["github-actions[bot]", `${services.appSlug}[bot]`]);
  const comments = await allPages(request, "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...place(repository),
    issue_number: pull,
  });
  return comments
    .filter((comment) => trusted.has(text(at(comment, "user", "login"))))
    .map((comment) => ({ body: text(at(comment, "body")), edited: text(at(comment, "updated_at")) }))
    .filter(({ body }) => purposeOf(body) === purpose)
    .sort((one, other) => (one.edited < other.edited ? -1 : one.edited > other.edited ? 1 : 0))
    .flatMap(({ body }) => {
      const marker = parseMarker(body);
      return (marker?.stacks ?? []).flatMap(({ directory, digest, seen, headSha }) =>
        digest === undefined || !isDigest(digest)
          ? []
          : [{ stage: marker?.stage ?? "", directory, digest, seen, headSha }],
      );
    });
}
