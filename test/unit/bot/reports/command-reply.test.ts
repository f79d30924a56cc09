import { md, safely } from "../../../../src/text/markdown.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { type CommandReply, replyTo } from "../../../../bot/reports/command-reply.ts";
import type { CommentServices } from "../../../../bot/reports/comments.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { memoryGitHub, type MemoryGitHub } from "../../github/memory-github.ts";

const repository = { id: 1, owner: "acme", name: "shop", defaultBranch: "main" };

let github: MemoryGitHub;
let reply: CommandReply;

beforeEach(() => {
  github = memoryGitHub([], { viewer: "gatewright[bot]" });
  const ids = new Map<string, number>();
  const services: CommentServices = {
    appSlug: "gatewright",
    clock: createFakeClock(),
    github: async () => github.request,
    store: {
      getPosted: async ({ key }: { key: string }) => ids.get(key),
      setPosted: async ({ key }: { key: string }, id: number) => void ids.set(key, id),
      forgetPosted: async ({ key }: { key: string }) => void ids.delete(key),
    },
  };
  reply = replyTo(services, { repository, issue: 7, commentId: 42, login: "ana", text: "/status" });
});

const bodies = (): readonly string[] => github.comments.map(({ body }) => body);

describe("the reply to a command", () => {
  it("is one comment, whatever is said after each other", async () => {
    await reply.answer(md`Working.`);
    await reply.answer(md`Done.`, { kind: "status", value: [{ stage: "dev" }] });
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).toMatch(/^@ana asked for `\/status`\.\n\nDone\.\n/);
    expect(bodies()[0]).toContain("<!-- gatewright:status ");
    expect(bodies()[0]).toMatch(/<!-- gatewright:reply 42 -->$/);
  });

  it("of a mistake has its code and the next step", async () => {
    expect(await reply.refuse({ code: "PULL_DRAFT", message: "a draft", hint: "Mark it ready." })).toBe(
      "refused",
    );
    expect(bodies()[0]).toContain("**PULL_DRAFT** a draft");
    expect(bodies()[0]).toContain("Mark it ready.");
  });

  it("shows a notice above everything that follows, but below a marker in the first line", async () => {
    await reply.announce(md`The settings are broken.`);
    await reply.write(md`<!-- gatewright:apply {} -->\n## Refused`);
    expect(bodies()[0]).toMatch(
      /^<!-- gatewright:apply \{\} -->\nThe settings are broken\.\n\n## Refused\n\n<!-- gatewright:reply 42 -->$/,
    );
  });

  it.each([
    ["lines", "- a line of the answer\n".repeat(5000)],
    ["table rows", `| A | B |\n| --- | --- |\n${"| 1 | 2 |\n".repeat(9000)}`],
    ["one line", "x".repeat(70_000)],
  ])("of too many %s is cut where GitHub would refuse it, and says so", async (_what, body) => {
    await reply.answer(safely(body), { kind: "status", value: [] });
    expect(Buffer.byteLength(bodies()[0] ?? "")).toBeLessThan(61_000);
    expect(bodies()[0]).toMatch(/… and [\d,]+ more lines?\./);
    expect(bodies()[0]).toContain("<!-- gatewright:status ");
    expect(bodies()[0]).toMatch(/<!-- gatewright:reply 42 -->$/);
  });

  it("closes the fence that it cuts", async () => {
    await reply.answer(safely(`~~~\n${"line\n".repeat(20_000)}~~~\n`));
    expect(bodies()[0]?.match(/^~~~$/gm)).toHaveLength(2);
  });

  it("leaves out facts that would leave no room for the answer", async () => {
    await reply.answer(md`Fine.`, { kind: "status", value: Array.from({ length: 9000 }, () => "stack") });
    expect(bodies()[0]).toContain("Fine.");
    expect(Buffer.byteLength(bodies()[0] ?? "")).toBeLessThan(61_000);
  });
});
