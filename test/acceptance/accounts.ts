/**
 * Several AWS accounts at one address, and GitHub's OIDC provider beside them: STS gives a role's keys for the job's token, or to whoever
 * signs with an account's keys, and what is signed with them goes to the role's account.
 */
import { createServer } from "node:http";
import { createUpstream } from "../fakes/proxy/forward.ts";
import { listen, receive } from "../fakes/aws/core/http-server.ts";

/** An account's AWS: a fake one, or an emulator. */
export interface Account {
  listen(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

export interface Accounts {
  readonly url: string;
  /** What a job in a workflow with `id-token: write` gets, and where AWS is. */
  readonly env: Readonly<Record<string, string>>;
  /** The roles that were assumed, in order. */
  readonly assumed: { readonly role: string; readonly session: string }[];
  /** Where AWS is, for a process with an account's own keys. */
  keysOf(account: string): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const BEARER = "the runner's secret";
const TOKEN = "header.claims-of-the-job.signature";

/** What STS gives besides the keys' id, for tests that look for it where it must not be. */
export const sessionSecrets = (account: string): readonly string[] => [
  `secret-of-${account}`,
  `session-of-${account}`,
];

/** @param accounts by account id */
export async function serveAccounts(accounts: Readonly<Record<string, Account>>): Promise<Accounts> {
  const assumed: { role: string; session: string }[] = [];
  const behind = new Map(
    await Promise.all(
      Object.entries(accounts).map(async ([account, aws]) => {
        const server = await aws.listen();
        return [account, { ...server, upstream: createUpstream(server.url) }] as const;
      }),
    ),
  );
  /** A call to an API has no keys, but a host name with its server's port. */
  const serving = (host = "") =>
    [...behind.values()].find(
      ({ url }) => host.includes(".execute-api.") && host.endsWith(`:${new URL(url).port}`),
    );
  const assume = (action: string, form: URLSearchParams, signer: string): readonly [number, string] => {
    const role = form.get("RoleArn") ?? "";
    const account = role.split(":")[4] ?? "";
    const isKnown = action === "AssumeRole" ? behind.has(signer) : form.get("WebIdentityToken") === TOKEN;
    if (!isKnown || !behind.has(account))
      return [403, failure("AccessDenied", `Not authorized to perform sts:${action}`)];
    assumed.push({ role, session: form.get("RoleSessionName") ?? "" });
    return [200, granted(action, account)];
  };
  const server = createServer((request, response) => {
    void receive(request).then(async ({ method, path, query, headers, body = "" }) => {
      const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
      if (path === "/oidc") {
        const known = headers.authorization === `Bearer ${BEARER}` && query.audience === "sts.amazonaws.com";
        response.writeHead(known ? 200 : 401).end(JSON.stringify(known ? { value: TOKEN } : {}));
        return;
      }
      const form = new URLSearchParams(bytes.toString("utf8"));
      const [, account = ""] = /Credential=ASIA(\d{12})\//.exec(headers.authorization ?? "") ?? [];
      const action = form.get("Action") ?? "";
      if (action === "AssumeRoleWithWebIdentity" || action === "AssumeRole") {
        const [status, answer] = assume(action, form, account);
        response.writeHead(status, { "content-type": "text/xml" }).end(answer);
        return;
      }
      const to = behind.get(account) ?? serving(headers.host);
      if (to === undefined) {
        response.writeHead(403).end(failure("InvalidClientTokenId", "The security token is invalid"));
        return;
      }
      const answer = await to.upstream.forward({ method, path, query, headers, body: bytes }, request.url);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  const front = await listen(server);
  return {
    url: front.url,
    env: {
      AWS_ENDPOINT_URL: front.url,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/nonexistent/config",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
      ACTIONS_ID_TOKEN_REQUEST_URL: `${front.url}/oidc?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: BEARER,
    },
    assumed,
    keysOf: (account) => ({
      AWS_ENDPOINT_URL: front.url,
      AWS_ACCESS_KEY_ID: `ASIA${account}`,
      AWS_SECRET_ACCESS_KEY: `secret-of-${account}`,
    }),
    close: async () => {
      await front.close();
      for (const { upstream, close } of behind.values()) {
        upstream.close();
        await close();
      }
    },
  };
}

function granted(action: string, account: string): string {
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  const [secret = "", session = ""] = sessionSecrets(account);
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>ASIA${account}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${session}</SessionToken><Expiration>${expires}</Expiration></Credentials></${action}Result></${action}Response>`;
}

function failure(code: string, message: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}
