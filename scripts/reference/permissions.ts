/** `docs/permissions.md`: what planning and applying need, per type, and policies to copy. Pure. */
import { cloudTrail, secretsManager, sts, tagging } from "../../src/aws/services.ts";
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
    "## A boundary for the roles that are made",
    "The role for applying writes the policies of functions' roles. Without a limit, what it applies could do more in AWS than the role itself: a permissions boundary is that limit (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html). Three things make it hold:",
    "1. An administrator makes the boundary, a policy with the most that functions may do, where the role for applying does not reach it: the folder `access` that `gatewright init` writes has `gatewright-boundary` beside the workflows' roles, and so has `examples/several-accounts`.\n2. The spec names it in each of its roles: ``PermissionsBoundary: `arn:${config.partition}:iam::${config.accountId()}:policy/gatewright-boundary` ``.\n3. The role for applying may make roles, give them policies and set a boundary only with that one (`Condition` on `iam:PermissionsBoundary`), and may never take one off (`iam:DeleteRolePermissionsBoundary`). `gatewright init` writes this for the roles of an API, `gatewright permissions` for every role of a spec that names a boundary.",
    "The policies that it prints write only what the spec names, so neither the boundary nor the role for applying itself is among it, as long as the spec does not name them; the role that `gatewright init` writes is denied both besides. A role without `PermissionsBoundary` in the spec is one without a limit: its plan is what a reviewer looks at. Leave the property out of every role to do without a boundary; a role that has had one then keeps it until an administrator takes it off, because the role for applying may not.",
    `Every stack needs ${everyStack.map(code).join(" and ")}. AWS allows the first without a permission.`,
    `A spec with \`config.parameter\` also needs ${code(ssm.iamAction("GetParameter"))}, one with \`config.secret\` ${code(secretsManager.iamAction("GetSecretValue"))}, on those names and for planning too; values that are encrypted with a key of your own need \`kms:Decrypt\` on that key.`,
    `Optional: with ${code(cloudTrail.iamAction("LookupEvents"))} for planning, the bot's issue about drift says who changed what differs. It knows no resource, so whoever has it sees all events of the account's last 90 days; \`gatewright permissions\` prints it as a statement of its own, \`OptionalWhoChangedIt\`, to be left out. Without it nothing fails, and the issue does not name anybody.`,
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
