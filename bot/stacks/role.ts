/**
 * Chooses the IAM role the bot assumes for a repository and stage, among those the bot's owner allows. A repository's settings
 * may name one of the allowed roles; they cannot add one. Pure.
 */
import type { Credentials } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import { fail } from "../../src/model/errors.ts";
import type { StackRef } from "../../src/model/run.ts";
import { PREVIEW_STAGES, previewPull } from "../../src/model/stage.ts";
import type { RoleRule } from "../config/role-rules.ts";
import type { Purpose, SessionFacts, StageAccess } from "../services/services.ts";
import { fullName } from "../../src/model/repository.ts";

/** The role to assume, or undefined for the default credential chain. Throws `ROLE_NOT_ALLOWED`. */
export function chooseRole(
  rules: readonly RoleRule[],
  stack: StackRef,
  stage: StageAccess,
  purpose: Purpose,
): string | undefined {
  const name = fullName(stack.repository);
  const isPreview = previewPull(stack.stage) !== undefined;
  // A preview runs what nobody has reviewed: a rule for every stage is not one for previews.
  const every = isPreview ? PREVIEW_STAGES : "*";
  const matching = rules.filter(
    (rule) =>
      (rule.repository === name || rule.repository === `${stack.repository.owner}/*`) &&
      (rule.stage === every || rule.stage === stack.stage),
  );
  const roles = matching.flatMap((rule) => rule.roles);
  const planRoles = matching.flatMap((rule) => rule.planRoles);
  if (rules.length > 0 && matching.length === 0) {
    fail(
      "ROLE_NOT_ALLOWED",
      `the bot's configuration does not allow ${name} any role in stage ${stack.stage}`,
      {
        hint: isPreview
          ? `Ask the bot's owner to add the repository to GATEWRIGHT_ROLES with the stage \`${PREVIEW_STAGES}\`, which \`*\` does not stand for: docs/previews.md.`
          : "Ask the bot's owner to add the repository and stage to GATEWRIGHT_ROLES; inside a workflow, add the stage to its input `roles`.",
      },
    );
  }
  const allowed = (wanted: string, among: readonly string[], what: string): string => {
    if (among.includes(wanted)) return wanted;
    return fail(
      "ROLE_NOT_ALLOWED",
      `stage ${stack.stage} names the ${what} ${wanted}, which the bot's configuration does not allow`,
      {
        hint: "Correct .github/gatewright.yml on the default branch, or ask the bot's owner to allow the role; inside a workflow, its input `roles` allows it.",
      },
    );
  };
  const role = stage.role === undefined ? roles[0] : allowed(stage.role, roles, "role");
  if (purpose === "apply") return role;
  const planRole =
    stage.planRole === undefined ? planRoles[0] : allowed(stage.planRole, planRoles, "planRole");
  return planRole ?? role;
}

/** The region of the stage, or what the process has for stages without one. @param whose who has AWS_REGION */
export function regionOf(
  { stage: name }: StackRef,
  { region }: StageAccess,
  fallback: string | undefined,
  whose: "bot" | "job",
): string {
  return (
    region ||
    fallback ||
    fail("NO_REGION", `stage ${name} has no region`, {
      hint: `Set region for the stage in .github/gatewright.yml, or AWS_REGION for the ${whose}.`,
    })
  );
}

/** IAM accepts 2 to 64 of these characters (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). */
export function sessionName(stack: StackRef, { runId, pull }: SessionFacts): string {
  const { owner, name } = stack.repository;
  const what = pull === undefined ? runId.slice(0, 8) : `pr${pull}-${runId.slice(0, 8)}`;
  return `gatewright-${what}-${owner}-${name}`.replace(/[^\w+=,.@-]/g, "-").slice(0, 64);
}

/** STS's answer as the SDK takes it. */
export function sessionCredentials(answered: Credentials | undefined): AwsCredentialIdentity {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = answered ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  };
}
