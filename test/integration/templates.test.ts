/** Every stack that `gatewright init` writes: it has the permissions it needs, plans, applies, and has nothing left to do. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyActions, planActions } from "../../src/engine/permissions/actions.ts";
import { connectAws } from "../../src/aws/connect.ts";
import { LANGUAGES, PROTOCOLS } from "../../src/cli/init/answers.ts";
import { filesFor } from "../../src/cli/init/files.ts";
import { readTemplate } from "../../src/cli/init/templates.ts";
import { writeFiles } from "../../src/cli/init/write.ts";
import { applyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import { loadStack, type StackOptions } from "../../src/engine/stack.ts";
import { createLocalSource } from "../../src/source/local-source.ts";
import type { DesiredResource } from "../../src/spec/types.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, failuresOf } from "./harness.ts";

const region = "eu-west-1";
const kinds = PROTOCOLS.flatMap((protocol) => LANGUAGES.map((language) => ({ protocol, language })));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatewright-templates-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function begin(kind: (typeof kinds)[number]) {
  const git = { repository: "ana/shop", branch: "main", account: "123456789012" };
  const facts = { name: "orders", region, directory: ".", joins: false, nameless: true, ...git, ...kind };
  writeFiles(folder, filesFor(facts, readTemplate), false);
  const fake = createFakeAws({ region, managedPolicies: ["service-role/AWSLambdaBasicExecutionRole"] });
  const clock = createFakeClock();
  const connect = () => connectAws({ region, clientConfig: fake.clientConfig(), clock, backoffMs: 1 });
  const stack = (directory: string): StackOptions => ({
    source: createLocalSource(folder, { untracked: true }),
    directory,
    stage: "dev",
    region,
  });
  return { connect, stack };
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

const listOf = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === "string" ? [value] : value;

/** Of a role's inline policies. */
function statementsOf(resources: readonly DesiredResource[], name: string): readonly Statement[] {
  const role = resources.find((resource) => resource.name === name);
  const policies: unknown = role?.properties.Policies ?? [];
  return (
    policies as readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[]
  ).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

describe.each(kinds)("the stack of $protocol in $language", (kind) => {
  it("applies after its roles, without a warning, and then has no changes", async () => {
    const { connect, stack } = begin(kind);
    for (const directory of ["access", "."]) {
      const { plan } = await planStack(stack(directory), connect());
      expect(plan.problems, directory).toEqual([]);
      expect(failuresOf(await applyStack(stack(directory), connect(), { planId: plan.id }))).toEqual([]);
      expect(changesOf((await planStack(stack(directory), connect())).plan)).toEqual([]);
    }
  });

  it("has roles with the boundary that alone its applying role may give", async () => {
    const { connect, stack } = begin(kind);
    const { resources } = await loadStack(stack("."), connect());
    const boundary = "arn:aws:iam::123456789012:policy/gatewright-boundary";
    const roles = resources.filter(({ type }) => type === "IAM::Role");
    expect(roles.map(({ properties }) => properties.PermissionsBoundary)).toEqual([boundary]);
    const access = await loadStack(stack("access"), connect());
    const statements = statementsOf(access.resources, "gatewright-orders-dev");
    const allowing = (action: string) =>
      statements.filter(({ Effect, Action }) => Effect === "Allow" && listOf(Action).includes(action));
    for (const action of ["CreateRole", "PutRolePolicy", "AttachRolePolicy", "PutRolePermissionsBoundary"])
      expect(allowing(`iam:${action}`).map(({ Condition }) => Condition)).toEqual([
        { StringEquals: { "iam:PermissionsBoundary": boundary } },
      ]);
    expect(allowing("iam:DeleteRolePermissionsBoundary")).toEqual([]);
    const denied = statements.filter(({ Effect }) => Effect === "Deny");
    expect(denied.map(({ Resource }) => Resource)).toEqual([
      "*",
      [boundary, "arn:aws:iam::123456789012:role/gatewright-orders-*"],
    ]);
  });

  it("is within the permissions of its roles, to plan and to apply", async () => {
    const { connect, stack } = begin(kind);
    const { resources } = await loadStack(stack("."), connect());
    const access = await loadStack(stack("access"), connect());
    const rules = (name: string): readonly RegExp[] => {
      const allowed = statementsOf(access.resources, name).filter(({ Effect }) => Effect === "Allow");
      return allowed
        .flatMap(({ Action }) => listOf(Action))
        .map((action) => new RegExp(`^${action.replaceAll("*", ".*")}$`));
    };
    const without = (name: string, actions: readonly string[]): readonly string[] =>
      actions.filter((action) => !rules(name).some((rule) => rule.test(action)));
    // Of functions with layers, images or code in a bucket, and of stages with access logs, which these stacks do not have.
    const elsewhere = /^(logs:|lambda:GetLayerVersion|ecr:|s3:)/;
    const here = (actions: readonly string[]): readonly string[] =>
      actions.filter((action) => !elsewhere.test(action));
    for (const { type } of resources) {
      expect(without("gatewright-orders-dev-plan", here(planActions(type))), type).toEqual([]);
      // What nobody may, whoever applies.
      const never = type === "IAM::Role" ? ["iam:DeleteRolePermissionsBoundary"] : [];
      expect(without("gatewright-orders-dev", here(applyActions(type))), type).toEqual(never);
    }
  });
});
