/** What to do when GitHub refuses a request: one table for both audiences. Pure. */

/** Who reads the hint: the author of a workflow, or the people who run and use the App. */
export type Audience = "job" | "app";

export type GitHubErrorCode =
  | "GITHUB_UNREACHABLE"
  | "GITHUB_TOKEN_REFUSED"
  | "GITHUB_RATE_LIMITED"
  | "GITHUB_ARCHIVED"
  | "GITHUB_LOCKED"
  | "GITHUB_FORBIDDEN"
  | "GITHUB_NOT_FOUND"
  | "GITHUB_ERROR";

/** A request that was refused. */
interface Refusal {
  /** `POST /repos/{owner}/{repo}/check-runs` */
  readonly route: string;
  /** The header `x-accepted-github-permissions`, where GitHub sent it. */
  readonly accepted?: string | undefined;
}

const PERMISSIONS_OF_A_JOB = "Give the job the permissions `contents: read` and `pull-requests: write`.";
const STATUS_PAGE = "https://www.githubstatus.com shows whether GitHub has problems.";

const ADVICE: Readonly<
  Record<GitHubErrorCode, Readonly<Record<Audience, string | ((refusal: Refusal) => string)>>>
> = {
  GITHUB_UNREACHABLE: {
    job: "Check GITHUB_API_URL and the runner's network, then run the job again.",
    app: "Send the command again in a few minutes. If it keeps failing, check GITHUB_API_URL and the bot's network.",
  },
  GITHUB_TOKEN_REFUSED: {
    job: "Leave github-token at its default, or provide one that has not expired.",
    app: "Check that the App is not suspended, and that APP_ID and the private key belong to the same App.",
  },
  GITHUB_RATE_LIMITED: {
    job: "Run the job again when the limit is reset; rate limits are per token and hour.",
    app: "Send the command again when the limit is reset; the App's limit is shared by the whole installation.",
  },
  GITHUB_ARCHIVED: {
    job: "An owner can unarchive the repository in its settings; until then nothing in it can be written.",
    app: "An owner can unarchive the repository in its settings; until then nothing in it can be written.",
  },
  GITHUB_LOCKED: {
    job: "Unlock the conversation on the pull request's page (or the repository in its settings), then run the job again.",
    app: "Unlock the conversation on its page (or the repository in its settings), then send the command again.",
  },
  GITHUB_FORBIDDEN: {
    job: (refusal) =>
      `Give the job the permission \`${permissionOf(refusal).replaceAll("_", "-")}\`, under \`permissions:\` in the workflow.`,
    app: (refusal) =>
      `The App needs the permission \`${permissionOf(refusal)}\`: grant it in the App's settings, then accept it where the App is installed.`,
  },
  GITHUB_NOT_FOUND: {
    job: PERMISSIONS_OF_A_JOB,
    app: "Check that the App is still installed on this repository, and that the requested item still exists.",
  },
  GITHUB_ERROR: {
    job: `Run the job again; ${STATUS_PAGE}`,
    app: `Send the command again in a few minutes; ${STATUS_PAGE}`,
  },
};

export function adviceFor(code: GitHubErrorCode, audience: Audience, refusal: Refusal): string {
  const advice = ADVICE[code][audience];
  return typeof advice === "string" ? advice : advice(refusal);
}

/** The permission that a route needs, for refusals in which GitHub does not name it. */
const PERMISSIONS: readonly (readonly [RegExp, string])[] = [
  [/\/actions\//, "actions"],
  [/\/attestations\//, "attestations"],
  [/\/check-runs/, "checks"],
  [/\/deployments/, "deployments"],
  [/\/statuses/, "statuses"],
  [/\/(contents|git|commits|compare)\b/, "contents"],
  [/\/pulls/, "pull_requests"],
  [/\/orgs\//, "members"],
  [/\/issues\/(comments|\{issue_number\})/, "pull_requests"],
  [/\/issues/, "issues"],
];

/** `issues: write` */
function permissionOf({ route, accepted = "" }: Refusal): string {
  if (accepted !== "") return accepted.replaceAll("=", ": ");
  const level = route.startsWith("GET ") ? "read" : "write";
  const found = PERMISSIONS.find(([routes]) => routes.test(route));
  return `${found === undefined ? "metadata" : found[1]}: ${level}`;
}
