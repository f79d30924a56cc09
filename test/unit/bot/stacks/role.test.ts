import { describe, expect, it } from "vitest";
import { chooseRole, sessionName } from "../../../../bot/stacks/role.ts";

const stack = {
  repository: { id: 1, owner: "acme", name: "shop", defaultBranch: "main" },
  stage: "prod",
  directory: ".",
};
const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const rule = {
  repository: "acme/shop",
  stage: "prod",
  roles: [role("deploy"), role("other")],
  planRoles: [role("read")],
};

describe("the role of a preview", () => {
  const preview = { ...stack, stage: "pr-12" };
  const own = { ...rule, stage: "pr-*", roles: [role("previews")], planRoles: [] };
  const every = { ...rule, stage: "*", roles: [role("everything")] };

  it("is that of the rule for previews", () => {
    expect(chooseRole([rule, own], preview, {}, "apply")).toBe(role("previews"));
    expect(chooseRole([every, own], preview, {}, "apply")).toBe(role("previews"));
  });

  it("is never a stage's, nor that of every stage, nor a stage's that of previews", () => {
    for (const [rules, of] of [
      [[rule], preview],
      [[every], preview],
      [[own], stack],
    ] as const)
      expect(() => chooseRole(rules, of, {}, "apply")).toThrow(
        expect.objectContaining({ code: "ROLE_NOT_ALLOWED" }),
      );
  });
});

describe("the role of a stage", () => {
  it("is the default chain's where the bot's owner has no rules", () => {
    expect(chooseRole([], stack, {}, "apply")).toBeUndefined();
  });

  it("is the first allowed one, to plan the first read-only one", () => {
    expect(chooseRole([rule], stack, {}, "apply")).toBe(role("deploy"));
    expect(chooseRole([rule], stack, {}, "plan")).toBe(role("read"));
    expect(chooseRole([{ ...rule, planRoles: [] }], stack, {}, "plan")).toBe(role("deploy"));
  });

  it("is the one that the settings choose among the allowed ones", () => {
    expect(chooseRole([rule], stack, { role: role("other") }, "apply")).toBe(role("other"));
  });

  it.each([
    ["the settings name a role that is not allowed", [rule], { role: role("admin") }],
    ["the settings name a role where the owner allows none", [], { role: role("deploy") }],
    ["no rule is for the stage", [{ ...rule, stage: "dev" }], {}],
    ["no rule is for the repository", [{ ...rule, repository: "acme/else" }], {}],
  ])("is refused when %s", (_why, rules, stage) => {
    expect(() => chooseRole(rules, stack, stage, "apply")).toThrow(
      expect.objectContaining({ code: "ROLE_NOT_ALLOWED" }),
    );
  });

  it("is allowed for all repositories of an owner, and for all stages", () => {
    expect(chooseRole([{ ...rule, repository: "acme/*", stage: "*" }], stack, {}, "apply")).toBe(
      role("deploy"),
    );
  });
});

describe("the session's name", () => {
  it("says which pull request and run it is, in what IAM accepts", () => {
    expect(sessionName(stack, { runId: "0123456789abcdef", pull: 7 })).toBe(
      "gatewright-pr7-01234567-acme-shop",
    );
    const long = { ...stack, repository: { ...stack.repository, name: "x y".repeat(40) } };
    expect(sessionName(long, { runId: "r" })).toMatch(/^[\w+=,.@-]{64}$/);
  });
});
