/** The GitHub App's permissions and events: exactly what the bot uses, and why. Data for setup and docs/bot.md. */
import { EVENTS } from "../../events/listeners.ts";

interface Permission {
  readonly level: "read" | "write";
  readonly why: string;
}

/** Keyed by GitHub's API names. */
export const PERMISSIONS: Readonly<Record<string, Permission>> = {
  metadata: { level: "read", why: "every App has it; tells who may write to the repository" },
  actions: {
    level: "read",
    why: "reads workflow runs and the artifacts of code that is built, and the rules of environments",
  },
  attestations: { level: "read", why: "verifies where built code comes from, where a stage asks for it" },
  contents: { level: "read", why: "reads the spec and `.github/gatewright.yml`, compares commits" },
  pull_requests: { level: "write", why: "reads heads and reviews, comments on pull requests" },
  issues: {
    level: "write",
    why: "reads commands, reacts to them, keeps one issue per drift and per failed merge",
  },
  checks: { level: "write", why: "reads whether checks are green, shows its own runs as checks" },
  statuses: { level: "read", why: "reads whether commit statuses are green" },
  deployments: { level: "write", why: "makes every apply a deployment of its environment" },
  members: { level: "read", why: "knows who is in a team that `allowed` names" },
};

/** The webhook events behind the handlers: `issue_comment`, `pull_request`, `push`. */
export const WEBHOOK_EVENTS: readonly string[] = [
  ...new Set(Object.keys(EVENTS).map((name) => name.split(".")[0] ?? name)),
].sort();

/** Where the bot listens, below its public address. */
export const WEBHOOK_PATH = "/api/github/webhooks";
const SIGN_IN_PATH = "/login/callback";
export const SET_UP_PATH = "/setup/callback";

/** The manifest from which GitHub creates the App: https://docs.github.com/en/apps/sharing-github-apps. */
export function appManifest(name: string, publicUrl: string): Readonly<Record<string, unknown>> {
  return {
    name,
    description: "Deploys AWS API Gateway from pull requests: /plan, /apply, or on merge.",
    url: publicUrl,
    hook_attributes: { url: `${publicUrl}${WEBHOOK_PATH}`, active: true },
    redirect_url: `${publicUrl}${SET_UP_PATH}`,
    callback_urls: [`${publicUrl}${SIGN_IN_PATH}`],
    public: false,
    default_permissions: Object.fromEntries(
      Object.entries(PERMISSIONS).map(([permission, { level }]) => [permission, level]),
    ),
    default_events: WEBHOOK_EVENTS,
  };
}
