/** GitHub's refusals as the bot's readers need them: the engine's advice is for the owner of a workflow's job. */
import { GatewrightError } from "../model/errors.ts";
import { at, text } from "./api.ts";

/** What the App was not allowed to do, when GitHub does not say so itself. */
const PERMISSIONS: readonly (readonly [RegExp, string])[] = [
  [/\/check-runs/, "checks"],
  [/\/deployments/, "deployments"],
  [/\/statuses/, "statuses"],
  [/\/(contents|git|commits|compare)\b/, "contents"],
  [/\/pulls/, "pull_requests"],
  [/\/orgs\//, "members"],
  [/\/issues\/(comments|\{issue_number\})/, "pull_requests"],
  [/\/issues/, "issues"],
];

/** The same error with the advice that helps here. Everything else stays as it is. */
export function advised(error: unknown, route: string): unknown {
  if (!(error instanceof GatewrightError)) return error;
  const hint = hintOf(error, route);
  return hint === undefined
    ? error
    : new GatewrightError(error.code, error.message, { hint, cause: error.cause });
}

function hintOf(error: GatewrightError, route: string): string | undefined {
  switch (error.code) {
    case "GITHUB_FORBIDDEN":
      return `The App needs the permission \`${permissionOf(error, route)}\`: grant it in the App's settings, and accept it where the App is installed.`;
    case "GITHUB_NOT_FOUND":
      return "Look whether the App is still installed on this repository, and whether what it was asked about still exists.";
    case "GITHUB_TOKEN_REFUSED":
      return "Look whether the App is suspended, and whether APP_ID and the private key are those of one App.";
    case "GITHUB_RATE_LIMITED":
      return "Send the command again when the limit is reset; the App's limit counts for the whole installation.";
    case "GITHUB_UNREACHABLE":
      return "Send the command again in a while. When it stays so, look at GITHUB_API_URL and the bot's network.";
    case "GITHUB_ERROR":
      return "Send the command again in a while; https://www.githubstatus.com tells whether GitHub has trouble.";
    default:
      return undefined;
  }
}

/** `issues: write`; GitHub names it in a header of its refusal. */
function permissionOf({ cause }: GatewrightError, route: string): string {
  const named = text(at(cause, "response", "headers", "x-accepted-github-permissions"));
  if (named !== "") return named.replaceAll("=", ": ");
  const level = route.startsWith("GET ") ? "read" : "write";
  const found = PERMISSIONS.find(([routes]) => routes.test(route));
  return `${found === undefined ? "metadata" : found[1]}: ${level}`;
}
