import * as client from "@aws-sdk/client-sts";
import { AwsError } from "../core/errors.ts";
import { operation, service } from "../core/service.ts";

/** STS: who am I. */
export const sts = service(
  {
    id: "sts",
    protocol: "query",
    key: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    missing: (member) =>
      new AwsError("ValidationError", `1 validation error detected: Value null at '${member}'`),
  },
  client,
  [
    operation<client.GetCallerIdentityRequest, client.GetCallerIdentityResponse>(
      client.GetCallerIdentity$,
      (ctx) => ({
        Account: ctx.accountId,
        UserId: "AROAEXAMPLEID:session",
        Arn: ctx.callerArn ?? `arn:${ctx.partition}:sts::${ctx.accountId}:assumed-role/deployer/session`,
      }),
    ),
  ],
);
