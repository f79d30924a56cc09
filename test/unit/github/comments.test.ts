import { describe, expect, it } from "vitest";
import { md } from "../../../src/text/markdown.ts";
import { tokenAuthor } from "../../../src/github/author.ts";
import { type OwnComment, writeOwnComment } from "../../../src/github/comments.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { httpError, type MemoryComment, type MemoryGitHub, memoryGitHub } from "./memory-github.ts";
import { remembered } from "./remembering.ts";

const plan = { body: md`MARK new`, isOurs: (body: string) => body.startsWith("MARK"), create: true };

function write(github: MemoryGitHub, comment: OwnComment = plan) {
  const { request } = github;
  const author = tokenAuthor(github);
  return writeOwnComment(
    { request, clock: createFakeClock(), owner: "o", repo: "r", issue: 1, author },
    comment,
  );
}

function by(login: string, body: string, id: number): MemoryComment {
  return { id, login, body, type: login.endsWith("[bot]") ? "Bot" : "User" };
}

describe("the plan comment", () => {
  it("is made when there is none", async () => {
    const github = memoryGitHub([by("alice", "looks good", 1)]);
    expect(await write(github)).toEqual({
      id: 2,
      url: "https://github.com/o/r/pull/1#issuecomment-2",
      written: "created",
    });
    expect(github.comments.map(({ body }) => body)).toEqual(["looks good", "MARK new"]);
    expect(github.calls).toEqual(["GET", "POST"]);
  });

  it("is edited in place", async () => {
    const github = memoryGitHub([by("github-actions[bot]", "MARK old", 7)]);
    expect(await write(github)).toMatchObject({ written: "updated" });
    expect(github.comments).toEqual([by("github-actions[bot]", "MARK new", 7)]);
    expect(github.calls).toEqual(["GET", "PATCH"]);
  });

  it("is found behind many pages", async () => {
    const talk = Array.from({ length: 250 }, (_, index) => by("alice", "talk", index + 1));
    const github = memoryGitHub([...talk, by("github-actions[bot]", "MARK old", 300)]);
    await write(github);
    expect(github.comments.at(-1)).toEqual(by("github-actions[bot]", "MARK new", 300));
    expect(github.calls).toEqual(["GET", "GET", "GET", "PATCH"]);
  });

  it("is never somebody else's that copies the marker", async () => {
    const github = memoryGitHub([by("mallory", "MARK forged", 1), by("github-actions", "MARK forged", 2)]);
    await write(github);
    expect(github.comments.map(({ body }) => body)).toEqual(["MARK forged", "MARK forged", "MARK new"]);
  });

  it("is the oldest of duplicates, and none is deleted that may be somebody else's", async () => {
    const github = memoryGitHub([
      by("github-actions[bot]", "MARK second", 9),
      by("github-actions[bot]", "MARK first", 4),
    ]);
    await write(github);
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
    await write(github);
    expect(github.comments.map(({ body }) => body)).toEqual(["MARK of the bot", "MARK new"]);
  });

  it("is an App's own when several bots carry the marker", async () => {
    const comments = [by("github-actions[bot]", "MARK workflow", 1), by("deployer[bot]", "MARK app", 2)];
    const github = memoryGitHub(comments, { viewer: "deployer[bot]" });
    await write(github);
    expect(comments.map(({ body }) => body)).toEqual(["MARK workflow", "MARK new"]);
  });

  it("is not made when only an existing one is to be brought up to date", async () => {
    const github = memoryGitHub([]);
    expect(await write(github, { ...plan, create: false })).toBeUndefined();
    expect(github.comments).toEqual([]);
  });

  it("is made anew when somebody deletes it between reading and editing", async () => {
    const github = memoryGitHub([by("github-actions[bot]", "MARK old", 1)]);
    github.before = (route) => {
      if (route.startsWith("PATCH")) github.comments.length = 0;
    };
    expect(await write(github)).toMatchObject({ written: "created" });
    expect(github.comments).toHaveLength(1);
  });

  it.each([502, undefined])("is not posted twice when the answer is lost (%s)", async (status) => {
    const github = memoryGitHub([]);
    let lost = 0;
    github.after = (route) => {
      if (route.startsWith("POST") && lost++ === 0) throw httpError(status);
    };
    expect(await write(github)).toMatchObject({ written: "created" });
    expect(github.comments).toHaveLength(1);
  });

  it("is posted again when GitHub failed before making it", async () => {
    const github = memoryGitHub([]);
    let failed = 0;
    github.before = (route) => {
      if (route.startsWith("POST") && failed++ === 0) throw httpError(502);
    };
    await write(github);
    expect(github.comments).toHaveLength(1);
    expect(github.calls).toEqual(["GET", "POST", "GET", "POST"]);
  });

  it("gives up on a token that may not write", async () => {
    const github = memoryGitHub([]);
    github.before = (route) => {
      if (route.startsWith("POST")) throw httpError(403, "Resource not accessible by integration");
    };
    await expect(write(github)).rejects.toMatchObject({ status: 403 });
    expect(github.calls).toEqual(["GET", "POST"]);
  });

  it("is not looked for where its id is remembered", async () => {
    const github = memoryGitHub([by("github-actions[bot]", "edited by hand", 7)]);
    const memory = remembered(7);
    expect(await write(github, { ...plan, remembered: memory })).toMatchObject({ id: 7, written: "updated" });
    expect(github.calls).toEqual(["PATCH"]);
  });

  it("is remembered when it is created, when it is found, and when it was deleted and is created again", async () => {
    const github = memoryGitHub([by("github-actions[bot]", "MARK old", 4)]);
    const memory = remembered();
    await write(github, { ...plan, remembered: memory });
    expect(memory.state.id).toBe(4);
    github.comments.length = 0;
    github.comments.push(by("alice", "hm", 8));
    await write(github, { ...plan, remembered: memory });
    expect(memory.state.id).toBe(9);
    github.comments.length = 0;
    await write(github, { ...plan, create: false, remembered: memory });
    expect(memory.state.id).toBeUndefined();
  });

  it("is posted again after a 404 only where a replica may not know the pull request yet", async () => {
    for (const [retryMissing, posts] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const github = memoryGitHub([]);
      let missing = 1;
      github.before = (route) => {
        if (route.startsWith("POST") && missing-- > 0) throw httpError(404);
      };
      const outcome = await write(github, { ...plan, retryMissing }).catch(
        (error: { status: number }) => error,
      );
      expect(outcome).toMatchObject(retryMissing ? { written: "created" } : { status: 404 });
      expect(github.calls.filter((call) => call === "POST")).toHaveLength(posts);
    }
  });
});

