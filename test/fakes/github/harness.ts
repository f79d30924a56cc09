import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getOctokit } from "@actions/github";
import { createAppAuth } from "@octokit/auth-app";
import { request } from "@octokit/request";
import type { FakeGitHub } from "./fake-github.ts";
import type { App, Installation } from "./state/types.ts";
import { isRecord, type Json, parsed, text } from "./json.ts";

/** A webhook as it arrived at the receiver. */
export interface Received {
  /** `issue_comment.created`, or `push`. */
  readonly name: string;
  readonly delivery: string;
  readonly payload: Record<string, Json>;
  /** Whether the signature is that of the secret over the very bytes. */
  readonly signed: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What it answers; 200 unless changed. */
  status: number;
  close(): Promise<void>;
}

/** A receiver of webhooks that keeps what it gets, for tests without a bot. */
export async function startReceiver(secret: string): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const payload = parsed(body.toString());
      const action = text(payload, "action");
      received.push({
        name: [String(request.headers["x-github-event"]), ...(action ? [action] : [])].join("."),
        delivery: String(request.headers["x-github-delivery"]),
        payload: isRecord(payload) ? payload : {},
        signed:
          request.headers["x-hub-signature-256"] ===
          `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      });
      response.writeHead(receiver.status).end("thank you");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    received,
    status: 200,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** An App's own client: signs its JWTs with its private key. */
export function appRequest(fake: FakeGitHub, app: App) {
  const base = request.defaults({ baseUrl: fake.world.urls.api });
  const auth = createAppAuth({ appId: app.id, privateKey: app.privateKey ?? "", request: base });
  return base.defaults({ request: { hook: auth.hook } });
}

/** The client an App has in an installation, with a token it asked for. */
export async function octokitOf(fake: FakeGitHub, app: App, installation: Installation) {
  const { data } = await appRequest(fake, app)("POST /app/installations/{installation_id}/access_tokens", {
    installation_id: installation.id,
  });
  return getOctokit(data.token, { baseUrl: fake.world.urls.api }).rest;
}
