import { describe, expect, it } from "vitest";
import { heal } from "../../../../bot/workflow/heal.ts";
import type { Services } from "../../../../bot/services/services.ts";
import { applyMarkerLine, type ApplyState } from "../../../../src/report/markdown/marker.ts";
import { aStack } from "../../../fakes/store.ts";
import { httpError } from "../../github/memory-github.ts";
import { aPull, recorded } from "../gates/recorded.ts";

const SHA = "a".repeat(40);
const comment = (id: number, state: ApplyState, login = "github-actions[bot]") => ({
  id,
  user: { login, type: "Bot" },
  body: `${applyMarkerLine({ version: 1, stage: "dev", state, headSha: SHA, stacks: [{ directory: "." }] })}\n## Waits\n\n@ana asked`,
});

/** What is written to comments when a job clears up on pull request 7; `gone` is deleted meanwhile. */
async function healed(comments: readonly object[], gone?: number) {
  const written: [unknown, string][] = [];
  const warned: unknown[] = [];
  const github = recorded({
    "/issues/{issue_number}/comments": comments,
    "/comments/{comment_id}": ({ comment_id: id, body }: Readonly<Record<string, unknown>>) => {
      if (id === gone) throw httpError(404, "Not Found");
      written.push([id, String(body)]);
      return { html_url: "" };
    },
    "/pulls/{pull_number}": aPull("open"),
    "/check-runs": { check_runs: [] },
  });
  const services = {
    appSlug: "github-actions",
    github: async () => github.request,
    log: { warn: (fields: unknown) => warned.push(fields) },
  } as unknown as Services;
  await heal(services, aStack().repository, { pulls: [7], commits: [] });
  return { written, warned };
}

describe("what a job that was ended left behind", () => {
  it("is said to have ended, whether it waited or was under way", async () => {
    const { written } = await healed([comment(1, "queued"), comment(2, "running"), comment(3, "done")]);
    expect(written.map(([id, body]) => [id, body.split("\n")[1]])).toEqual([
      [1, "## ⏹️ The job ended: nothing was begun"],
      [2, "## ⏹️ The job ended: not all was done"],
    ]);
    expect(written[0]?.[1]).toContain("@ana asked");
  });

  it("is not what somebody else wrote", async () => {
    expect((await healed([comment(1, "queued", "eve")])).written).toEqual([]);
  });

  it("does not keep the others waiting when one comment is deleted meanwhile", async () => {
    const { written, warned } = await healed([comment(1, "queued"), comment(2, "queued")], 1);
    expect(written.map(([id]) => id)).toEqual([2]);
    expect(warned).toEqual([]);
  });
});
