import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startAhead } from "../../../../../src/spec/sandbox/host/session.ts";
import { evaluateText } from "../evaluating.ts";

const SPEC = 'exports.createResources = () => [{ type: "Api", group: "ApiGatewayV2", name: "shop" }];';

test("a thread that was started ahead evaluates the first spec, and others follow", async () => {
  startAhead();
  for (let round = 0; round < 6; round++) {
    const { entries } = await evaluateText(SPEC);
    expect(entries.map(({ name }) => name)).toEqual(["shop"]);
  }
});

test("a thread that nobody needs does not keep the process alive", () => {
  const session = new URL("../../../../../src/spec/sandbox/host/session.ts", import.meta.url);
  const script = `const { startAhead } = await import(${JSON.stringify(session.href)}); startAhead();`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL("../../../../..", import.meta.url)),
    encoding: "utf8",
    timeout: 30_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
