import { describe, expect, it } from "vitest";
import { onBuildEnded } from "../../../../bot/events/built.ts";
import type { Services } from "../../../../bot/services/services.ts";
import type { RunCause, RunRequest } from "../../../../src/model/run.ts";
import { aStack, createMemoryStore } from "../../../fakes/store.ts";

const stack = aStack();
const merge: RunRequest = {
  group: "the merge",
  stack,
  kind: "apply",
  cause: { by: "merge", login: "ana", commit: "abc" },
  sha: "abc",
  adopt: [],
};

/** A bot whose only run is a merge's that found no code; `pulls` are GitHub's of the commit whose build ends. */
async function bot(cause: RunCause = merge.cause, pulls: readonly object[] = []) {
  const store = createMemoryStore();
  await store.setLastSettings(stack.repository.id, { code: { workflow: "build.yml" } });
  const asked: string[] = [];
  const services = {
    store,
    log: { warn: () => undefined },
    github:
      async () =>
      async (route: string, { commit_sha: sha }: Readonly<Record<string, unknown>>) => {
        expect([route, sha]).toEqual(["GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", "head"]);
        return { status: 200, headers: {}, data: pulls };
      },
    enqueue: (requests: readonly RunRequest[]) => {
      asked.push(...requests.map(({ build = "" }) => build));
      return store.createRuns(requests);
    },
  } as unknown as Services;
  const endNewest = async (code: string): Promise<void> => {
    const [run] = await store.listRuns({ stack, limit: 1 });
    await store.beginRun(run?.id ?? "");
    await store.endRun(run?.id ?? "", 1, { state: "failed", error: { code, message: "" } });
  };
  await store.createRuns([{ ...merge, cause }]);
  await endNewest("CODE_NOT_BUILT");
  const end = (build: string, sha = "abc") =>
    onBuildEnded(services, {
      repository: stack.repository,
      path: ".github/workflows/build.yml",
      sha,
      build,
    });
  return { asked, end, endNewest };
}

describe("a merge that found no code", () => {
  it("is asked for again when the build ends, and after each further attempt of it", async () => {
    const { asked, end, endNewest } = await bot();
    await end("9/1");
    await endNewest("CODE_ARTIFACT_MISSING");
    await end("9/2");
    expect(asked).toEqual(["9/1", "9/2"]);
  });

  it("is not asked for, nor announced, twice after one build that has not what it needs", async () => {
    const { asked, end, endNewest } = await bot();
    await end("9/1");
    await endNewest("CODE_ARTIFACT_MISSING");
    await end("9/1");
    expect(asked).toEqual(["9/1"]);
  });

  it("is not asked for when its newest run ended for another reason", async () => {
    const { asked, end, endNewest } = await bot();
    await end("9/1");
    await endNewest("PLAN_NOT_REVIEWED");
    await end("9/2");
    expect(asked).toEqual(["9/1"]);
  });

  const cause: RunCause = { by: "merge", login: "ana", pull: 8, also: [7], commit: "abc" };
  const pull = (number: number, sha = "head") => ({ number, head: { sha } });

  it.each([7, 8])(
    "is asked for again when the build of a head that it merged ends: that of #%i",
    async (number) => {
      const { asked, end } = await bot(cause, [pull(number)]);
      await end("9/1", "head");
      await end("9/1", "head");
      expect(asked).toEqual(["9/1"]);
    },
  );

  it("is not asked for after a build of another pull request, or of an older head", async () => {
    const { asked, end } = await bot(cause, [pull(9), pull(8, "older")]);
    await end("9/1", "head");
    expect(asked).toEqual([]);
  });

  it("that ended for another reason asks GitHub for no pull requests", async () => {
    const { asked, end, endNewest } = await bot(cause, [pull(8)]);
    await end("9/1", "abc");
    await endNewest("PLAN_NOT_REVIEWED");
    await end("9/2", "another");
    expect(asked).toEqual(["9/1"]);
  });
});
