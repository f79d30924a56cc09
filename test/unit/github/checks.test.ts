import { describe, expect, it } from "vitest";
import { createCheck, findCheck, updateCheck } from "../../../src/github/checks.ts";
import { md } from "../../../src/text/markdown.ts";
import { recorded } from "./recorded.ts";

const PLACE = { owner: "acme", repo: "shop" };
const CHECK = {
  name: "gatewright apply dev",
  sha: "abc",
  externalId: "run-1",
  url: "https://bot/runs/run-1",
};
const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const LIST = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";

describe("a check run", () => {
  it("is created on its commit with what it is found by, and updated by its id", async () => {
    const { request, asked } = recorded({ [CREATE]: { id: 7 } });
    expect(await createCheck(request, PLACE, CHECK, { status: "in_progress" })).toBe(7);
    await updateCheck(request, PLACE, 7, {
      status: "completed",
      conclusion: "success",
      output: { title: "done", summary: md`1 of 1` },
    });
    expect(asked.map(({ parameters }) => parameters)).toEqual([
      {
        ...PLACE,
        name: CHECK.name,
        head_sha: "abc",
        external_id: "run-1",
        details_url: "https://bot/runs/run-1",
        status: "in_progress",
      },
      {
        ...PLACE,
        check_run_id: 7,
        status: "completed",
        conclusion: "success",
        output: { title: "done", summary: md`1 of 1` },
      },
    ]);
  });

  it("is found by its external id among all of its name, never by the name alone", async () => {
    const check_runs = [
      { id: 1, external_id: "run-0" },
      { id: 2, external_id: "run-1" },
    ];
    const { request, asked } = recorded({ [LIST]: { check_runs } });
    expect(await findCheck(request, PLACE, CHECK)).toBe(2);
    expect(await findCheck(request, PLACE, { ...CHECK, externalId: "run-9" })).toBeUndefined();
    expect(asked[0]?.parameters).toMatchObject({ ref: "abc", check_name: CHECK.name, filter: "all" });
  });
});

describe("annotations of a check run", () => {
  const annotations = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      path: "resources.js",
      line: index + 1,
      title: "PROPERTY_INVALID",
      message: "no",
    }));
  const failed = (count: number) =>
    ({
      status: "completed",
      conclusion: "failure",
      output: { title: "failed", summary: md`why`, annotations: annotations(count) },
    }) as const;

  it.each([
    [0, [0]],
    [30, [30]],
    [50, [50]],
    [51, [50, 1]],
    [130, [50, 50, 30]],
  ])("%i are written fifty at a time", async (count, sizes) => {
    for (const write of ["create", "update"] as const) {
      const { request, asked } = recorded({ [CREATE]: { id: 7 } });
      if (write === "create") await createCheck(request, PLACE, CHECK, failed(count));
      else await updateCheck(request, PLACE, 7, failed(count));
      const outputs = asked.map(({ parameters }) => parameters.output) as { annotations?: unknown[] }[];
      expect(outputs.map((output) => output.annotations?.length ?? 0)).toEqual(sizes);
    }
  });

  it("have GitHub's shape", async () => {
    const { request, asked } = recorded({});
    await updateCheck(request, PLACE, 7, failed(1));
    expect(asked[0]?.parameters).toMatchObject({
      output: {
        annotations: [
          {
            path: "resources.js",
            start_line: 1,
            end_line: 1,
            annotation_level: "failure",
            title: "PROPERTY_INVALID",
            message: "no",
          },
        ],
      },
    });
  });
});
