import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describedAnswer, requestProblems } from "../contract/validate.ts";
import { type Described, route } from "../contract/description.ts";
import { type Json, parsed } from "../json.ts";
import type { Operation } from "./call.ts";
import type { Answer, Call, Caller } from "./call.ts";
import { GitHubError } from "./errors.ts";
import { perform } from "./authorize.ts";
import { callerOf } from "./caller.ts";
import type { Fault, Faults } from "./faults.ts";
import { answerGraphQl } from "./graphql.ts";
import type { World } from "../state/world.ts";

/** A request as it arrived, kept for tests to look at. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly operation: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Json | undefined;
  readonly at: Date;
  /** 0 while there is no answer, and for good when the connection was cut. */
  status: number;
}

export interface ServerParts {
  readonly world: World;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly faults: Faults;
  readonly requests: Recorded[];
  readonly violation: (message: string) => void;
  readonly context: Pick<Call, "deliveries" | "redeliver" | "signIn">;
  /** Pages and sign-in; `undefined`: not one of them. */
  readonly page: (request: { method: string; url: URL; body: string; accept: string }) => Answer | undefined;
}

interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly path: string;
  readonly text: string;
  readonly body: Json | undefined;
  readonly headers: IncomingMessage["headers"];
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
  return {
    method: request.method ?? "GET",
    url,
    // GitHub Enterprise Server has the API under a prefix; both styles work here at any time.
    path: url.pathname.replace(/^\/api\/v3(?=\/)/, ""),
    text,
    body: text === "" ? undefined : parsed(text),
    headers: request.headers,
  };
}

/** Formats that are modelled beside JSON. */
const media: Readonly<Record<string, string>> = {
  "git/get-blob": "raw",
  "repos/get-commit": "sha",
  "repos/get-content": "raw",
};

/** A format GitHub could answer in and the fake cannot: `diff`, `html`, … */
function unknownMedia(operation: string, accept: string): string | undefined {
  const asked = accept.match(/application\/vnd\.github[\w.+-]*/g) ?? [];
  return asked.find((type) => {
    const format = type.replace(/^application\/vnd\.github(\.v3)?/, "").replace(/\+json$/, "");
    return format !== "" && !format.endsWith("-preview") && format !== `.${media[operation]}`;
  });
}

/** 501: nothing GitHub would answer, so that nobody takes the fake's refusal for GitHub's. */
function refuse(parts: ServerParts, message: string): Answer {
  parts.violation(message);
  return {
    status: 501,
    body: { message: `fake GitHub: ${message}`, documentation_url: "test/fakes/github/README.md" },
  };
}

function answerApi(
  parts: ServerParts,
  incoming: Incoming,
  operation: Described,
  params: Record<string, string>,
): Answer {
  const line = `${incoming.method} ${incoming.path} (${operation.id}, ${operation.docs})`;
  const query = Object.fromEntries(incoming.url.searchParams);
  if (incoming.text !== "" && incoming.body === undefined)
    return { status: 400, body: new GitHubError(400, "Problems parsing JSON").body };
  const strange = unknownMedia(operation.id, incoming.headers.accept ?? "");
  if (strange) return refuse(parts, `${line}: the format ${strange} is not modelled`);
  const problems = requestProblems(operation, { params, query, body: incoming.body });
  if (problems.length > 0) return refuse(parts, `${line}: request: ${problems.join("; ")}`);
  const modelled = parts.operations.get(operation.id);
  if (!modelled) return refuse(parts, `${line}: described but not modelled`);
  let answer: Answer;
  try {
    if (!incoming.headers["user-agent"])
      throw new GitHubError(
        403,
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
      );
    const caller: Caller = callerOf(parts.world, incoming.headers.authorization);
    const accept = incoming.headers.accept ?? "";
    answer = perform(
      {
        ...parts.context,
        world: parts.world,
        caller,
        params,
        query,
        body: incoming.body,
        accept,
        url: incoming.url,
      },
      modelled,
    );
  } catch (error) {
    if (!(error instanceof GitHubError))
      return refuse(parts, `${line}: the fake failed: ${error instanceof Error ? error.stack : error}`);
    answer = { status: error.status, body: error.body, headers: error.headers };
  }
  if (answer.raw) return answer;
  const { value, problems: wrong } = describedAnswer(operation, answer.status, answer.body);
  if (wrong.length > 0) return refuse(parts, `${line}: answer ${answer.status}: ${wrong.join("; ")}`);
  return { ...answer, body: value };
}

