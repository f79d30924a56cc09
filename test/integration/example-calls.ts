/** The examples as their users call them, where MiniStack runs what they have. */
import type { CloudWatchLogs as Logs } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "vitest";
import { openFront } from "../../src/cli/dev/front.ts";
import { call } from "../acceptance/call.ts";

/** An example that stands, and the AWS around it. */
export interface Standing {
  /** Of its API: `http://abc.execute-api.localhost:4566`. */
  readonly endpoint: string;
  /** For clients of the SDK, and what has no API: sign-in pages. */
  readonly aws: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

type Aws = Standing["aws"];

const PATIENCE = { timeout: 30_000, interval: 50 };

export const CALLS: Readonly<Record<string, (standing: Standing) => Promise<void>>> = {
  async seed({ endpoint }) {
    expect((await call(endpoint, "/anything")).status).toBe(404);
  },
  "http-lambda": greets,
  "several-accounts": greets,
  async "several-stacks/orders"({ endpoint }) {
    expect(await call(endpoint, "/orders")).toEqual({ status: 200, body: '[{"id":1,"item":"tea"}]' });
  },
  async "two-stages"({ endpoint }) {
    expect(await call(endpoint, "/")).toMatchObject({ status: 200, body: "hello from dev" });
  },

  async "user-pool"({ endpoint, aws }) {
    const partner = (key: string) => call(endpoint, "/partner", { "x-partner-key": key });
    expect(await partner("an example key")).toEqual({ status: 200, body: '{"partner":"example"}' });
    expect((await partner("another key")).status).toBe(403);
    expect((await call(endpoint, "/partner")).status).toBe(401);

    const client = await clientOf(aws, "club");
    const me = async (scope: string) => {
      const token = await signIn(aws, client, scope);
      return call(endpoint, "/me", { authorization: `Bearer ${token}` });
    };
    expect((await call(endpoint, "/me")).status).toBe(401);
    expect((await call(endpoint, "/me", { authorization: "Bearer made.up.token" })).status).toBe(401);
    expect((await me("email")).status).toBe(403);
    const { status, body } = await me("openid");
    expect({ status, ...JSON.parse(body) }).toEqual({ status: 200, member: expect.any(String) });
  },

  async "jwt-authorizer"({ endpoint, aws }) {
    const client = await clientOf(aws, ISSUING_POOL);
    const get = (path: string, token?: string) =>
      call(endpoint, `/dev${path}`, token === undefined ? {} : { authorization: `Bearer ${token}` });
    expect(await get("/")).toEqual({ status: 200, body: '{"hello":"stranger"}' });
    expect((await get("/me")).status).toBe(401);
    expect((await get("/me", await signIn(aws, client, "openid"))).status).toBe(403);
    const { status, body } = await get("/me", await signIn(aws, client, "openid profile"));
    expect({ status, ...JSON.parse(body) }).toEqual({
      status: 200,
      hello: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  },

  async "queue-worker"({ aws }) {
    const { SQS } = await import("@aws-sdk/client-sqs");
    const queues = new SQS(aws);
    const { QueueUrl } = await queues.getQueueUrl({ QueueName: "jobs" });
    await queues.sendMessage({ QueueUrl, MessageBody: '{"resize":"cat.png"}' });
    await expect.poll(() => printedBy(aws, "worker"), PATIENCE).toContain("resizing cat.png");
    // What was worked on has left the queue.
    const left = async () =>
      (await queues.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] })).Attributes;
    await expect.poll(left, PATIENCE).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
    });
    // What fails waits for its next turn.
    await queues.sendMessage({ QueueUrl, MessageBody: "no job" });
    await expect.poll(() => printedBy(aws, "worker"), PATIENCE).toMatch(/: Unexpected token .*no job/);
    expect(await left()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
  },

  websocket: ({ endpoint }) =>
    inChat(endpoint, async (connect) => {
      const ana = await connect();
      ana.say({ action: "echo", text: "hello" });
      await expect.poll(() => ana.heard, PATIENCE).toEqual(["hello"]);
      ana.say({ action: "shout" });
      await expect.poll(() => ana.heard, PATIENCE).toEqual(["hello", 'Send {"action":"echo","text":"…"}']);
    }),

  chat: ({ endpoint, aws }) =>
    inChat(endpoint, async (connect) => {
      const { DynamoDB } = await import("@aws-sdk/client-dynamodb");
      const table = new DynamoDB(aws);
      const connected = async () => (await table.scan({ TableName: "connections" })).Count;
      const ana = await connect();
      const ben = await connect();
      expect(await connected()).toBe(2);
      ana.say({ action: "send", text: "hello" });
      await expect.poll(() => ben.heard, PATIENCE).toEqual(["hello"]);
      await expect.poll(() => ana.heard.toSorted(), PATIENCE).toEqual(["hello", '{"sent":2}']);
      ben.say({ action: "shout" });
      await expect.poll(() => ben.heard, PATIENCE).toEqual(["hello", expect.stringContaining('"message":')]);
      ben.leave();
      await expect.poll(connected, PATIENCE).toBe(1);
    }),
};

