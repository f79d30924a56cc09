import { describe, expect, it } from "vitest";
import { isAskedAgain, withAgain } from "../../../../bot/stacks/built.ts";
import { GatewrightError } from "../../../../src/model/errors.ts";
import type { RunCause, RunKind } from "../../../../src/model/run.ts";

const command = { by: "command", login: "ana", pull: 7, commentId: 1 } as const;
const merge = { by: "merge", login: "ana", commit: "abc" } as const;

describe("a run that found no code", () => {
  it.each<[RunKind, RunCause, boolean]>([
    ["plan", command, true],
    ["plan", { by: "approval", login: "ana", pull: 7 }, true],
    ["plan", { ...command, rollback: true }, false],
    ["apply", merge, true],
    ["apply", command, false],
    ["drift", { by: "schedule" }, false],
  ])("%s by %j: asked for again is %s, and its hint says no other", (kind, cause, expected) => {
    const missing = new GatewrightError("CODE_NOT_BUILT", "not built yet", { hint: "Wait." });
    expect(isAskedAgain({ kind, cause })).toBe(expected);
    const said = withAgain(missing, { kind, cause });
    expect(said instanceof GatewrightError && said.hint?.includes("Then")).toBe(expected);
  });

  it("keeps what else is wrong as it is", () => {
    const other = new GatewrightError("SPEC_INVALID", "no", { hint: "Correct it." });
    expect(withAgain(other, { kind: "plan", cause: command })).toBe(other);
  });
});
