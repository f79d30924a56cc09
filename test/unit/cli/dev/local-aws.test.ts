import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localAwsProgram, MINISTACK_VERSION } from "../../../../src/cli/dev/local-aws.ts";
import { userErrors } from "../../../../src/model/errors.ts";

describe("the local AWS", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "gatewright-dev-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const installed = (): { readonly calls: string[]; readonly program: () => string } => {
    const calls: string[] = [];
    const machine = {
      findPython: () => "python3",
      installPython: (python: string, folder: string, packages: readonly string[]): void => {
        calls.push(`${python} ${packages.join(" ")}`);
        mkdirSync(folder, { recursive: true });
      },
    };
    return { calls, program: () => localAwsProgram({ HOME: home, PATH: "" }, () => undefined, machine) };
  };

  it("is installed once, in its own version, into the user's cache", () => {
    const { calls, program } = installed();
    const path = join(home, ".cache/gatewright", `ministack-${MINISTACK_VERSION}`, "bin/ministack");
    expect([program(), program()]).toEqual([path, path]);
    expect(calls).toEqual([`python3 ministack==${MINISTACK_VERSION}`]);
  });

  it("is the one that the tests run with", () => {
    const required = readFileSync(join(import.meta.dirname, "../../../emulators/requirements.txt"), "utf8");
    expect(required).toContain(`ministack==${MINISTACK_VERSION}\n`);
  });

  it("is the machine's own, if it has one", () => {
    writeFileSync(join(home, "ministack"), "");
    expect(localAwsProgram({ HOME: home, PATH: `/nonexistent:${home}` }, () => undefined)).toBe(
      join(home, "ministack"),
    );
  });

  it.each([
    [
      "DEV_PYTHON_MISSING",
      { findPython: (): undefined => undefined, installPython: (): void => undefined },
      /Python 3\.10 or newer/,
    ],
    [
      "DEV_INSTALL_FAILED",
      {
        findPython: () => "python3",
        installPython: (): void => {
          throw new Error("No module named venv");
        },
      },
      /No module named venv/,
    ],
  ])("says what is missing: %s", (code, machine, message) => {
    const found = (() => {
      try {
        localAwsProgram({ HOME: home, PATH: "" }, () => undefined, machine);
        return [];
      } catch (error) {
        return userErrors(error) ?? [];
      }
    })();
    expect(found.map((error) => error.code)).toEqual([code]);
    expect(found[0]?.message).toMatch(message);
    expect(found[0]?.hint).toMatch(/\S/);
  });
});
