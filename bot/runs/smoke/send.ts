/** Sends one request of a smoke test. Follows no redirect, reads a bounded part of the answer, and takes a bounded time. */
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { VERSION } from "../../../src/model/version.ts";
import type { Answer } from "./judge.ts";

interface SmokeRequest {
  readonly method: string;
  readonly url: URL;
  /** A local AWS: it answers for the hosts of its APIs, which no name server knows. */
  readonly via?: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type Send = (request: SmokeRequest) => Promise<Answer>;

const MOST_BYTES = 262_144;

/** Rejects with an error whose message says why there is no answer. */
export const send: Send = ({ method, url, via, timeoutMs, signal }) => {
  if (via === undefined && url.protocol !== "https:")
    return Promise.reject(new Error("only https endpoints are called"));
  const at = via === undefined ? url : new URL(via);
  const make = at.protocol === "https:" ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      clearTimeout(late);
      reject(error);
    };
    const late = setTimeout(
      () => sent.destroy(new Error(`no answer within ${Math.round(timeoutMs / 1000)} s`)),
      timeoutMs,
    );
    const sent = make(
      {
        method,
        host: at.hostname,
        port: at.port,
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, accept: "*/*", "user-agent": `gatewright/${VERSION}` },
        // One connection each: nothing is left open behind a run.
        agent: false,
        signal,
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const answered = (cut: boolean): void => {
          clearTimeout(late);
          const body = Buffer.concat(chunks).subarray(0, MOST_BYTES).toString("utf8");
          resolve({ status: response.statusCode ?? 0, body, cut });
        };
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size < MOST_BYTES) return;
          answered(true);
          response.destroy();
        });
        response.on("end", () => answered(false));
        response.on("error", failed);
      },
    );
    sent.on("error", failed);
    sent.end();
  });
};
