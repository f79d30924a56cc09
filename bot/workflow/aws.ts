/**
 * AWS for one run of a job: the job's own credentials, or the role of the stage for the job's OIDC token. Which roles that may be
 * says the workflow file, which a pull request cannot change for these events.
 */
import { connectAws, type ConnectedAws } from "../../src/aws/connect.ts";
import { sts as stsService } from "../../src/aws/services.ts";
import { fail } from "../../src/model/errors.ts";
import type { StackRef } from "../../src/model/run.ts";
import type { RoleRule } from "../config/role-rules.ts";
import type { Purpose, SessionFacts, StageAccess } from "../services/services.ts";
import { chooseRole, regionOf, sessionCredentials, sessionName } from "../stacks/role.ts";

/** What GitHub's OIDC provider is to be asked for: the audience that the roles' trust policies name. */
const AUDIENCE = "sts.amazonaws.com";

export interface JobAccess {
  /** For stages that set none. */
  readonly region: string | undefined;
  readonly rules: readonly RoleRule[];
  /** The job's OIDC token for an audience; undefined without `permissions: id-token: write`. */
  readonly idToken: ((audience: string) => Promise<string>) | undefined;
}

/** @throws NO_REGION, ROLE_NOT_ALLOWED, OIDC_UNAVAILABLE */
export function connectJob(
  { region: fallback, rules, idToken }: JobAccess,
  stack: StackRef,
  stage: StageAccess,
  purpose: Purpose,
  session: SessionFacts,
): ConnectedAws {
  const options = { region: regionOf(stack, stage, fallback, "job"), signal: session.signal };
  const role = chooseRole(rules, stack, stage, purpose);
  if (role === undefined) return connectAws(options);
  if (idToken === undefined)
    return fail("OIDC_UNAVAILABLE", `stage ${stack.stage} needs ${role}, but the job has no OIDC token`, {
      hint: "Give the job `permissions: id-token: write`.",
    });
  const anybody = connectAws(options);
  return connectAws({
    ...options,
    credentials: async () => {
      const sts = await anybody.client(stsService);
      const { Credentials } = await sts.assumeRoleWithWebIdentity({
        RoleArn: role,
        RoleSessionName: sessionName(stack, session),
        // A new one each time: it is valid for minutes, an apply may take longer.
        WebIdentityToken: await idToken(AUDIENCE),
        DurationSeconds: 3600,
      });
      return sessionCredentials(Credentials);
    },
  });
}
