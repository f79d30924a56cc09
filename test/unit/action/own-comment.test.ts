import { describe, expect, it } from "vitest";
import { ownership } from "../../../src/action/own-comment.ts";
import { planMarkerLine } from "../../../src/report/markdown/marker.ts";
import type { PlanJob, PlanReport } from "../../../src/report/report.ts";

const HERE: PlanJob = { region: "eu-west-2", account: "1" };

function report(job: PlanJob, directory = "."): PlanReport {
  const origin = { serverUrl: "https://github.com", repository: "o/r", headSha: "a" };
  return { stage: "dev", stacks: [{ directory, errors: [] }], origin, job };
}

/** A comment of a job, `none` of one that names none. */
function comment(job: PlanJob | "none", directory = ".", stage = "dev"): string {
  const stacks = [{ directory, headSha: "a" }];
  return planMarkerLine({ version: 1, stage, stacks, ...(job === "none" ? {} : { job }) });
}

describe("a plan comment", () => {
  it("is this job's when stage, stack, region, account, spec and project are", () => {
    const { isOurs, isExactly } = ownership(report(HERE));
    expect([isOurs(comment(HERE)), isExactly(comment(HERE))]).toEqual([true, true]);
  });

  it.each([
    ["region", { ...HERE, region: "us-east-1" }],
    ["account", { ...HERE, account: "2" }],
    ["spec file", { ...HERE, spec: "other.js" }],
    ["project name", { ...HERE, project: "shop" }],
  ])("of another %s is not", (_what, job) => {
    expect(ownership(report(HERE)).isOurs(comment(job))).toBe(false);
    expect(ownership(report(job)).isOurs(comment(HERE))).toBe(false);
  });

  it("of another stage or directory is not", () => {
    const { isOurs } = ownership(report(HERE));
    expect(isOurs(comment(HERE, "."))).toBe(true);
    expect(isOurs(comment(HERE, "apis"))).toBe(false);
    expect(isOurs(comment(HERE, ".", "prod"))).toBe(false);
  });

  it("that names no job is taken over, and never removed as a copy", () => {
    const { isOurs, isExactly } = ownership(report(HERE));
    expect([isOurs(comment("none")), isExactly(comment("none"))]).toEqual([true, false]);
  });

  it("of a job whose account is unknown is taken over, and never removed as a copy", () => {
    const unknown = { region: "eu-west-2" };
    const { isOurs, isExactly } = ownership(report(unknown));
    expect([isOurs(comment(HERE)), isExactly(comment(HERE))]).toEqual([true, false]);
    expect(ownership(report(HERE)).isExactly(comment(unknown))).toBe(false);
  });

  it("is not the plan of a /destroy", () => {
    const body = `${comment("none")}\ntext\n<!-- gatewright:destroy-plan 5 -->`;
    expect(ownership(report(HERE)).isOurs(body)).toBe(false);
  });
});
