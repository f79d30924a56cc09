import * as client from "@aws-sdk/client-sts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { COMMON } from "../core/throttle.ts";

/** STS: who am I. */
export const sts = service(
  {
    id: "sts",
    protocol: "query",
    key: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    missing: (member) =>
      new AwsError("ValidationError", `1 validation error detected: Value null at '${member}'`),
    ...COMMON,
    throttled: () => new AwsError("Throttling", "Rate exceeded"),
  },
  client,
  [
    sdk<client.STS>(client)("getCallerIdentity", (ctx) => ({
      Account: ctx.accountId,
      UserId: "AROAEXAMPLEID:session",
      Arn: ctx.callerArn ?? `arn:${ctx.partition}:sts::${ctx.accountId}:assumed-role/deployer/session`,
    })),
  ],
);