/** @param most bytes of the content that are sent; with less than all the answer is not ended */
function send(
  response: ServerResponse,
  answer: Answer,
  recorded: Recorded,
  now: Date,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  recorded.status = answer.status;
  const content =
    answer.raw?.content ?? (answer.body === undefined ? undefined : Buffer.from(JSON.stringify(answer.body)));
  response.writeHead(answer.status, {
    ...(content
      ? {
          "content-type": answer.raw?.type ?? "application/json; charset=utf-8",
          "content-length": content.length,
        }
      : {}),
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": `FAKE:${Math.random().toString(16).slice(2)}`,
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-used": "1",
    "x-ratelimit-resource": "core",
    "x-ratelimit-reset": String(Math.floor(now.getTime() / 1000) + 3600),
    date: now.toUTCString(),
    ...answer.headers,
  });
  return new Promise((sent) => {
    if (content === undefined || content.length <= most) response.end(content, () => sent());
    else response.write(content.subarray(0, most), () => sent());
  });
}

function faulty(fault: Fault): Answer | undefined {
  if (fault.status === undefined) return undefined;
  if (fault.page !== undefined) {
    const raw = { content: Buffer.from(fault.page), type: "text/html" };
    return { status: fault.status, headers: {}, raw };
  }
  const message =
    fault.status === 401 ? "Bad credentials" : fault.status === 404 ? "Not Found" : "Server Error";
  return {
    status: fault.status,
    body: fault.body ?? {
      message,
      documentation_url: "https://docs.github.com/rest",
      status: String(fault.status),
    },
    headers: fault.headers ?? {},
  };
}

async function handle(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const incoming = await read(request);
  const matched = route(incoming.method, incoming.path);
  const recorded: Recorded = {
    method: incoming.method,
    path: incoming.path,
    query: Object.fromEntries(incoming.url.searchParams),
    operation: matched?.operation.id,
    headers: incoming.headers,
    body: incoming.body,
    at: new Date(),
    status: 0,
  };
  parts.requests.push(recorded);
  const respond = (): Answer => {
    if (matched) return answerApi(parts, incoming, matched.operation, matched.params);
    const accept = incoming.headers.accept ?? "";
    if (incoming.method === "POST" && /^(?:\/api)?\/graphql$/.test(incoming.path)) {
      const { authorization } = incoming.headers;
      const answer = answerGraphQl(parts.world, authorization, incoming.body);
      return answer ?? refuse(parts, `GraphQL is modelled for { viewer { login } } only: ${incoming.text}`);
    }
    const page = parts.page({ method: incoming.method, url: incoming.url, body: incoming.text, accept });
    return page ?? refuse(parts, `no route ${incoming.method} ${incoming.path}`);
  };
  const fault = parts.faults.next(matched?.operation.id, `${incoming.method} ${incoming.path}`);
  const carriedOut = fault?.after ? respond() : undefined;
  if (fault?.delayMs) await sleep(fault.delayMs);
  if (fault?.bytes !== undefined)
    await send(response, carriedOut ?? respond(), recorded, parts.world.now(), fault.bytes);
  if (fault?.hang) return;
  if (fault?.cut) {
    request.socket.destroy();
    return;
  }
  await send(response, (fault && faulty(fault)) ?? carriedOut ?? respond(), recorded, parts.world.now());
}

/** The HTTP side of the fake. */
export function createHttp(parts: ServerParts): Server {
  return createServer((request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      parts.violation(`the fake failed: ${error instanceof Error ? error.stack : error}`);
      response.destroy();
    });
  });
}
