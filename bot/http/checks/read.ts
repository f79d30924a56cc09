/** Asks GitHub and AWS what the checks are about: GitHub as the App, AWS with the process's own credentials. Reads only. */
import { connectAws } from "../../../src/aws/connect.ts";
import { identify, type Identity } from "../../../src/aws/identity.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, list, number, text } from "../../../src/github/json.ts";
import { allPages } from "../../../src/github/paging.ts";
import {
  addressCheck,
  appChecks,
  type AppOwner,
  awsCheck,
  type Check,
  type Granted,
  installationChecks,
  type Needed,
  ownersOnly,
  webhookCheck,
} from "./judge.ts";

export type WhoAmI = () => Promise<Identity>;

/** GetCallerIdentity needs no permission. One attempt: a person waits for the page. */
export function whoAmI(region: string | undefined, endpoint: string | undefined): WhoAmI {
  return () =>
    identify(
      connectAws({
        region: region ?? "us-east-1",
        endpoint,
        attempts: 1,
        signal: AbortSignal.timeout(LONGEST_MS),
      }),
    );
}

const LONGEST_MS = 8_000;

export async function awsChecks(identity: WhoAmI, region: string | undefined): Promise<readonly Check[]> {
  return identity().then(
    (found) => awsCheck({ identity: found }, region),
    (error: unknown) => awsCheck({ error }, region),
  );
}

interface ChecksParts {
  readonly needed: Needed;
  /** Below the public address. */
  readonly webhookPath: string;
  readonly publicUrl: string | undefined;
  readonly serverUrl: string;
  readonly region: string | undefined;
  /** GitHub as the App. */
  github(): Promise<GitHubRequest>;
  readonly identity: WhoAmI;
}

export async function runningChecks(parts: ChecksParts): Promise<readonly Check[]> {
  const [aws, github] = await Promise.all([
    awsChecks(parts.identity, parts.region),
    githubChecks(parts).catch((): GitHubChecks => ({ checks: [AWAY], owner: undefined })),
  ]);
  return [addressCheck(parts.publicUrl, parts.serverUrl), ...github.checks, ...ownersOnly(aws, github.owner)];
}

interface GitHubChecks {
  readonly checks: readonly Check[];
  readonly owner: AppOwner | undefined;
}

const AWAY: Check = {
  state: "bad",
  what: "GitHub App",
  found: "GitHub did not answer",
  mend: "Look at the bot's log.",
};

async function githubChecks(parts: ChecksParts): Promise<GitHubChecks> {
  const { needed, publicUrl = "", serverUrl, webhookPath } = parts;
  const request = await parts.github();
  const [{ data: app }, installations, hook] = await Promise.all([
    request("GET /app"),
    allPages(request, "GET /app/installations", {}),
    // A server that does not know the question is none that has the wrong address.
    request("GET /app/hook/config").then(
      ({ data }) => text(at(data, "url")),
      () => undefined,
    ),
  ]);
  const installed = installations.map((one) => ({
    id: number(at(one, "id")),
    account: text(at(one, "account", "login")),
    url: text(at(one, "html_url")),
    permissions: grantedOf(one).permissions,
    isSuspended: text(at(one, "suspended_at")) !== "",
  }));
  const owner = text(at(app, "owner", "login"));
  const checks = [
    ...webhookCheck(hook, `${publicUrl}${webhookPath}`),
    ...appChecks(grantedOf(app), needed, permissionsPage(app, serverUrl)),
    ...installationChecks(installed, needed, `${text(at(app, "html_url"))}/installations/new`),
  ];
  return {
    checks,
    owner: {
      login: owner,
      isPerson: text(at(app, "owner", "type")) === "User",
      installation: installed.find(({ account }) => account === owner)?.id,
    },
  };
}

/** Where the owner of an App, as GitHub returns it, sets what it may do. */
export function permissionsPage(app: unknown, serverUrl: string): string {
  const owner = text(at(app, "owner", "login"));
  const owned = text(at(app, "owner", "type")) === "Organization" ? `/organizations/${owner}` : "";
  return `${serverUrl}${owned}/settings/apps/${text(at(app, "slug"))}/permissions`;
}

/** Of an App or an installation, as GitHub returns it. */
export function grantedOf(it: unknown): Granted {
  const permissions = at(it, "permissions");
  return {
    permissions:
      typeof permissions === "object" && permissions !== null
        ? Object.fromEntries(Object.entries(permissions).map(([name, level]) => [name, text(level)]))
        : {},
    events: list(at(it, "events")).map(text),
  };
}
