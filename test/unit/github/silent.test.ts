import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectGitHub, type GitHub } from "../../../src/github/client.ts";

/** Begins an answer and never ends it, or says nothing at all. */
const silent = createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (request) => {
    if (String(request).includes("/begun"))
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{");
  });
});
let github: GitHub;
beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  github = connectGitHub({ token: "ghs_x", apiUrl, timeoutMs: 200 });
});
afterAll(() => void silent.close());

describe("a job that GitHub does not answer", () => {
  test.each(["POST /silent", "POST /begun"])("ends with an error: %s", async (route) => {
    await expect(github.request(route)).rejects.toMatchObject({ code: "GITHUB_UNREACHABLE" });
  });

  test("does not wait for its own name", async () => {
    await expect(github.viewer()).rejects.toThrow(/timeout/i);
  });
});
