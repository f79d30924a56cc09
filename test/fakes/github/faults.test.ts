import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";
import { primaryLimit, secondaryLimit } from "./http/faults.ts";

let fake: FakeGitHub;
const where = { owner: "acme", repo: "shop" };

beforeEach(async () => {
  fake = createFakeGitHub();
  await fake.listen();
});

afterEach(() => fake.close());

function octokit() {
  const repository = fake.repository("acme/shop");
  return getOctokit(fake.actionsToken(repository), { baseUrl: fake.world.urls.api }).rest;
}

test("a route fails so often, after so many that pass", async () => {
  const { issues } = octokit();
  fake.faults.add({ on: "issues/create", skip: 1, times: 2, status: 500 });
  const statuses: number[] = [];
  for (let n = 0; n < 4; n++)
    await issues.create({ ...where, title: `${n}` }).then(
      ({ status }) => statuses.push(status),
      ({ status }: { status: number }) => statuses.push(status),
    );
  expect(statuses).toEqual([201, 500, 500, 201]);
  expect(fake.repository("acme/shop").issues.map(({ title }) => title)).toEqual(["0", "3"]);
  expect(fake.requests.map(({ status }) => status)).toEqual(statuses);
});

test("an answer can get lost after the work was done", async () => {
  const { issues } = octokit();
  fake.faults.add({ on: /^POST .*\/issues$/, after: true, status: 502 });
  fake.faults.add({ on: /^POST .*\/issues$/, after: true, cut: true });
  await expect(issues.create({ ...where, title: "one" })).rejects.toMatchObject({ status: 502 });
  await expect(issues.create({ ...where, title: "two" })).rejects.toThrow();
  expect(fake.repository("acme/shop").issues).toHaveLength(2);
});

test("rate limits say how long to wait", async () => {
  const { issues } = octokit();
  fake.faults.add({ ...secondaryLimit(7), on: "issues/list-for-repo" });
  fake.faults.add({ ...primaryLimit(new Date(5000)), on: "issues/list-for-repo" });
  const headers = () =>
    issues
      .listForRepo(where)
      .catch((error: { response: { headers: Record<string, string> } }) => error.response.headers);
  expect(await headers()).toMatchObject({ "retry-after": "7" });
  expect(await headers()).toMatchObject({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "5" });
});

test("slow answers come, hanging ones do not", async () => {
  const { issues } = octokit();
  fake.faults.add({ delayMs: 80 });
  const started = Date.now();
  await issues.listForRepo(where);
  expect(Date.now() - started).toBeGreaterThanOrEqual(75);
  fake.faults.add({ hang: true });
  const signal = AbortSignal.timeout(100);
  await expect(issues.listForRepo({ ...where, request: { signal } })).rejects.toThrow();
});

test("what GitHub does not know is refused, and remembered", async () => {
  const { issues } = octokit();
  const token = fake.actionsToken(fake.repository("acme/shop"));
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${fake.world.urls.api}${path}`, {
      ...init,
      headers: { authorization: `token ${token}`, ...init.headers },
    });
  const statuses = [
    await raw("/repos/acme/shop/no-such-thing"),
    await raw("/repos/acme/shop/issues?labls=x"),
    await raw("/repos/acme/shop/issues/one"),
    await raw("/repos/acme/shop/issues", {
      method: "POST",
      body: JSON.stringify({ title: "x", lables: [] }),
    }),
    await raw("/repos/acme/shop/issues", { method: "POST", body: "{" }),
    await raw("/repos/acme/shop/commits/main", { headers: { accept: "application/vnd.github.diff" } }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([501, 501, 501, 501, 400, 501]);
  expect(fake.violations).toEqual([
    "no route GET /repos/acme/shop/no-such-thing",
    expect.stringContaining('query (all) must NOT have additional properties: "labls"'),
    expect.stringContaining("path /issue_number must be integer"),
    expect.stringContaining('body (all) must NOT have unevaluated properties: "lables"'),
    expect.stringContaining("the format application/vnd.github.diff is not modelled"),
  ]);
  // What we answer ourselves is looked at as well: here an issue whose title became a number.
  const { data } = await issues.create({ ...where, title: "x" });
  Object.assign(fake.repository("acme/shop").issues[0] ?? {}, { title: 7 });
  await expect(issues.get({ ...where, issue_number: data.number })).rejects.toMatchObject({ status: 501 });
  expect(fake.violations.at(-1)).toContain("answer 200: /title must be string");
});

test("waiting ends with what was found, and says what went on when nothing was", async () => {
  const { issues } = octokit();
  const { issues: list } = fake.repository("acme/shop");
  void issues.create({ ...where, title: "x" });
  expect(await fake.until("an issue", () => list[0])).toMatchObject({ title: "x" });
  await expect(fake.until("another", () => list[1], 50)).rejects.toThrow(
    "not within 50 ms: another\nthe last requests:\n  POST /repos/acme/shop/issues 201",
  );
});
