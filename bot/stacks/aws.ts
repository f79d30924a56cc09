/** The bot's access to AWS for one run: the default credential chain, then the role of the repository and stage. */
import { connectAws, type ConnectedAws } from "../../src/aws/connect.ts";
import type { BotConfig } from "../config/config.ts";
import type { Purpose, SessionFacts, StageAccess } from "../services/services.ts";
import type { StackRef } from "../../src/model/run.ts";
import { chooseRole, regionOf, sessionCredentials, sessionName } from "./role.ts";
import { sts as stsService } from "../../src/aws/services.ts";
import { fullName } from "../../src/model/repository.ts";

/** Of a plan. At the ten requests per second that API Gateway allows an account, a quarter of an hour. */
const MOST_CALLS = 10_000;

/** AWS for one run. */
export function connectFor(
  config: BotConfig,
  stack: StackRef,
  stage: StageAccess,
  purpose: Purpose,
  session: SessionFacts,
): ConnectedAws {
  const options = {
    region: regionOf(stack, stage, config.region, "bot"),
    endpoint: config.awsEndpoint,
    signal: session.signal,
    // An apply may need as many as its reviewed plan has steps.
    ...(purpose === "plan" ? { mostCalls: MOST_CALLS } : {}),
  };
  const role = chooseRole(config.roleRules, stack, stage, purpose);
  if (role === undefined) return connectAws(options);
  const own = connectAws(options);
  return connectAws({
    ...options,
    credentials: async () => {
      const { repository } = stack;
      const tags = [
        { Key: "repository", Value: fullName(repository) },
        { Key: "run", Value: session.runId },
        ...(session.pull === undefined ? [] : [{ Key: "pull-request", Value: String(session.pull) }]),
      ];
      const sts = await own.client(stsService);
      const { Credentials } = await sts.assumeRole({
        RoleArn: role,
        RoleSessionName: sessionName(stack, session),
        ExternalId: String(repository.id),
        Tags: tags,
        DurationSeconds: 3600,
      });
      return sessionCredentials(Credentials);
    },
  });
}
