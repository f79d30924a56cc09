import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locate } from "../../../src/cli/context.ts";

const folder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "gatewright-cli-")));

describe("where a stack is", () => {
  it("is told from the repository's root, so that plan ids are those of the Action", () => {
    const root = folder();
    mkdirSync(join(root, ".git"));
    mkdirSync(join(root, "apis/orders"), { recursive: true });
    expect(locate(".", join(root, "apis/orders"))).toEqual({ root, directory: "apis/orders" });
    expect(locate("orders", join(root, "apis"))).toEqual({ root, directory: "apis/orders" });
    expect(locate(".", root)).toEqual({ root, directory: "." });
  });

  it("is told from the working directory without a repository", () => {
    const root = folder();
    mkdirSync(join(root, "web"));
    expect(locate("web", root)).toEqual({ root, directory: "web" });
  });

  it("may be anywhere else", () => {
    const [here, there] = [folder(), folder()];
    expect(locate(there, here)).toEqual({ root: there, directory: "." });
  });

  it("must be a directory", () => {
    expect(() => locate("nothing", folder())).toThrow('"nothing" is not a directory');
  });
});
