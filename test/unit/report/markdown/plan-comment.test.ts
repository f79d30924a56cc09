import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { parseMarker } from "../../../../src/report/markdown/marker.ts";
import { planComment } from "../../../../src/report/markdown/plan/comment.ts";
import type { PlanReport, StackPlan } from "../../../../src/report/report.ts";
import type { Plan } from "../../../../src/model/plan.ts";
import * as plans from "../../../fixtures/plans.ts";
import { injected, ORIGIN } from "../hostile.ts";

const html = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });
const stack = (plan: Plan): StackPlan => ({ directory: plan.stack.directory, plan });
const report = (plan: Plan, more: Partial<PlanReport> = {}): PlanReport => ({
  stage: "dev",
  stacks: [stack(plan)],
  origin: ORIGIN,
  ...more,
});
const titleOf = (markdown: string): string => /^## (.*)$/m.exec(markdown)?.[1] ?? "";
const gates = [
  { gate: "permission", passed: true, state: "@ana has write permission" },
  {
    gate: "approved",
    passed: false,
    state: "nobody has approved",
    next: "Ask a reviewer to approve a1b2c3d.",
  },
  { gate: "checks", passed: false, state: "1 of 2 checks are green", next: "Mend test." },
];

describe("the title", () => {
  it.each<[string, Plan, string]>([
    ["creates", plans.firstDeploy(), "`dev`: +8"],
    ["something of everything", plans.everyday(), "`dev`: +1 \\~3 −1, 1 replaced, 1 redeployed"],
    ["nothing", plans.unchanged(), "✅ `dev`: no changes"],
    ["blocked", plans.blocked(), "⛔ `dev`: blocked by 1 problem; +7"],
    [
      "blocked before anything",
      { ...plans.unchanged(), problems: plans.blocked().problems },
      "⛔ `dev`: blocked by 1 problem",
    ],
    ["a directory", plans.firstDeploy({ directory: "apis/a" }), "`apis/a` in `dev`: +8"],
  ])("%s", (_, plan, title) => {
    expect(titleOf(planComment(report(plan)))).toBe(title);
  });

  it("of a failed plan, of a destroy plan, of one that was applied", () => {
    const errors = [{ code: "X", message: "m" }];
    const failed = { ...report(plans.unchanged()), stacks: [{ directory: ".", errors }] };
    expect(titleOf(planComment(failed))).toBe("❌ `dev`: plan failed, 1 error");
    const destroy = report(plans.large(4), { purpose: "destroy" });
    expect(titleOf(planComment(destroy))).toMatch(/^Destroy `dev`: /);
    expect(planComment(destroy)).toContain("\n/destroy ");
    const applied = planComment(
      report(plans.firstDeploy(), { applied: { by: "ana", url: `${ORIGIN.serverUrl}/x` } }),
    );
    expect(titleOf(applied)).toBe("✅ `dev`: applied, +8");
    expect(applied).toContain(
      "Applied by [@ana](https://github.example/ana): [result](https://github.example/x).",
    );
    expect(applied).not.toContain("/apply ");
  });
});

