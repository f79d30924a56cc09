import type { WireRequest } from "../wire/message.ts";
import type { Dispatcher } from "./dispatch.ts";
import { ConnectionCut } from "./errors.ts";

/** The part of the SDK's HttpRequest that the fake reads. */
export interface SdkRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null> | undefined;
  headers: Record<string, string>;
  body?: unknown;
}

export interface SdkResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The SDK's own abort signals are no DOM ones. */
export interface AbortSignalLike {
  readonly aborted: boolean;
}

export interface SdkHandler {
  handle(
    request: SdkRequest,
    options?: { abortSignal?: AbortSignalLike | undefined },
  ): Promise<{ response: SdkResponse & { reason?: string } }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  metadata: { handlerProtocol: string };
}

/** A `requestHandler` for SDK clients that reaches the fake without sockets. */
export function createSdkHandler(dispatcher: Dispatcher): SdkHandler {
  const encoder = new TextEncoder();
  return {
    metadata: { handlerProtocol: "http/1.1" },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    handle: async (request, options) => {
      stopIfAborted(options?.abortSignal);
      const outcome = dispatcher.dispatch(toWire(request));
      if (outcome.delayMs > 0) {
        await new Promise((done) => setTimeout(done, outcome.delayMs));
        stopIfAborted(options?.abortSignal);
      }
      if (outcome.cut) throw new ConnectionCut();
      const { status, headers, body } = outcome.response;
      return { response: { statusCode: status, headers, body: encoder.encode(body) } };
    },
  };
}

/** Throws what the SDK's own handler throws for an aborted request. */
function stopIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted === true) throw Object.assign(new Error("Request aborted"), { name: "AbortError" });
}

function toWire(request: SdkRequest): WireRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  const body = request.body;
  if (body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array)) {
    throw new Error("The fake takes whole bodies only (string or bytes)");
  }
  return { method: request.method, path: request.path, query: request.query ?? {}, headers, body };
}
