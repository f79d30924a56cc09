/** The artifacts of a commit, from a GitHub over HTTP. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unzipSync } from "fflate";
import { artifactsOf } from "../../../../src/github/built/artifacts.ts";
import { MOST_BYTES } from "../../../../src/github/built/download.ts";
import { connectGitHub } from "../../../../src/github/client.ts";
import { userErrors } from "../../../../src/model/errors.ts";
import { createFakeGitHub, type FakeGitHub } from "../../../fakes/github/fake-github.ts";
import type { Repository } from "../../../fakes/github/state/types.ts";
import { createFakeClock } from "../../../fakes/clock.ts";

let fake: FakeGitHub;
let repository: Repository;
let sha: string;
let token: string;

beforeEach(async () => {
  fake = createFakeGitHub();
  await fake.listen();
  repository = fake.repository("acme/shop", { private: true });
  sha = repository.refs.get("refs/heads/main") ?? "";
  token = fake.actionsToken(repository, { actions: "read" });
});
afterEach(async () => {
  await fake.close();
  expect(fake.violations).toEqual([]);
});

const FILES = { "handler.mjs": "export const handler = 1;" };

/** As a job has it: its own client, which goes through the runner's proxy where there is one. */
const reader = (
  given: {
    readonly headRepositoryId?: number;
    readonly silenceMs?: number;
    readonly signal?: AbortSignal;
    readonly storage?: typeof fetch;
  } = {},
) => {
  const { silenceMs, signal, storage, ...wanted } = given;
  const github = connectGitHub({ token, apiUrl: fake.world.urls.api });
  return artifactsOf(github.request, {
    fetch: storage ?? github.fetch,
    place: { owner: "acme", repo: "shop" },
    repositoryId: repository.id,
    silenceMs,
    signal,
    wanted: { workflow: "build.yml", sha, headRepositoryId: repository.id, ...wanted },
    clock: createFakeClock(),
  });
};

const built = (artifacts: Parameters<FakeGitHub["workflowRun"]>[1]["artifacts"] = { orders: FILES }) =>
  fake.workflowRun(repository, { workflow: "build.yml", sha, artifacts, conclusion: "success" });

async function codeOf(thrown: Promise<unknown>): Promise<string | undefined> {
  const error = await thrown.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (
    userErrors(error)
      ?.map(({ code }) => code)
      .join() ?? String(error)
  );
}