describe("a plan comment, in order", () => {
  const text = planComment(report(plans.everyday(), { gates, policyFiles: [".github/gatewright.yml"] }));
  const { id } = plans.everyday();

  it("comes in order", () => {
    const order = [
      "<!-- gatewright:plan {",
      "## `dev`: +1",
      "[`a1b2c3d`](https://github.example/acme/hello-api/commit/a1b2c3d4",
      "> [!CAUTION]",
      "> [!WARNING]",
      "| Action | Resource | Changes |",
      "<details",
      "```diff",
      "```mermaid",
      "**Gates**",
      "**Next:**",
      `/apply ${id}`,
      "`/plan` plans again",
      "`/help` lists commands and rules",
    ];
    const places = order.map((piece) => text.indexOf(piece));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((left, right) => left - right)).toEqual(places);
  });

  it("has a marker with the stage, the plan id and the head", () => {
    expect(parseMarker(text)).toEqual({
      version: 1,
      stage: "dev",
      state: "changes",
      counts: { create: 1, delete: 1, redeploy: 1, replace: 1, update: 3 },
      stacks: [
        {
          directory: ".",
          planId: id,
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
          seen: expect.stringMatching(/^[0-9a-f]{64}$/),
          headSha: ORIGIN.headSha,
        },
      ],
    });
  });

  it("says where it comes from", () => {
    const line = text.split("\n")[3] ?? "";
    for (const fact of [
      "account `840541460064`",
      "region `eu-west-2`",
      "stage `dev`",
      `plan \`${id}\``,
      "3 unchanged",
      "4.2 s",
      `[run](${ORIGIN.runUrl})`,
    ]) {
      expect(line).toContain(fact);
    }
  });

  it("warns of every delete and replace with its consequence, of drift and of policy files", () => {
    expect(text).toContain(
      "> - 🔴 **Deletes** the route `GET /legacy` of my-api: Callers of GET `/legacy` get 404",
    );
    expect(text).toContain(
      "> - 🟠 **Replaces** the integration `orders-queue` of my-api (`IntegrationSubtype` cannot be changed in place): Routes",
    );
    expect(text).toContain("> - **Drift:** The integration `my-function` of my-api was changed outside");
    expect(text).toContain("> - **Policy files change:** `.github/gatewright.yml`.");
    expect(text).not.toContain("**Replaces** the deployment");
  });

  it("sorts the table: replace, update, redeploy, create; a delete that the caution told is not told again", () => {
    const actions = [...text.matchAll(/^\| \S+\u00a0(\S+) \|/gm)].map(([, action]) => action);
    expect(actions).toEqual(["replace", "update", "update", "update", "redeploy", "create"]);
  });

  it("shows values in the table, and opens only the diffs that say more than it", () => {
    expect(text).toContain("| <code>TimeoutIn<wbr>Millis</code>: `30000` → `10000` |");
    expect(text).toContain("<details open><summary>🟡 update <code>IAM::Policy</code>");
    expect(text).toContain("<details><summary>🟡 update <code>ApiGatewayV2::Integration</code>");
  });

  it("names resources in their reader's words, and says what a new one is", () => {
    const rows = [...planComment(report(plans.firstDeploy())).matchAll(/^\| 🟢.*$/gm)].map(([row]) =>
      row
        .replace(/\]\([^)]*\)/g, "")
        .replace("[", "")
        .replace(/<wbr>|<\/?code>/g, "")
        .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
        .replaceAll("\u00a0", " "),
    );
    expect(rows).toEqual([
      "| 🟢 create | `my-api` *API* | HTTP |",
      "| 🟢 create | 🔑 `lambda-policy` *IAM policy* | \\+ `logs:*` on `*` |",
      "| 🟢 create | 🔑 `lambda-role` *IAM role* | \\+ sts:AssumeRole by lambda.amazonaws.com<br>\\+ policy/lambda-policy |",
      "| 🟢 create | `my-function` *Lambda function* | nodejs22.x, 128 MB |",
      "| 🟢 create | `my-function` *integration of my-api* | → my-function |",
      "| 🟢 create | `GET /hello` *route of my-api* | → my-function, no authorization |",
      "| 🟢 create | `$default` *stage of my-api* | deploys by itself |",
      "| 🟢 create | `my-function` *Lambda permission* | callable by apigateway |",
    ]);
    expect(text).toContain("| → orders-queue, JWT |");
  });

  it("has no sentence of a merge that applies while the plan is blocked, with changes or without", () => {
    for (const plan of [plans.blocked(), { ...plans.unchanged(), problems: plans.blocked().problems }]) {
      const blocked = planComment(report(plan, { apply: "on-merge" }));
      expect(blocked).not.toContain("Merging applies");
      expect(blocked).toContain("**Next:** fix the problems listed above");
    }
  });

  it("lists the gates and the one thing to do next", () => {
    expect(text).toContain(
      "- ✅ **permission**: `@ana` has write permission\n- ❌ **approved**: nobody has approved",
    );
    expect(text).toContain("**Next:** Mend test.");
    expect(text).not.toContain("**Next:** Ask a reviewer");
  });

  it("says when apply comes", () => {
    const told = (apply: PlanReport["apply"]) => planComment(report(plans.everyday(), { apply }));
    expect(told("before-merge")).toContain("Apply **before the merge**; merging applies nothing");
    expect(told("reviewed")).toContain("**Merging applies exactly this plan**");
    expect(told("on-merge")).toContain("**Merging applies this plan**");
    expect(told(undefined)).toContain(
      "The stage's settings say whether to apply before the merge or by merging",
    );
  });
});

