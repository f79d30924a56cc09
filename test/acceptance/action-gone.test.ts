/** The built Action on a pull request that removes a stack: all of it is planned to be deleted, in the same comment. */
import { afterEach, describe, expect, it } from "vitest";
import { applyFiles } from "./apply-files.ts";
import { countsOf, planIdIn } from "./reading.ts";
import { PACKAGE, proxyStack, startWorld, type World } from "./world.ts";

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const GONE = /CAUTION[^#]*`apis\/orders` is gone/;
const orders = { "package.json": PACKAGE, "resources.js": proxyStack({ api: "orders" }) };
const files = {
  "apis/orders/package.json": orders["package.json"],
  "apis/orders/resources.js": orders["resources.js"],
  "apis/users/package.json": JSON.stringify({ name: "@acme/users", private: true }),
  "apis/users/resources.js": proxyStack({ api: "users" }),
};
const removal = { "apis/orders/package.json": null, "apis/orders/resources.js": null };

/** `apis/orders` is in AWS, and so much of `apis/users` as the plan says. */
async function deployed(given: Parameters<typeof startWorld>[0] = files): Promise<World> {
  world = await startWorld(given);
  await applyFiles(world, orders);
  return world;
}

describe("a stack that a pull request removes", () => {
  it.each([
    ["checkout", true],
    ["checkout", "head"],
    ["api", false],
  ] as const)(
    "is planned as deleted, beside the others of a glob (source: %s, checkout: %s)",
    async (source, checkout) => {
      const here = await deployed();
      const pull = here.pullRequest(removal);
      const run = await here.act(pull, { inputs: { directory: "apis/*", source }, checkout });
      expect(run.exitCode, run.log).toBe(0);
      expect(run.outputs).toMatchObject({ create: "3", delete: "3" });
      expect(run.outputs["plan-id"]).toMatch(/^apis\/orders=[0-9a-f]{12}\napis\/users=[0-9a-f]{12}$/);
      expect(pull.comments).toHaveLength(1);
      const body = pull.comments[0]?.body ?? "";
      expect(body).toMatch(GONE);
      expect(body).not.toMatch(/`apis\/users` is gone/);
      expect(run.outputs["plan-id"]).toContain(planIdIn(body, "apis/orders"));
      expect(run.summary).toMatch(GONE);
    },
  );

  it("is planned where its directory is named, also as the only one", async () => {
    const here = await deployed();
    const pull = here.pullRequest(removal);
    const run = await here.act(pull, { inputs: { directory: "apis/orders" } });
    expect(run.exitCode, run.log).toBe(0);
    expect(countsOf(pull.comments[0]?.body ?? "")).toEqual({ delete: 3 });
    expect(pull.comments[0]?.body).toMatch(GONE);
  });

  it("is planned where only its spec is removed, and `fail-on: delete` counts it", async () => {
    const here = await deployed();
    const pull = here.pullRequest({ "apis/orders/resources.js": null });
    const run = await here.act(pull, { inputs: { directory: "apis/*", "fail-on": "delete" } });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain("The plan of apis/orders deletes 3 resources (fail-on: delete)");
    expect(pull.comments[0]?.body).toMatch(GONE);
  });

  it("is planned by a merge queue, too", async () => {
    const here = await deployed();
    const pull = here.pullRequest(removal);
    const run = await here.act(pull, { event: "merge_group", inputs: { directory: "apis/*" } });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs).toMatchObject({ create: "3", delete: "3" });
    expect(run.summary).toMatch(GONE);
  });

  it("is planned on the push that removes it, and by hand on its branch, which has a base", async () => {
    const here = await deployed();
    here.github.person("ana").push(here.repository, "topic", removal);
    const byHand = { event: "workflow_dispatch", branch: "topic", inputs: { directory: "apis/*" } } as const;
    const onBranch = await here.act(here.repository, byHand);
    expect(onBranch.exitCode, onBranch.log).toBe(0);
    here.github.person("ana").push(here.repository, "main", removal);
    const push = await here.act(here.repository, { event: "push", inputs: { directory: "apis/*" } });
    expect(push.exitCode, push.log).toBe(0);
    for (const run of [onBranch, push]) {
      expect(run.outputs).toMatchObject({ create: "3", delete: "3" });
      expect(run.summary).toMatch(GONE);
    }
    expect(push.outputs["plan-id"]).toBe(onBranch.outputs["plan-id"]);
  });

  it("is refused by name where there is no commit to compare with, and told where it is planned", async () => {
    const here = await deployed();
    here.github.person("ana").push(here.repository, "main", removal);
    const run = await here.act(here.repository, {
      event: "workflow_dispatch",
      inputs: { directory: "apis/orders" },
    });
    expect(run.exitCode).toBe(1);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "error", title: "SPEC_NOT_FOUND" }),
    );
    expect(run.log).toContain("on the push itself");
  });

  it("is not one that the base branch has got meanwhile", async () => {
    const here = await deployed({
      "apis/users/package.json": files["apis/users/package.json"],
      "apis/users/resources.js": files["apis/users/resources.js"],
    });
    const pull = here.pullRequest({ "README.md": "words" });
    here.github.person("ana").push(here.repository, "main", {
      "apis/orders/package.json": orders["package.json"],
      "apis/orders/resources.js": orders["resources.js"],
    });
    const run = await here.act(pull, { inputs: { directory: "apis/*" }, checkout: "head" });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs).toMatchObject({ create: "3", delete: "0" });
    expect(pull.comments[0]?.body).not.toMatch(GONE);
  });

  it("gets a notice where it cannot be told, and the others are planned", async () => {
    const here = await deployed();
    const pull = here.pullRequest(removal);
    const on = "repos/compare-commits-with-basehead";
    here.github.faults.add({ on, status: 403, times: 9, body: { message: "Forbidden" } });
    const run = await here.act(pull, { inputs: { directory: "apis/*" } });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs).toMatchObject({ create: "3", delete: "0" });
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "notice", title: "BASE_UNREADABLE" }),
    );
  });
});
