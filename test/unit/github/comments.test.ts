import { describe, expect, it } from "vitest";
import { writeComment } from "../../../src/github/comments.ts";
import { httpError, type MemoryComment, memoryGitHub } from "./memory-github.ts";

const place = { owner: "o", repo: "r", number: 1 };
const plan = { body: "MARK new", isOurs: (body: string) => body.startsWith("MARK"), create: true };
const noWait = async (): Promise<void> => {};

function by(login: string, body: string, id: number): MemoryComment {
  return { id, login, body, type: login.endsWith("[bot]") ? "Bot" : "User" };
}

describe("the plan comment", () => {
  it("is made when there is none", async () => {
    const github = memoryGitHub([by("alice", "looks good", 1)]);
    expect(await writeComment(github, place, plan, noWait)).toEqual({
      url: "https://github.com/o/r/pull/1#issuecomment-2",
      written: "created",
    });
    expect(github.comments.map(({ body }) => body)).toEqual(["looks good", "MARK new"]);
    expect(github.calls).toEqual(["GET", "POST"]);
  });

  it("is edited in place", async () => {
    const github = memoryGitHub([by("github-actions[bot]", "MARK old", 7)]);
    expect(await writeComment(github, place, plan, noWait)).toMatchObject({ written: "updated" });
    expect(github.comments).toEqual([by("github-actions[bot]", "MARK new", 7)]);
    expect(github.calls).toEqual(["GET", "PATCH"]);
  });

  it("is found behind many pages", async () => {
    const talk = Array.from({ length: 250 }, (_, index) => by("alice", "talk", index + 1));
    const github = memoryGitHub([...talk, by("github-actions[bot]", "MARK old", 300)]);
    await writeComment(github, place, plan, noWait);
    expect(github.comments.at(-1)).toEqual(by("github-actions[bot]", "MARK new", 300));
    expect(github.calls).toEqual(["GET", "GET", "GET", "PATCH"]);
  });

  it("is never somebody else's that copies the marker", async () => {
    const github = memoryGitHub([by("mallory", "MARK forged", 1), by("github-actions", "MARK forged", 2)]);
    await writeComment(github, place, plan, noWait);
    expect(github.comments.map(({ body }) => body)).toEqual(["MARK forged", "MARK forged", "MARK new"]);
  });

  it("is the oldest of duplicates, and none is deleted", async () => {
    const github = memoryGitHub([
      by("github-actions[bot]", "MARK second", 9),
      by("github-actions[bot]", "MARK first", 4),
    ]);
    await writeComment(github, place, plan, noWait);
    expect(github.comments.map(({ id, body }) => [id, body])).toEqual([
      [9, "MARK second"],
      [4, "MARK new"],
    ]);
  });

  it("is the person's whose token it is", async () => {
    const github = memoryGitHub(
      [by("github-actions[bot]", "MARK of the bot", 1), by("carol", "MARK old", 2)],
      { login: "carol" },
    );
    await writeComment(github, place, plan, noWait);
    expect(github.comments.map(({ body }) => body)).toEqual(["MARK of the bot", "MARK new"]);
  });

  it("is an App's own when several bots carry the marker", async () => {
    const comments = [by("github-actions[bot]", "MARK workflow", 1), by("deployer[bot]", "MARK app", 2)];
    const github = memoryGitHub(comments, { viewer: "deployer[bot]" });
    await writeComment(github, place, plan, noWait);
    expect(comments.map(({ body }) => body)).toEqual(["MARK workflow", "MARK new"]);
  });

  it("is not made when only an existing one is to be brought up to date", async () => {
    const github = memoryGitHub([]);
    expect(await writeComment(github, place, { ...plan, create: false }, noWait)).toBeUndefined();
    expect(github.comments).toEqual([]);
  });

  it("is made anew when somebody deletes it between reading and editing", async () => {
    const github = memoryGitHub([by("github-actions[bot]", "MARK old", 1)]);
    github.before = (route) => {
      if (route.startsWith("PATCH")) github.comments.length = 0;
    };
    expect(await writeComment(github, place, plan, noWait)).toMatchObject({ written: "created" });
    expect(github.comments).toHaveLength(1);
  });

  it.each([502, undefined])("is not posted twice when the answer is lost (%s)", async (status) => {
    const github = memoryGitHub([]);
    let lost = 0;
    github.after = (route) => {
      if (route.startsWith("POST") && lost++ === 0) throw httpError(status);
    };
    expect(await writeComment(github, place, plan, noWait)).toMatchObject({ written: "created" });
    expect(github.comments).toHaveLength(1);
  });

  it("is posted again when GitHub failed before making it", async () => {
    const github = memoryGitHub([]);
    let failed = 0;
    github.before = (route) => {
      if (route.startsWith("POST") && failed++ === 0) throw httpError(502);
    };
    await writeComment(github, place, plan, noWait);
    expect(github.comments).toHaveLength(1);
    expect(github.calls).toEqual(["GET", "POST", "GET", "POST"]);
  });

  it("gives up on a token that may not write", async () => {
    const github = memoryGitHub([]);
    github.before = (route) => {
      if (route.startsWith("POST")) throw httpError(403, "Resource not accessible by integration");
    };
    await expect(writeComment(github, place, plan, noWait)).rejects.toMatchObject({ status: 403 });
    expect(github.calls).toEqual(["GET", "POST"]);
  });
});