describe("special plans", () => {
  it("counts what is inside a replaced parent instead of repeating it", () => {
    const text = planComment(report(plans.apiReplaced()));
    expect(text.match(/\*\*Replaces\*\*/g)).toHaveLength(1);
    expect(text).toContain(
      "with 3 resources inside it: Callers of `https://7a38wlw431.execute-api.eu-west-2.amazonaws.com` will fail",
    );
    expect(text).toContain("| `my-api` is replaced |");
  });

  it("offers no command for a plan that cannot be applied", () => {
    const text = planComment(report(plans.blocked()));
    expect(text).toContain(
      "> **Cannot be applied.** **Not managed by this stack:** The API `my-api` exists in AWS",
    );
    expect(text).toContain("> [!CAUTION]\n> **Cannot be applied.**");
    expect(text).not.toMatch(/^\/apply/m);
    expect(text).toContain("Until then neither a command nor the merge applies anything.");
    expect(text).toContain("**Next:** fix the problems listed above");
  });

  it("shows errors with code, message, hint and a link to the line", () => {
    const errors = [
      {
        code: "SPEC_SYNTAX",
        message: "Unexpected token\n> 13 | }}",
        hint: "Mend it.",
        at: { file: "apis/my api/resources.js", line: 13 },
      },
    ];
    const text = planComment({ ...report(plans.unchanged()), stacks: [{ directory: ".", errors }] });
    expect(text).toContain(
      "- [`apis/my api/resources.js:13`](https://github.example/acme/hello-api/blob/a1b2c3d4e5f60718293a4b5c6d7e8f9012345678/apis/my%20api/resources.js#L13): **Unexpected token** <sub>`SPEC_SYNTAX`</sub>",
    );
    expect(text).toContain("  > 13 | }}");
    expect(text).toContain("Mend it.");
  });

  it("is one comment for all stacks of a stage, a section each, unchanged ones in the overview only", () => {
    const stacks: StackPlan[] = [
      stack(plans.everyday({ directory: "a" })),
      stack(plans.unchanged({ directory: "b" })),
      stack(plans.firstDeploy({ directory: "c" })),
      { directory: "d", errors: [{ code: "X", message: "broken" }] },
    ];
    const text = planComment({ stage: "prod", stacks, origin: ORIGIN, gates });
    expect(titleOf(text)).toBe(
      "❌ `prod`: plan failed, 1 error in 1 of 4 stacks; +9 \\~3 −1, 1 replaced, 1 redeployed",
    );
    expect([...text.matchAll(/^### (.*)$/gm)].map(([, title]) => title)).toEqual([
      "`a`: +1 \\~3 −1, 1 replaced, 1 redeployed",
      "`c`: +8",
      "❌ `d`: plan failed, 1 error",
    ]);
    expect(text).toContain("| `b` | no changes |");
    expect(text.match(/^\/apply [0-9a-f]{12} -s \w+$/gm)).toHaveLength(2);
    expect(parseMarker(text)?.stacks.map(({ directory }) => directory)).toEqual(["a", "b", "c", "d"]);
    expect(injected(html(text))).toEqual([]);
  });
});

describe("what anybody may call", () => {
  it("is one line above the table, escaped", () => {
    const text = planComment(report({ ...plans.firstDeploy(), open: ["GET /hello", "POST /`x`"] }));
    const line = text.split("\n").find((one) => one.includes("**Public**")) ?? "";
    expect(html(line)).toContain("<code>GET /hello</code>, <code>POST /`x`</code>");
    expect(text.indexOf(line)).toBeLessThan(text.indexOf("| Action |"));
  });

  it("names what is new, and keeps all of it in a fold", () => {
    const plan = { ...plans.firstDeploy(), open: ["GET /a", "GET /b"] };
    const text = planComment(report({ ...plan, opens: ["GET /b"] }));
    expect(text).toContain("🌐 **Becomes public**, anybody may call: `GET /b`\n");
    expect(text).toContain(
      "<details><summary>2 public calls in all</summary>\n\n`GET /a`, `GET /b`\n</details>",
    );
    expect(planComment(report({ ...plan, opens: [] }))).not.toContain("Becomes public");
    expect(planComment(report({ ...plan, opens: plan.open }))).not.toContain("in all");
  });

  it("is not repeated where nothing changes", () => {
    expect(planComment(report({ ...plans.unchanged(), open: ["GET /hello"] }))).not.toContain("Public");
  });
});

describe("what a change means", () => {
  const text = planComment(report(plans.everyday()));

  it("of a policy: what becomes allowed and what no longer, marked as a change of permissions", () => {
    const row = text.split("\n").find((line) => line.includes("*IAM policy*")) ?? "";
    expect(row).toContain("| 🔑 ");
    const cell = html(`| a | b | c |\n| - | - | - |\n${row}`)
      .replaceAll("<wbr>", "")
      .replaceAll("&#58;", ":");
    expect(cell).toContain("− <code>logs:*</code> on <code>*</code>");
    expect(cell).toContain("+ <code>dynamodb:PutItem</code> on <code>table/orders</code>");
    expect(cell).not.toContain("GetItem");
  });

  it("of code: sizes and files, never a hash", () => {
    const files = "code: 1 kB → 13 kB, 4 files";
    expect(text.split("\n").filter((line) => line.includes(files))).toHaveLength(2);
    expect(text).not.toContain("9fQ1pQJH0vX7xG2bY1mXb5Zf0l9o3W6mC5n1o0m7m2k=");
  });

  it("leaves AWS's defaults out of a diff and counts them", () => {
    const first = planComment(report(plans.firstDeploy()));
    expect(first).toContain("@@ 2 defaults of AWS left out @@");
    expect(first).not.toContain("+ Timeout: 3");
  });

  it("tells each delete of a stack once: what goes with something else is in a fold", () => {
    const destroy = planComment(report(plans.destroyed(), { purpose: "destroy" }));
    expect(destroy).not.toContain("| Action |");
    expect(destroy.match(/\*\*Deletes\*\* the/g)).toHaveLength(5);
    expect(destroy).toContain("<summary>🔴 3 resources deleted with what they belong to</summary>");
  });
});
