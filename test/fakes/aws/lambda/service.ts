import * as client from "@aws-sdk/client-lambda";
import { AwsError } from "../core/errors.ts";
import { service } from "../core/service.ts";
import { codeOperations } from "./functions/code.ts";
import { conflict } from "./common.ts";
import { concurrencyOperations } from "./functions/concurrency.ts";
import { configurationOperations } from "./functions/configuration.ts";
import { createOperations } from "./functions/create.ts";
import { eventSourceOperations, mappings } from "./event-source-mappings.ts";
import { layerOperations } from "./layers.ts";
import { permissionOperations } from "./permissions.ts";
import { readOperations } from "./functions/reads.ts";
import { signingOperations } from "./functions/signing.ts";
import { tagOperations } from "./tags.ts";
import { urlOperations } from "./functions/urls.ts";
import { versionOperations } from "./versions.ts";

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
    tagged: (ctx) => [
      ...[...ctx.region.functions.values()].map(({ config, tags }) => ({
        arn: config.FunctionArn ?? "",
        tags,
      })),
      ...[...mappings(ctx.region).values()].map(({ it, tags }) => ({
        arn: it.EventSourceMappingArn ?? "",
        tags,
      })),
    ],
  },
  client,
  [
    ...createOperations,
    ...readOperations,
    ...codeOperations,
    ...configurationOperations,
    ...permissionOperations,
    ...urlOperations,
    ...tagOperations,
    ...signingOperations,
    ...concurrencyOperations,
    ...eventSourceOperations,
    ...layerOperations,
    ...versionOperations,
  ],
);
