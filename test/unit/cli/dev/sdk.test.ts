import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { logLines } from "../../../../src/cli/dev/logs.ts";
import { linkSdk } from "../../../../src/cli/dev/sdk.ts";

describe("the AWS SDK of functions", () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "gatewright-sdk-"));
  });
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  /** Imports the package as a function does that the local AWS has unpacked there. */
  const imported = (path: string, name: string): string => {
    const code = join(path, "ministack-lambda-x", "code");
    mkdirSync(code, { recursive: true });
    writeFileSync(
      join(code, "index.mjs"),
      `import("${name}").then((it) => console.log(it.default), ({ code }) => console.log(code))`,
    );
    return spawnSync(process.execPath, ["index.mjs"], { cwd: code, encoding: "utf8" }).stdout.trim();
  };

  it("is the project's, and nothing else of the project is found", () => {
    for (const name of ["@aws-sdk/client-x", "other"]) {
      const folder = join(project, "node_modules", name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "index.js"), `module.exports = "the project's";`);
    }
    const sdk = linkSdk(join(project, "api", "orders"));
    expect(imported(sdk.path, "@aws-sdk/client-x")).toBe("the project's");
    expect(imported(sdk.path, "other")).toBe("ERR_MODULE_NOT_FOUND");
    sdk.remove();
    expect(existsSync(sdk.path)).toBe(false);
    expect(existsSync(join(project, "node_modules/@aws-sdk/client-x"))).toBe(true);
  });

  it("is missing where the project has none, and the log says what to do", () => {
    const sdk = linkSdk(project);
    expect(imported(sdk.path, "@aws-sdk/client-x")).toBe("ERR_MODULE_NOT_FOUND");
    sdk.remove();
    const message =
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@aws-sdk/client-x' imported from /tmp/x";
    expect(logLines("orders", [{ message }]).at(-1)).toContain("npm install --save-dev @aws-sdk/client-x");
  });
});