/** What must be there before an example, and files in place of some of its own. */
export const BEFORE: Readonly<Record<string, (aws: Aws) => Promise<Readonly<Record<string, string>>>>> = {
  /** The issuer of its tokens: a pool that another stack has. */
  async "jwt-authorizer"(aws) {
    const pools = await userPools(aws);
    const { UserPool } = await pools.createUserPool({ PoolName: ISSUING_POOL });
    const { UserPoolClient } = await pools.createUserPoolClient({
      UserPoolId: UserPool?.Id,
      ClientName: "members",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "profile"],
      CallbackURLs: ["https://members.example.com/"],
      SupportedIdentityProviders: ["COGNITO"],
    });
    const issuer = `https://cognito-idp.${aws.region}.amazonaws.com/${UserPool?.Id}`;
    const config = { issuer, audience: UserPoolClient?.ClientId };
    return { "jwt-authorizer/config.js": `module.exports = () => (${JSON.stringify(config)});\n` };
  },
};

const ISSUING_POOL = "members";

async function greets({ endpoint }: Standing): Promise<void> {
  const { status, body } = await call(endpoint, "/hello/Ana");
  expect({ status, ...JSON.parse(body) }).toMatchObject({ status: 200, message: "Hello, Ana!" });
}

/** A client of a user pool, and where it sends its users back to. */
interface PoolClient {
  readonly poolId: string;
  readonly clientId: string;
  readonly callback: string;
}

async function userPools(aws: Aws) {
  const { CognitoIdentityProvider } = await import("@aws-sdk/client-cognito-identity-provider");
  return new CognitoIdentityProvider(aws);
}

/** The one client of the pool of this name. */
async function clientOf(aws: Aws, poolName: string): Promise<PoolClient> {
  const pools = await userPools(aws);
  const { UserPools = [] } = await pools.listUserPools({ MaxResults: 60 });
  const poolId = UserPools.find(({ Name }) => Name === poolName)?.Id ?? "";
  const { UserPoolClients = [] } = await pools.listUserPoolClients({ UserPoolId: poolId });
  const clientId = UserPoolClients[0]?.ClientId ?? "";
  const { UserPoolClient } = await pools.describeUserPoolClient({ UserPoolId: poolId, ClientId: clientId });
  return { poolId, clientId, callback: UserPoolClient?.CallbackURLs?.[0] ?? "" };
}

/**
 * A new member signs in at the pool's pages, and the site changes the code that comes back for an access token:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
async function signIn(aws: Aws, client: PoolClient, scope: string): Promise<string> {
  const pools = await userPools(aws);
  const member = { UserPoolId: client.poolId, Username: `${scope.replaceAll(" ", "-")}@example.com` };
  const password = "Correct-horse-7-battery";
  await pools.adminCreateUser(member);
  await pools.adminSetUserPassword({ ...member, Password: password, Permanent: true });
  const asked = { client_id: client.clientId, redirect_uri: client.callback };
  const post = (path: string, form: Readonly<Record<string, string>>) =>
    fetch(`${aws.endpoint}${path}`, {
      method: "POST",
      body: new URLSearchParams({ ...asked, ...form }),
      redirect: "manual",
    });
  const signed = await post("/login", { username: member.Username, password, scope, response_type: "code" });
  const code = new URL(signed.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const token = await post("/oauth2/token", { grant_type: "authorization_code", code });
  const { access_token } = (await token.json()) as { readonly access_token: string };
  return access_token;
}

/** All that a function has printed. */
async function printedBy(aws: Aws, name: string): Promise<string> {
  const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
  const logs: Logs = new CloudWatchLogs(aws);
  const { events = [] } = await logs
    .filterLogEvents({ logGroupName: `/aws/lambda/${name}` })
    // A function that has not run yet has no log group.
    .catch(() => ({ events: [] }));
  return events.map(({ message }) => message).join("\n");
}

interface Talker {
  readonly heard: readonly string[];
  say(message: Readonly<Record<string, string>>): void;
  leave(): void;
}

/** Connects to the stage `live` as often as it is asked to, and leaves in the end. */
async function inChat(
  endpoint: string,
  talk: (connect: () => Promise<Talker>) => Promise<void>,
): Promise<void> {
  const front = await openFront(0, endpoint);
  const sockets: WebSocket[] = [];
  const connect = async (): Promise<Talker> => {
    const socket = new WebSocket(`${front.url.replace(/^http/, "ws")}/live`);
    sockets.push(socket);
    const heard: string[] = [];
    socket.addEventListener("message", ({ data }) => heard.push(String(data)));
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("the connection was refused")));
    });
    return { heard, say: (message) => socket.send(JSON.stringify(message)), leave: () => socket.close() };
  };
  try {
    await talk(connect);
  } finally {
    for (const socket of sockets) socket.close();
    await front.close();
  }
}
