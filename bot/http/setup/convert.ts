/** Exchanges the code of a completed manifest for the App's credentials. GitHub returns them only once. */
import type { Granted } from "../checks/judge.ts";
import { grantedOf, permissionsPage } from "../checks/read.ts";
import { at, number, text } from "../../../src/github/json.ts";

interface AppCredentials {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookSecret: string;
  readonly privateKey: string;
}

interface Converted {
  readonly app: AppCredentials;
  readonly granted: Granted;
  /** Where its owner sets what it may do. */
  readonly permissionsUrl: string;
}

/** Throws an error with GitHub's answer in its message, but none of the credentials. */
export async function convertManifest(
  { apiUrl, serverUrl }: { readonly apiUrl: string; readonly serverUrl: string },
  code: string,
): Promise<Converted> {
  const answer = await fetch(`${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`, {
    method: "POST",
    headers: {
      accept: "application/vnd.github+json",
      "user-agent": "gatewright",
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.timeout(30_000),
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) {
    const words = text(at(body, "message"));
    throw new Error(`GitHub answered ${answer.status}${words === "" ? "" : `: ${words}`}`);
  }
  const credentials: AppCredentials = {
    id: number(at(body, "id")),
    slug: text(at(body, "slug")),
    name: text(at(body, "name")),
    clientId: text(at(body, "client_id")),
    clientSecret: text(at(body, "client_secret")),
    webhookSecret: text(at(body, "webhook_secret")),
    privateKey: text(at(body, "pem")),
  };
  const missing = Object.entries(credentials).filter(([, value]) => value === "" || value === 0);
  if (missing.length > 0)
    throw new Error(`GitHub's answer has no ${missing.map(([name]) => name).join(", ")}`);
  return { app: credentials, granted: grantedOf(body), permissionsUrl: permissionsPage(body, serverUrl) };
}
