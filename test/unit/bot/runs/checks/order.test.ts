import { describe, expect, test } from "vitest";
import { checkNotOvertaken, isOvertaken, overtakenBy } from "../../../../../bot/runs/checks/order.ts";
import { GatewrightError, userErrors } from "../../../../../src/model/errors.ts";
import type { Run } from "../../../../../src/model/run.ts";
import { aStack } from "../../../../fakes/store.ts";
import { recorded } from "../../gates/recorded.ts";

const HEAD = "b".repeat(40);
const OLD = "a".repeat(40);
const merge: Run["cause"] = { by: "merge", login: "ana", pull: 1, commit: OLD };
const command: Run["cause"] = { by: "command", login: "ana", pull: 1, commentId: 2 };

describe("whether a run's commit was overtaken", () => {
  test.each<[string, Pick<Run, "cause" | "kind" | "sha">, string | undefined]>([
    ["a merge that is the head", { cause: merge, kind: "apply", sha: HEAD }, undefined],
    ["a merge that the branch moved past", { cause: merge, kind: "apply", sha: OLD }, HEAD],
    ["a merge that removes a stack", { cause: merge, kind: "destroy", sha: OLD }, HEAD],
    ["a plan of a merge, which writes nothing", { cause: merge, kind: "plan", sha: OLD }, undefined],
    ["a command, which pins its own head", { cause: command, kind: "apply", sha: OLD }, undefined],
    ["a check for drift", { cause: { by: "schedule" }, kind: "drift", sha: OLD }, undefined],
  ])("%s", (_what, run, expected) => {
    expect(overtakenBy(run, HEAD)).toBe(expected);
  });
});

describe("a run whose branch has moved on", () => {
  const { repository } = aStack();
  const run = (cause: Run["cause"], sha: string) =>
    ({ cause, kind: "apply", sha, stack: aStack() }) as Partial<Run> as Run;
  const github = () =>
    recorded({
      "/commits/{ref}": ({ ref }: Readonly<Record<string, unknown>>) => ({
        sha: ref === "release" ? OLD : HEAD,
      }),
    });
  const { owner, name: repo } = repository;

  test("throws what has overtaken it, which is no failure", async () => {
    const { request, asked } = github();
    const thrown = await checkNotOvertaken(request, run(merge, OLD)).catch((error: unknown) => error);
    expect(userErrors(thrown)).toMatchObject([
      {
        code: "OVERTAKEN",
        message: "overtaken by bbbbbbb",
        hint: "Nothing to do: the apply of bbbbbbb includes this commit.",
      },
    ]);
    expect(isOvertaken(thrown)).toBe(true);
    expect(asked).toEqual([["GET /repos/{owner}/{repo}/commits/{ref}", { owner, repo, ref: "main" }]]);
  });

  test.each([
    ["its commit is the head", merge, HEAD, undefined],
    ["its stage is deployed from another branch, which has not moved", merge, OLD, "release"],
    ["it pins the head of its pull request", command, OLD, undefined],
  ])("goes on where %s", async (_why, cause, sha, branch) => {
    await checkNotOvertaken(github().request, run(cause, sha), branch);
  });

  test.each([
    ["another mistake", new GatewrightError("PLAN_STALE", "stale")],
    ["a bug", new TypeError("x is undefined")],
    ["nothing", undefined],
  ])("is not what %s is", (_what, thrown) => {
    expect(isOvertaken(thrown)).toBe(false);
  });
});
