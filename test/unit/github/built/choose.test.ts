import { describe, expect, test } from "vitest";
import {
  type ArtifactFact,
  chooseArtifact,
  chooseRun,
  type WantedBuild,
  type WorkflowRun,
} from "../../../../src/github/built/choose.ts";

const SHA = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
const WANTED: WantedBuild = { workflow: "build.yml", sha: SHA, headRepositoryId: 1 };

function run(given: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: 900,
    number: 57,
    attempt: 1,
    path: ".github/workflows/build.yml",
    headSha: SHA,
    headRepositoryId: 1,
    status: "completed",
    conclusion: "success",
    startedAt: 1000,
    ...given,
  };
}

function artifact(given: Partial<ArtifactFact> = {}): ArtifactFact {
  return {
    id: 5,
    name: "orders",
    bytes: 100,
    digest: "sha256:00",
    expired: false,
    createdAt: 2000,
    headSha: SHA,
    headRepositoryId: 1,
    ...given,
  };
}

const UNDER_WAY = { status: "in_progress", conclusion: undefined };

describe("the run", () => {
  test.each<[string, readonly WorkflowRun[], number]>([
    ["the only one", [run()], 57],
    ["the newest, whatever the order", [run({ number: 56 }), run({ number: 58 }), run()], 58],
    ["one whose path names a ref", [run({ path: ".github/workflows/build.yml@refs/heads/x" })], 57],
    ["that of the workflow, not a newer one of another", [run(), run({ number: 99, path: "lint.yml" })], 57],
    ["that of the repository, not a fork's newer one", [run(), run({ number: 60, headRepositoryId: 2 })], 57],
    ["a success after a failure", [run({ conclusion: "failure" }), run({ number: 58 })], 58],
  ])("is %s", (_, runs, number) => {
    const choice = chooseRun(WANTED, runs);
    expect("found" in choice && choice.found.number).toBe(number);
  });

  test.each<[string, readonly WorkflowRun[], string]>([
    ["there is none", [], "CODE_NOT_BUILT"],
    ["there are only another commit's", [run({ headSha: "f".repeat(40) })], "CODE_NOT_BUILT"],
    ["it is under way", [run(UNDER_WAY)], "CODE_NOT_BUILT"],
    ["it waits for an approval", [run({ ...UNDER_WAY, status: "waiting" })], "CODE_NOT_BUILT"],
    ["a newer one is under way", [run(), run({ number: 58, ...UNDER_WAY })], "CODE_NOT_BUILT"],
    ["it failed", [run({ conclusion: "failure" })], "CODE_BUILD_FAILED"],
    ["it was cancelled", [run({ conclusion: "cancelled" })], "CODE_BUILD_FAILED"],
    ["it was skipped", [run({ conclusion: "skipped" })], "CODE_BUILD_FAILED"],
    ["the newest failed", [run(), run({ number: 58, conclusion: "failure" })], "CODE_BUILD_FAILED"],
    [
      "the commit's runs are of other workflows",
      [run({ path: ".github/workflows/x-build.yml" })],
      "CODE_WORKFLOW_OTHER",
    ],
    ["it is a fork's", [run({ headRepositoryId: 2 })], "CODE_ARTIFACT_FOREIGN"],
    ["it is of a fork that is gone", [run({ headRepositoryId: undefined })], "CODE_ARTIFACT_FOREIGN"],
  ])("is missing when %s", (_, runs, code) => {
    const choice = chooseRun(WANTED, runs);
    expect("missing" in choice && choice.missing.code).toBe(code);
  });

  test("counts while it is under way for the job that asks, and only for that", () => {
    const runs = [run({ id: 901, ...UNDER_WAY })];
    expect("found" in chooseRun({ ...WANTED, ownRun: 901 }, runs)).toBe(true);
    expect("found" in chooseRun({ ...WANTED, ownRun: 900 }, runs)).toBe(false);
  });
});