describe("an artifact", () => {
  test("comes with the run it is of", async () => {
    fake.workflowRun(repository, {
      workflow: "lint.yml",
      sha,
      artifacts: { orders: { a: "a" } },
      conclusion: "success",
    });
    built();
    const { zip, from } = await reader().read("orders");
    expect(from).toBe("run 1 of build.yml");
    expect(Object.keys(unzipSync(zip))).toEqual(["handler.mjs"]);
  });

  test("is got without the token, which is for GitHub alone", async () => {
    built();
    await reader().read("orders");
    const stored = fake.requests.filter(({ path }) => path.startsWith("/artifact-storage/"));
    expect(stored.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(fake.requests.filter(({ headers }) => headers.authorization).length).toBe(3);
  });

  test("is got each time that it is asked for; runs are listed once", async () => {
    built({ orders: FILES, billing: FILES });
    const artifacts = reader();
    await Promise.all(["orders", "billing"].map((name) => artifacts.read(name)));
    await artifacts.read("orders");
    const asked = fake.requests.map(({ operation = "storage" }) => operation.replace("actions/", ""));
    expect(asked.filter((name) => name.startsWith("list-"))).toHaveLength(2);
    expect(asked.filter((name) => name === "storage")).toHaveLength(3);
  });

  test("of the newest attempt is the one", async () => {
    const run = built({});
    fake.upload(run, "orders", FILES);
    const choice = await reader().find("orders");
    expect("found" in choice && choice.found.artifact.id).toBe(run.artifacts[0]?.id);
  });

  test("of a fork is taken for the fork only", async () => {
    const fork = fake.fork(repository, "ana");
    fake.workflowRun(repository, {
      workflow: "build.yml",
      sha,
      headRepository: fork,
      artifacts: { orders: FILES },
      conclusion: "success",
    });
    expect(await codeOf(reader().read("orders"))).toBe("CODE_ARTIFACT_FOREIGN");
    expect((await reader({ headRepositoryId: fork.id }).read("orders")).from).toBe("run 1 of build.yml");
  });
});

describe("no artifact is taken", () => {
  test.each<[string, string, () => unknown]>([
    ["before there is a run", "CODE_NOT_BUILT", () => undefined],
    [
      "while the run is under way",
      "CODE_NOT_BUILT",
      () => fake.workflowRun(repository, { workflow: "build.yml", sha }),
    ],
    ["of a run that failed", "CODE_BUILD_FAILED", () => fake.endWorkflowRun(repository, built(), "failure")],
    [
      "of another workflow",
      "CODE_WORKFLOW_OTHER",
      () =>
        fake.workflowRun(repository, {
          workflow: "lint.yml",
          sha,
          artifacts: { orders: FILES },
          conclusion: "success",
        }),
    ],
    ["of another name", "CODE_ARTIFACT_MISSING", () => built({ billing: FILES })],
    ["when there are two", "CODE_ARTIFACT_AMBIGUOUS", () => fake.upload(built(), "orders", FILES)],
    [
      "that has expired",
      "CODE_ARTIFACT_EXPIRED",
      () =>
        built().artifacts.forEach((each) => {
          each.expired = true;
        }),
    ],
    ["that is too large", "CODE_TOO_LARGE", () => built({ orders: new Uint8Array(MOST_BYTES + 1) })],
  ])("%s", async (_, code, make) => {
    make();
    expect(await codeOf(reader().read("orders"))).toBe(code);
    expect(fake.requests.filter(({ path }) => path.startsWith("/artifact-storage/"))).toEqual([]);
  });

  test("without the permission to read it", async () => {
    built();
    token = fake.actionsToken(repository, { contents: "read" });
    expect(await codeOf(reader().read("orders"))).toBe("GITHUB_FORBIDDEN");
  });

  test("whose bytes are not those that GitHub has the digest of", async () => {
    const run = built();
    const artifacts = reader();
    await artifacts.find("orders");
    Object.assign(run.artifacts[0] ?? {}, { zip: Buffer.from("other bytes") });
    expect(await codeOf(artifacts.read("orders"))).toBe("CODE_ARTIFACT_DIGEST");
  });

  test("that expires between the list and the download", async () => {
    const run = built();
    const artifacts = reader();
    await artifacts.find("orders");
    Object.assign(run.artifacts[0] ?? {}, { expired: true });
    expect(await codeOf(artifacts.read("orders"))).toBe("CODE_ARTIFACT_EXPIRED");
  });

  test("that is longer than GitHub said", async () => {
    const run = built();
    const artifacts = reader();
    await artifacts.find("orders");
    Object.assign(run.artifacts[0] ?? {}, { zip: Buffer.alloc(MOST_BYTES + 1) });
    expect(await codeOf(artifacts.read("orders"))).toBe("CODE_TOO_LARGE");
  });
});

/** The only error's words. */
async function wordsOf(thrown: Promise<unknown>): Promise<string> {
  const error = await thrown.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (userErrors(error) ?? []).map(({ code, message }) => `${code} ${message}`).join("\n");
}

describe("a storage that stops in the middle", () => {
  const HALF = /artifact-storage/;
  const requests = () => fake.requests.filter(({ path }) => path.startsWith("/artifact-storage/")).length;

  test("is asked again: what came before is not taken", async () => {
    built();
    fake.faults.add({ on: HALF, cut: true, bytes: 40 });
    fake.faults.add({ on: HALF, hang: true, bytes: 40 });
    // Long enough for the attempt that goes well, on a busy machine too.
    const { zip } = await reader({ silenceMs: 2000 }).read("orders");
    expect(Object.keys(unzipSync(zip))).toEqual(["handler.mjs"]);
    expect(requests()).toBe(3);
  });

  test("and never goes on is an error that says how long was waited", async () => {
    built();
    fake.faults.add({ on: HALF, hang: true, bytes: 40, times: 9 });
    expect(await wordsOf(reader({ silenceMs: 200 }).read("orders"))).toBe(
      'GITHUB_UNREACHABLE the artifact "orders" could not be got from GitHub\'s storage: nothing came for 1 s',
    );
    expect(requests()).toBe(3);
  });

  test("and closes each time is an error that says so", async () => {
    built();
    fake.faults.add({ on: HALF, cut: true, bytes: 40, times: 9 });
    expect(await wordsOf(reader().read("orders"))).toMatch(/^GITHUB_UNREACHABLE .*: other side closed$/);
  });

  test("for whoever asked is left at once", async () => {
    built();
    fake.faults.add({ on: HALF, hang: true, bytes: 40, times: 9 });
    const leave = new AbortController();
    const reading = reader({ signal: leave.signal }).read("orders");
    await fake.until("the download", () => requests() === 1);
    leave.abort(new Error("the run was cancelled"));
    await expect(reading).rejects.toThrow("the run was cancelled");
    expect(requests()).toBe(1);
  });
});

describe("a storage that fails", () => {
  test("is asked again, with a new address", async () => {
    built();
    fake.faults.add({ on: /artifact-storage/, status: 403, times: 1 });
    fake.faults.add({ on: /artifact-storage/, cut: true, times: 1 });
    await reader().read("orders");
    expect(fake.requests.filter(({ operation }) => operation === "actions/download-artifact")).toHaveLength(
      3,
    );
  });

  test("for good is an error", async () => {
    built();
    fake.faults.add({ on: /artifact-storage/, status: 503, times: 9 });
    expect(await codeOf(reader().read("orders"))).toBe("GITHUB_UNREACHABLE");
  });

  test("at each of its addresses is an error that says why of each", async () => {
    built();
    const refused = ["::1", "127.0.0.1"].map((address) => new Error(`connect ECONNREFUSED ${address}:443`));
    const storage = () =>
      Promise.reject(new TypeError("fetch failed", { cause: new AggregateError(refused) }));
    expect(await wordsOf(reader({ storage }).read("orders"))).toMatch(
      /storage: connect ECONNREFUSED ::1:443; connect ECONNREFUSED 127\.0\.0\.1:443$/,
    );
  });

  test("that leads elsewhere is not followed", async () => {
    built();
    fake.faults.add({
      on: /artifact-storage/,
      status: 302,
      headers: { location: "http://localhost:1/?signature=secret" },
      times: 9,
    });
    expect(await wordsOf(reader().read("orders"))).toBe(
      'GITHUB_UNREACHABLE the artifact "orders" could not be got from GitHub\'s storage: the storage leads on to localhost:1, which is not followed',
    );
  });
});
