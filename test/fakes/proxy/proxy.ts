import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { AwsError } from "../aws/core/errors.ts";
import { type ArmedFault, createFaults, type Faults } from "../aws/core/faults.ts";
import { type Listening, listen, receive } from "../aws/core/http-server.ts";
import { COMMON, createThrottle } from "../aws/core/throttle.ts";
import { beforeFault, type Speaker } from "../aws/core/strike.ts";
import { encodeError } from "../aws/wire/encode.ts";
import type { WireRequest } from "../aws/wire/message.ts";
import { control } from "./control.ts";
import { type Answer, createUpstream } from "./forward.ts";
import { type Named, nameOf } from "./identify.ts";
import { limitPage } from "./paging.ts";

export interface AwsProxyOptions {
  /** The endpoint behind: an emulator, or the fake. */
  upstream: string;
  /** Milliseconds before each call goes on. */
  latencyMs?: number;
  /** Longest page of every list. */
  pageSize?: number;
  /** Enforces API Gateway's rates (10 a second, burst 40; CreateDeployment one per 5 s), answering 429 itself. */
  throttle?: boolean;
  clock?: () => number;
}

export interface ProxyCall {
  service: string;
  operation: string;
  write: boolean;
  at: number;
  /** What was answered; 0 when the connection was cut. */
  status: number;
  /** Whether it reached the upstream. */
  forwarded: boolean;
}

export interface AwsProxy {
  listen(port?: number): Promise<Listening>;
  readonly calls: ProxyCall[];
  /** Calls per "service Operation". */
  counts(): Record<string, number>;
  reset(): void;
  readonly faults: Faults;
  /** Change these while it runs. */
  readonly options: AwsProxyOptions;
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** In whose words the proxy refuses; services that the fake does not know speak as most do. */
const speakerOf = (named: Named): Speaker =>
  named.known?.service ?? { id: named.service, protocol: "rest-json", ...COMMON };

/** A proxy in front of any AWS endpoint that counts, slows down, pages, throttles and breaks. */
export function createAwsProxy(options: AwsProxyOptions): AwsProxy {
  const calls: ProxyCall[] = [];
  const faults = createFaults();
  const clock = options.clock ?? Date.now;
  const throttle = createThrottle();
  const upstream = createUpstream(options.upstream);
  const settings: AwsProxyOptions = { ...options };

  /** Answers one call, or undefined when the connection is to be cut. */
  const answer = async (
    request: WireRequest,
    target: string | undefined,
    named: Named,
    call: ProxyCall,
  ): Promise<Answer | undefined> => {
    const fault = faults.strike(named);
    try {
      if (settings.throttle === true) throttle(speakerOf(named), named.region, named.operation, call.at);
      const delay = (settings.latencyMs ?? 0) + (fault?.delayMs ?? 0);
      if (delay > 0) await wait(delay);
      if (fault !== undefined) beforeFault(speakerOf(named), named.operation, fault);
    } catch (error) {
      if (error instanceof AwsError) return own(named, error);
      throw error;
    }
    if (fault?.kind === "cut") return undefined;
    const limited = settings.pageSize === undefined ? request : limitPage(request, named, settings.pageSize);
    call.forwarded = true;
    const reply = await upstream.forward(limited, limited === request ? target : undefined);
    return after(named, fault, reply);
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(incoming);
    const controlled = control(proxy, request);
    if (controlled !== undefined) {
      response.writeHead(controlled.status, controlled.headers).end(controlled.body);
      return;
    }
    const named = nameOf(request);
    const { service, operation, write } = named;
    const call: ProxyCall = { service, operation, write, at: clock(), status: 0, forwarded: false };
    calls.push(call);
    const reply = await answer(request, incoming.url, named, call);
    if (reply === undefined) {
      incoming.socket.destroy();
      return;
    }
    call.status = reply.status;
    response.writeHead(reply.status, { ...reply.headers, "content-length": String(reply.body.length) });
    response.end(reply.body);
  };

  const proxy: AwsProxy = {
    calls,
    faults,
    options: settings,
    counts: () => {
      const counts: Record<string, number> = {};
      for (const { service, operation } of calls) {
        const key = `${service} ${operation}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    },
    reset: () => {
      calls.length = 0;
    },
    listen: async (port) => {
      const server = createServer((incoming, response) => {
        handle(incoming, response).catch(() => incoming.socket.destroy());
      });
      const listening = await listen(server, port);
      return {
        ...listening,
        close: async () => {
          await listening.close();
          upstream.close();
        },
      };
    },
  };
  return proxy;
}

/** Faults that strike after the upstream has done its work. */
function after(named: Named, fault: ArmedFault | undefined, reply: Answer): Answer | undefined {
  if (fault?.kind === "cut-after") return undefined;
  if (fault?.kind === "error-after")
    return own(named, new AwsError("InternalFailure", "Internal server error", 500));
  return reply;
}

/** The proxy's own answer, in the protocol of the service. */
function own(named: Named, error: AwsError): Answer {
  const { status, headers, body } = encodeError(named.known?.service, error, "proxy");
  return { status, headers, body: Buffer.from(body) };
}
