/**
 * Several AWS accounts at one address, and GitHub's OIDC provider beside them: STS gives a role's keys for the job's token, or to whoever
 * signs with an account's keys, and what is signed with them goes to the role's account.
 */
import { createServer } from "node:http";
import type { FakeAws } from "../fakes/aws/fake-aws.ts";
import { listen, receive } from "../fakes/aws/core/http-server.ts";

export interface Accounts {
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

/** @param accounts by account id */
export async function serveAccounts(accounts: Readonly<Record<string, FakeAws>>): Promise<Accounts> {
  const assumed: { role: string; session: string }[] = [];
  const behind = new Map(
    await Promise.all(
      Object.entries(accounts).map(async ([account, aws]) => [account, await aws.listen()] as const),
    ),
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
      const to = behind.get(account);
      if (to === undefined) {
        response.writeHead(403).end(failure("InvalidClientTokenId", "The security token is invalid"));
        return;
      }
      const { host: _host, "content-length": _length, connection: _connection, ...sent } = headers;
      const answer = await fetch(`${to.url}${request.url}`, {
        method,
        headers: sent,
        ...(bytes.length === 0 ? {} : { body: bytes }),
      });
      const { "content-encoding": _coded, ...given } = Object.fromEntries(answer.headers);
      response.writeHead(answer.status, given).end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  const front = await listen(server);
  return {
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
      for (const one of behind.values()) await one.close();
    },
  };
}

function granted(action: string, account: string): string {
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>ASIA${account}</AccessKeyId><SecretAccessKey>secret-of-${account}</SecretAccessKey><SessionToken>session-of-${account}</SessionToken><Expiration>${expires}</Expiration></Credentials></${action}Result></${action}Response>`;
}

function failure(code: string, message: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}
