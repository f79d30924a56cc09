/** `docs/permissions.md`: what planning and applying need, per type, and policies to copy. Pure. */
import { secretsManager, sts, tagging } from "../../src/aws/services.ts";
import { ssm } from "../../src/resources/SSM/service.ts";
import { applyActions, planActions } from "../../src/engine/permissions/actions.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { Permissions } from "../../src/resources/type.ts";
import { code, MADE_BY, table } from "./markdown.ts";

/** What every stack needs, whatever is in it. */
const everyStack = [sts.iamAction("GetCallerIdentity"), tagging.iamAction("GetResources")];

const permissions: Readonly<Record<string, Permissions>> = Object.fromEntries(
  [...resourceTypes].map(([type, { permissions: told }]) => [type, told ?? { read: [], write: [] }]),
);

export function permissionsText(): string {
  const rows = Object.keys(permissions).map((type) => [
    code(type),
    planActions(type).map(code).join(", "),
    applyActions(type).map(code).join(", "),
  ]);
  const besides = Object.entries(permissions).flatMap(([type, { besides = {}, readsBesides = {} }]) =>
    Object.entries({ ...readsBesides, ...besides }).map(([action, why]) => [code(action), code(type), why]),
  );
  const all = Object.keys(permissions);
  return `${[
    MADE_BY,
    "# Permissions",
    "`gatewright permissions` prints the policies of both roles for a spec: only what it needs, and writing only to what it names. The tables below list the actions of every type of resource.",
    "Use two roles. The role for planning runs for every pull request, so give it only the permissions for planning. The role for applying needs both. If AWS denies a call, Gatewright reports an error that names the action; it never treats a denied read as a missing resource.",
    "The role for applying can give a function's role any policy, so what it applies can do more in AWS than the role itself. If a reviewer's approval is not limit enough, let it make only roles with a permissions boundary: put a `Condition` on `iam:PermissionsBoundary` for `iam:CreateRole`, `iam:PutRolePolicy`, `iam:AttachRolePolicy` and `iam:PutRolePermissionsBoundary`, take `iam:DeleteRolePermissionsBoundary` out, and deny changes to the boundary's own policy (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html). Then write the boundary as `PermissionsBoundary` in the spec's roles.",
    `Every stack needs ${everyStack.map(code).join(" and ")}. AWS allows the first without a permission.`,
    `A spec with \`config.parameter\` also needs ${code(ssm.iamAction("GetParameter"))}, one with \`config.secret\` ${code(secretsManager.iamAction("GetSecretValue"))}, on those names and for planning too; values that are encrypted with a key of your own need \`kms:Decrypt\` on that key.`,
    "## By resource type",
    table(["Type", "To plan", "Also to apply"], rows),
    "## Actions that differ from the call",
    table(["Action", "Type", "For"], besides),
    "API Gateway's actions are HTTP verbs on `arn:aws:apigateway:REGION::/apis`, `/apis/*` and `/tags/*`, for VPC links `/vpclinks` and `/vpclinks/*`, for domain names `/domainnames` and `/domainnames/*`; routing rules have an account in it, `arn:aws:apigateway:REGION:ACCOUNT:/domainnames/*`. The first access log, VPC link or domain name of an account also needs `iam:CreateServiceLinkedRole`.",
    "## A policy for planning",
    policyText(unique(all.flatMap(planActions))),
    "## A policy for applying",
    "Narrow `Resource` to the names that your stacks use.",
    policyText(unique(all.flatMap((type) => [...planActions(type), ...applyActions(type)]))),
  ].join("\n\n")}\n`;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function policyText(actions: readonly string[]): string {
  const Action = unique([...actions, "tag:GetResources"]).toSorted();
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
  return `\`\`\`json\n${JSON.stringify(document, undefined, 2)}\n\`\`\``;
}
