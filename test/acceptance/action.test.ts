/** The built Action against a GitHub and an AWS over HTTP. */
import { afterEach, describe, expect, it } from "vitest";
import { PACKAGE, proxyStack, startWorld, type World, writes } from "./world.ts";

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const base = { "package.json": PACKAGE, "resources.js": proxyStack() };

async function start(files = base, options: Parameters<typeof startWorld>[1] = {}): Promise<World> {
  world = await startWorld(files, options);
  return world;
}

describe("on a pull request", () => {
  it("posts the plan, edits it in place, and reads only", async () => {
    const { pullRequest, act, github, aws } = await start();
    const pull = pullRequest({ "resources.js": proxyStack({ description: "first" }) });
    const first = await act(pull);
    expect(first.stderr).toBe("");
    expect(first.exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
    const [comment] = pull.comments;
    expect(comment?.body).toMatch(/^<!-- gatewright:plan \{.*\} -->\n/);
    expect(comment?.body).toContain("3 to create");
    expect(first.outputs).toMatchObject({ "has-changes": "true", create: "3", update: "0", delete: "0" });
    expect(first.outputs["plan-id"]).toMatch(/^[0-9a-f]{12}$/);
    expect(first.outputs["comment-url"]).toContain("#issuecomment-");
    expect(comment?.body).toContain(first.outputs["plan-id"]);
    expect(first.summary).toContain("3 to create");
    expect(first.masks.length).toBeGreaterThan(0);

    github.person("ana").push(pull.repository, "topic", { "resources.js": proxyStack({ api: "other" }) });
    const second = await act(pull);
    expect(second.exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain("other");
    expect(second.outputs["plan-id"]).not.toBe(first.outputs["plan-id"]);
    expect(writes({ aws })).toEqual([]);
  });
});
