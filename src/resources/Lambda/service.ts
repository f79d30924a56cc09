/** The service of this folder's types. */
import type { Lambda } from "@aws-sdk/client-lambda";
import { actionsWith, type Service } from "../../aws/service.ts";
import { errors } from "./errors.ts";

export const lambda: Service<Lambda> = {
  name: "Lambda",
  region: "regional",
  iamAction: actionsWith("lambda"),
  lookBeforeRepeating: [
    "CreateFunction",
    "CreateFunctionUrlConfig",
    "CreateEventSourceMapping",
    "AddPermission",
    "PublishLayerVersion",
    "CreateAlias",
  ],
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  rates: {
    all: { perSecond: 15, burst: 15 },
    apart: { GetFunction: { perSecond: 100, burst: 100 }, GetPolicy: { perSecond: 15, burst: 15 } },
  },
  errors,
  load: async (config) => new (await import("@aws-sdk/client-lambda")).Lambda(config),
};