describe("the artifact", () => {
  const choose = (...artifacts: readonly ArtifactFact[]) =>
    chooseArtifact(WANTED, run(), artifacts, "orders");

  test.each<[string, readonly ArtifactFact[]]>([
    ["the one of the name", [artifact({ id: 4, name: "other" }), artifact()]],
    ["the newest attempt's", [artifact({ id: 4, createdAt: 500 }), artifact()]],
    ["an earlier attempt's that was not made again", [artifact({ createdAt: 500 })]],
  ])("is %s", (_, artifacts) => {
    const choice = choose(...artifacts);
    expect("found" in choice && choice.found.id).toBe(5);
  });

  test.each<[string, readonly ArtifactFact[], string]>([
    ["the run has none", [], "CODE_ARTIFACT_MISSING"],
    ["the run has others", [artifact({ name: "Orders" })], "CODE_ARTIFACT_MISSING"],
    ["it has expired", [artifact({ expired: true })], "CODE_ARTIFACT_EXPIRED"],
    ["there are two", [artifact(), artifact({ id: 6 })], "CODE_ARTIFACT_AMBIGUOUS"],
    ["it is of another commit", [artifact({ headSha: "f".repeat(40) })], "CODE_ARTIFACT_FOREIGN"],
    ["it is another repository's", [artifact({ headRepositoryId: 2 })], "CODE_ARTIFACT_FOREIGN"],
    ["it says no repository", [artifact({ headRepositoryId: undefined })], "CODE_ARTIFACT_FOREIGN"],
  ])("is missing when %s", (_, artifacts, code) => {
    const choice = choose(...artifacts);
    expect("missing" in choice && choice.missing.code).toBe(code);
    expect("missing" in choice && choice.missing.hint).not.toBe("");
  });

  test("that is missing names the others", () => {
    const choice = choose(artifact({ name: "payments" }), artifact({ name: "billing" }));
    expect("missing" in choice && choice.missing.hint).toContain("billing and payments");
  });
});

/** The same numbers every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("whatever a repository's runs and artifacts are, only the commit's own build is taken", () => {
  const pick = numbers(11);
  const one = <Value>(...values: readonly [Value, ...Value[]]): Value =>
    values[pick(values.length)] ?? values[0];
  let found = 0;
  for (let round = 0; round < 5000; round += 1) {
    const runs = Array.from({ length: pick(5) }, (_, index) =>
      run({
        id: index,
        number: pick(4),
        path: one(
          ".github/workflows/build.yml",
          ".github/workflows/evil.yml",
          "build.yml/x",
          "dynamic/build.yml",
        ),
        headSha: one(SHA, SHA, "f".repeat(40)),
        headRepositoryId: one<number | undefined>(1, 1, 2, undefined),
        status: one("completed", "completed", "in_progress", "queued"),
        conclusion: one<string | undefined>("success", "success", "failure", undefined),
      }),
    );
    const artifacts = Array.from({ length: pick(4) }, (_, id) =>
      artifact({
        id,
        name: one("orders", "orders", "other"),
        expired: one(false, false, true),
        createdAt: pick(2000),
        headSha: one(SHA, SHA, "f".repeat(40)),
        headRepositoryId: one<number | undefined>(1, 1, 2, undefined),
      }),
    );
    const choice = chooseRun(WANTED, runs);
    if ("missing" in choice) continue;
    expect(choice.found).toMatchObject({
      path: ".github/workflows/build.yml",
      headSha: SHA,
      headRepositoryId: 1,
      status: "completed",
      conclusion: "success",
    });
    const taken = chooseArtifact(WANTED, choice.found, artifacts, "orders");
    if ("missing" in taken) continue;
    found += 1;
    expect(taken.found).toMatchObject({ name: "orders", headSha: SHA, headRepositoryId: 1, expired: false });
  }
  expect(found).toBeGreaterThan(50);
});
