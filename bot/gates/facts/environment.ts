/**
 * The protection rules of a stage's GitHub environment, which GitHub itself keeps for jobs that name it. A server is no such job and keeps them
 * here: https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments.
 */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { statusOf } from "../../../src/github/errors.ts";
import { at, list, number, text } from "../../../src/github/json.ts";
import { allPages } from "../../../src/github/paging.ts";
import { place, type RepositoryRef } from "../../../src/model/repository.ts";
import { sameLogin } from "./login.ts";
import { MERGE_QUEUE } from "./pull.ts";
import type { EnvironmentFact, Facts } from "./facts.ts";
import { readTeams } from "./permission.ts";
import { cameToBranch } from "./pushers.ts";
import { latestReviews } from "./reviews.ts";

interface Pushed {
  readonly sha: string;
  /** What a drift issue puts right waits from its opening on, even where the commit is older. */
  readonly notBefore?: Date | undefined;
}

export interface EnvironmentQuestion {
  /** Of the stage, and of the stack where that has one of its own. */
  readonly names: readonly string[];
  /** What is deployed: the pull request's branch, or the one that it was merged into. */
  readonly branch: string;
  /** Who asks or has merged. */
  readonly login: string;
  readonly headSha: string;
  readonly reviews: Facts["reviews"];
  /** The reviews are of what is deployed. Otherwise only who asks can agree: others have approved something else. */
  readonly isReviewed: boolean;
  /** What is deployed, where the reviews are not of it. */
  readonly pushed?: Pushed | undefined;
}

/** Those with a rule. Throws where one could not be read. */
export async function readEnvironments(
  request: GitHubRequest,
  repository: RepositoryRef,
  question: EnvironmentQuestion,
): Promise<readonly EnvironmentFact[]> {
  const found = await Promise.all(
    [...new Set(question.names)].map((name) => readEnvironment(request, repository, name, question)),
  );
  return found.filter((fact) => fact !== undefined);
}

async function readEnvironment(
  request: GitHubRequest,
  repository: RepositoryRef,
  name: string,
  question: EnvironmentQuestion,
): Promise<EnvironmentFact | undefined> {
  const environment = await ask(request, repository, name, ENVIRONMENT);
  if (environment === undefined) return undefined;
  const rules = list(at(environment, "protection_rules"));
  const apps = await appsWithRule(request, repository, name);
  if (rules.length === 0 && apps.length === 0) return undefined;
  const ofType = (type: string): unknown => rules.find((rule) => at(rule, "type") === type);
  const reviewed = ofType("required_reviewers");
  const reviewers = list(at(reviewed, "reviewers")).map((one) => ({
    isTeam: at(one, "type") === "Team",
    name: text(at(one, "reviewer", at(one, "type") === "Team" ? "slug" : "login")),
  }));
  const preventsSelfReview = at(reviewed, "prevent_self_review") === true;
  const waitMinutes = number(at(ofType("wait_timer"), "wait_timer"));
  const policy = await readPolicy(
    request,
    repository,
    name,
    at(environment, "deployment_branch_policy"),
    question.branch,
  );
  return {
    name,
    reviewers: reviewers.map((one) => (one.isTeam ? `${repository.owner}/${one.name}` : one.name)),
    preventsSelfReview,
    isReviewed: question.isReviewed,
    agreed:
      reviewers.length === 0
        ? undefined
        : await agreedOf(request, repository, { reviewers, preventsSelfReview, ...question }),
    waitMinutes,
    waitsFrom: waitMinutes === 0 ? undefined : await waitsFrom(request, repository, question),
    branch: question.branch,
    ...policy,
    unknownRules: [
      ...rules.map((rule) => text(at(rule, "type"))).filter((type) => !KEPT.has(type)),
      ...apps.map((slug) => `the App ${slug}'s`),
    ],
  };
}

const KEPT: ReadonlySet<string> = new Set(["required_reviewers", "wait_timer", "branch_policy"]);

const ENVIRONMENT = "GET /repos/{owner}/{repo}/environments/{environment_name}";

