import * as client from "@aws-sdk/client-lambda";
import { AwsError } from "../core/errors.ts";
import { operation, service } from "../core/service.ts";
import * as code from "./code.ts";
import { conflict } from "./common.ts";
import * as concurrency from "./concurrency.ts";
import * as configuration from "./configuration.ts";
import * as create from "./create.ts";
import * as permissions from "./permissions.ts";
import * as reads from "./reads.ts";
import * as signing from "./signing.ts";
import { tagOperations } from "./tags.ts";
import * as urls from "./urls.ts";

/** Lambda: functions, their resource policy, URL, tags, concurrency and code signing. */
export const lambda = service(
  {
    id: "lambda",
    protocol: "rest-json",
    key: "2015-03-31",
    missing: (member) =>
      new AwsError(
        "ValidationException",
        `1 validation error detected: Value null at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
      ),
    throttled: () =>
      new AwsError("TooManyRequestsException", "Rate exceeded", 429, {
        Type: "User",
        Reason: "CallerRateLimitExceeded",
      }),
    busy: () =>
      conflict("The operation cannot be performed at this time. An update is in progress for resource"),
    tagged: (ctx) =>
      [...ctx.region.functions.values()].map(({ config, tags }) => ({ arn: config.FunctionArn ?? "", tags })),
  },
  client,
  [
    operation(client.CreateFunction$, create.createFunction),
    operation(client.GetFunction$, reads.getFunction),
    operation(client.GetFunctionConfiguration$, reads.getFunctionConfiguration),
    operation(client.ListFunctions$, reads.listFunctions),
    operation(client.DeleteFunction$, reads.deleteFunction),
    operation(client.UpdateFunctionCode$, code.updateFunctionCode),
    operation(client.UpdateFunctionConfiguration$, configuration.updateFunctionConfiguration),
    operation(client.GetPolicy$, permissions.getPolicy),
    operation(client.AddPermission$, permissions.addPermission),
    operation(client.RemovePermission$, permissions.removePermission),
    operation(client.CreateFunctionUrlConfig$, urls.createFunctionUrlConfig),
    operation(client.GetFunctionUrlConfig$, urls.getFunctionUrlConfig),
    operation(client.UpdateFunctionUrlConfig$, urls.updateFunctionUrlConfig),
    operation(client.DeleteFunctionUrlConfig$, urls.deleteFunctionUrlConfig),
    ...tagOperations,
    operation(client.GetFunctionCodeSigningConfig$, signing.getFunctionCodeSigningConfig),
    operation(client.PutFunctionCodeSigningConfig$, signing.putFunctionCodeSigningConfig),
    operation(client.DeleteFunctionCodeSigningConfig$, signing.deleteFunctionCodeSigningConfig),
    operation(client.PutFunctionConcurrency$, concurrency.putFunctionConcurrency),
    operation(client.GetFunctionConcurrency$, concurrency.getFunctionConcurrency),
    operation(client.DeleteFunctionConcurrency$, concurrency.deleteFunctionConcurrency),
  ],
);
