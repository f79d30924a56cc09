/**
 * Sends webhooks as fast as they are answered, as a separate process, and prints the result as one line of JSON. It uses sockets
 * without an HTTP library: on two cores, every microsecond of the sender is taken from the measured process.
 *
 *   node generator.ts '{"port": …, "secret": …, "mix": "usual", "target": …, "connections": 64, "count": 10000}'
 */
import { connect, type Socket } from "node:net";
import { examplesOf, type Mix, requestsOf, type Target } from "./examples.ts";
import { quantile } from "./numbers.ts";

export interface Load {
  readonly port: number;
  readonly secret: string;
  readonly mix: Mix;
  readonly target: Target;
  readonly connections: number;
  readonly count: number;
}

export interface Sent {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** The number of answers that were not 2xx. */
  readonly refused: number;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** Length and status of the response at the start of these bytes; undefined while it is incomplete. */
function answerIn(bytes: Buffer): { readonly status: number; readonly length: number } | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end === -1) return undefined;
  const head = bytes.toString("latin1", 0, end);
  const body = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
  // Without a length the response is chunked and ends with an empty chunk.
  const length = Number.isNaN(body) ? bytes.indexOf("0\r\n\r\n", end) + 5 : end + 4 + body;
  if (length < end || bytes.length < length) return undefined;
  return { status: Number(head.slice(9, 12)), length };
}

async function send({ port, secret, mix, target, connections, count }: Load): Promise<Sent> {
  const requests = requestsOf(examplesOf(mix, target), secret);
  const times: number[] = [];
  let next = 0;
  let refused = 0;
  const turn = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let started = 0;
      let received = Buffer.alloc(0);
      const one = (): void => {
        if (next >= count) {
          socket.end();
          resolve();
          return;
        }
        const request = requests[next % requests.length];
        next += 1;
        started = performance.now();
        socket.write(request?.() ?? "");
      };
      socket.on("data", (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        const answer = answerIn(received);
        if (answer === undefined) return;
        times.push(performance.now() - started);
        if (answer.status < 200 || answer.status > 299) refused += 1;
        received = received.subarray(answer.length);
        one();
      });
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("the connection was closed")));
      one();
    });
  const sockets = await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
          socket.once("error", reject);
        }),
    ),
  );
  const started = performance.now();
  await Promise.all(sockets.map(turn));
  const seconds = (performance.now() - started) / 1000;
  return {
    perSecond: count / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    slowest: quantile(times, 1),
    refused,
  };
}

console.log(JSON.stringify(await send(JSON.parse(process.argv[2] ?? "{}") as Load)));