describe("two first runs at once", () => {
  const twice = { ...plan, isExactly: plan.isOurs };
  const other = by("github-actions[bot]", "MARK other", 1);

  /** The other run posts its comment after ours has looked for one and before ours is posted. */
  function meanwhile(comments: MemoryComment[] = []): MemoryGitHub {
    const github = memoryGitHub(comments);
    let posted = false;
    github.before = (route) => {
      if (!route.startsWith("POST") || posted) return;
      posted = true;
      comments.push({ ...other });
    };
    return github;
  }

  it("leave the older comment with the later text", async () => {
    const github = meanwhile();
    expect(await write(github, twice)).toMatchObject({ id: 1, written: "updated" });
    expect(github.comments.map(({ id, body }) => [id, body])).toEqual([[1, "MARK new"]]);
  });

  it("leave the older text where the later run may not replace it", async () => {
    const github = meanwhile();
    expect(await write(github, { ...twice, mayReplace: async () => false })).toMatchObject({
      written: "kept",
    });
    expect(github.comments.map(({ body }) => body)).toEqual(["MARK other"]);
  });

  it("leave a second comment without a plan where it may not be deleted", async () => {
    const github = meanwhile();
    const before = github.before;
    github.before = (route) => {
      before(route);
      if (route.startsWith("DELETE")) throw httpError(403);
    };
    await write(github, twice);
    expect(github.comments.map(({ body }) => body)).toEqual([
      "MARK new",
      expect.not.stringContaining("MARK"),
    ]);
  });

  it("are cleared up by the next run when one of them died in between", async () => {
    const github = memoryGitHub([
      by("github-actions[bot]", "MARK one", 1),
      by("alice", "MARK forged", 2),
      by("github-actions[bot]", "MARK two", 3),
    ]);
    await write(github, twice);
    expect(github.comments.map(({ body }) => body)).toEqual(["MARK new", "MARK forged"]);
  });

  it("leave the comment of the one whose text is the older alone", async () => {
    const comments: MemoryComment[] = [];
    const github = memoryGitHub(comments);
    github.after = (route) => {
      if (route.startsWith("POST")) comments.push({ ...other, id: 2 });
    };
    expect(await write(github, twice)).toMatchObject({ id: 1, written: "created" });
    expect(github.comments.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("prefer the comment that is certainly theirs to an older one", async () => {
    const github = memoryGitHub([
      by("github-actions[bot]", "MARK of anybody", 1),
      by("github-actions[bot]", "MARK mine", 2),
    ]);
    await write(github, { ...plan, isExactly: (body) => body === "MARK mine" || body === plan.body });
    expect(github.comments.map(({ body }) => body)).toEqual(["MARK of anybody", "MARK new"]);
  });
});

it("a text that may not be replaced stays", async () => {
  const github = memoryGitHub([by("github-actions[bot]", "MARK newer", 7)]);
  expect(await write(github, { ...plan, mayReplace: async (shown) => shown !== "MARK newer" })).toEqual({
    id: 7,
    url: "https://github.com/o/r/pull/1#issuecomment-7",
    written: "kept",
  });
  expect(github.comments.map(({ body }) => body)).toEqual(["MARK newer"]);
});
