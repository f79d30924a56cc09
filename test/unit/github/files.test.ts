import { expect, it } from "vitest";
import { fileAt } from "../../../src/github/files.ts";
import { httpError } from "./memory-github.ts";

const PLACE = { owner: "acme", repo: "shop" };
const read = (data: unknown) =>
  fileAt(async () => ({ status: 200, data, headers: {} }), PLACE, ".github/gatewright.yml");

it("a file is its text, also an empty one, and none where GitHub does not find it", async () => {
  const content = Buffer.from("stages: {}\n").toString("base64");
  expect(await read({ type: "file", encoding: "base64", content })).toBe("stages: {}\n");
  expect(await read({ type: "file", encoding: "base64", content: "" })).toBe("");
  const missing = fileAt(() => Promise.reject(httpError(404)), PLACE, "x");
  expect(await missing).toBeUndefined();
});

it.each<[string, unknown]>([
  ["a folder", [{ type: "file", path: ".github/gatewright.yml/x" }]],
  ["a file above 1 MB", { type: "file", encoding: "none", content: "", size: 1_100_000 }],
  ["a submodule", { type: "submodule", submodule_git_url: "https://example.com/x.git" }],
])("%s is not taken for a file without a text: its rules would be dropped", async (_what, data) => {
  await expect(read(data)).rejects.toMatchObject({ code: "GITHUB_ERROR" });
});
