/** Calls an API at MiniStack's port with the API's host name, which does not resolve. */
import { request } from "node:http";

export interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

export function call(
  endpoint: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { host, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers: { host, ...headers } }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (text: string) => {
        body += text;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, body }));
    });
    sent.once("error", reject);
    sent.end();
  });
}
