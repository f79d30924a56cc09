/** Calls an API of the local AWS by its host name, which MiniStack expects in `Host`. */
import { request } from "node:http";

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** @param endpoint the API's endpoint as AWS returns it: `http://ID.execute-api.localhost:PORT` */
export function call(endpoint: string, path: string): Promise<Answer> {
  const { host, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    // Not fetch: Node does not resolve *.localhost, and fetch does not allow setting Host.
    const sent = request({ host: "127.0.0.1", port, path, headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.once("error", reject);
    sent.setTimeout(30_000, () => sent.destroy(new Error(`no answer from ${endpoint}${path} within 30 s`)));
    sent.end();
  });
}