/** Undefined for one that nobody has made: GitHub makes it, without rules, with its first deployment. */
async function ask(
  request: GitHubRequest,
  repository: RepositoryRef,
  name: string,
  route: string,
): Promise<unknown> {
  try {
    const { data } = await request(route, { ...place(repository), environment_name: name });
    return data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Custom rules are not among the environment's own: https://docs.github.com/en/rest/deployments/protection-rules. */
async function appsWithRule(
  request: GitHubRequest,
  repository: RepositoryRef,
  name: string,
): Promise<readonly string[]> {
  const found = await ask(request, repository, name, `${ENVIRONMENT}/deployment_protection_rules`);
  return list(at(found, "custom_deployment_protection_rules"))
    .filter((rule) => at(rule, "enabled") !== false)
    .map((rule) => text(at(rule, "app", "slug")));
}

async function readPolicy(
  request: GitHubRequest,
  repository: RepositoryRef,
  environment: string,
  policy: unknown,
  branch: string,
): Promise<Pick<EnvironmentFact, "takesBranch" | "branches">> {
  if (at(policy, "protected_branches") === true)
    return { takesBranch: await isProtected(request, repository, branch), branches: "protected" };
  if (at(policy, "custom_branch_policies") !== true) return { takesBranch: true, branches: [] };
  const policies = await allPages(
    request,
    "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
    { ...place(repository), environment_name: environment },
    (data) => at(data, "branch_policies"),
  );
  const branches = policies
    .filter((each) => text(at(each, "type")) !== "tag")
    .map((each) => text(at(each, "name")));
  return { takesBranch: branches.some((pattern) => matches(pattern, branch)), branches };
}

async function isProtected(
  request: GitHubRequest,
  repository: RepositoryRef,
  branch: string,
): Promise<boolean> {
  try {
    const { data } = await request("GET /repos/{owner}/{repo}/branches/{branch}", {
      ...place(repository),
      branch,
    });
    return at(data, "protected") === true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** As Ruby's File.fnmatch with FNM_PATHNAME, which GitHub names: `*` and `?` stop at a slash. Pure. */
export function matches(pattern: string, branch: string): boolean {
  const source = pattern.replace(/\*\*\/|\*|\?|\[[!^]?[^\]]+\]|[\\^$.|+(){}[\]]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 1) return part.replace("[!", "[^").replaceAll("\\", "\\\\");
    return `\\${part}`;
  });
  try {
    return new RegExp(`^${source}$`, "s").test(branch);
  } catch {
    return false;
  }
}

interface Reviewing extends EnvironmentQuestion {
  readonly reviewers: readonly { readonly isTeam: boolean; readonly name: string }[];
  readonly preventsSelfReview: boolean;
}

/** The first of the environment's reviewers who approved the head, or asks. */
async function agreedOf(
  request: GitHubRequest,
  repository: RepositoryRef,
  { reviewers, preventsSelfReview, login, headSha, reviews, isReviewed }: Reviewing,
): Promise<EnvironmentFact["agreed"]> {
  // Who put it into the queue is not known then, and could be the one who approved it.
  if (preventsSelfReview && login === MERGE_QUEUE) return "unknown";
  const approving = latestReviews(isReviewed ? (reviews ?? []) : [])
    .filter(({ state, sha, isBot }) => state === "APPROVED" && sha === headSha && !isBot)
    .map((review) => review.login)
    .filter((each) => !preventsSelfReview || !sameLogin(each, login));
  const people = preventsSelfReview ? approving : [...approving, login];
  const teams = reviewers.filter(({ isTeam }) => isTeam).map(({ name }) => `${repository.owner}/${name}`);
  for (const person of people) {
    const named = reviewers.some(({ isTeam, name }) => !isTeam && sameLogin(name, person));
    if (named || (teams.length > 0 && (await readTeams(request, teams, person)).length > 0))
      return { login: person, asks: !approving.includes(person) };
  }
  return isReviewed && reviews === undefined ? "unknown" : undefined;
}

async function waitsFrom(
  request: GitHubRequest,
  repository: RepositoryRef,
  question: EnvironmentQuestion,
): Promise<Date | undefined> {
  if (question.isReviewed) return newestApproval(question);
  const { branch, pushed } = question;
  if (pushed === undefined) return undefined;
  const came = await cameToBranch(request, repository, branch, pushed.sha);
  const { notBefore } = pushed;
  return came !== undefined && notBefore !== undefined && notBefore > came ? notBefore : came;
}

function newestApproval({ reviews = [], headSha }: EnvironmentQuestion): Date | undefined {
  return latestReviews(reviews)
    .filter(({ state, sha, isBot }) => state === "APPROVED" && sha === headSha && !isBot)
    .map((review) => review.at)
    .sort((one, other) => other.getTime() - one.getTime())[0];
}
