import * as client from "@aws-sdk/client-apigatewayv2";
import { AwsError } from "../core/errors.ts";
import { service } from "../core/service.ts";
import { badRequest, conflict } from "./common.ts";
import * as kinds from "./kinds.ts";
import { tagged, tags } from "./tags.ts";

/** API Gateway V2: HTTP and WEBSOCKET APIs. */
export const apiGatewayV2 = service(
  {
    id: "apigatewayv2",
    protocol: "rest-json",
    key: "2018-11-29",
    iamPrefix: "apigateway",
    missing: (member) => badRequest(`Invalid request input: ${member} is required`),
    throttled: () => new AwsError("TooManyRequestsException", "Too Many Requests", 429),
    busy: () =>
      conflict("Unable to complete operation due to concurrent modification. Please try again later."),
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table
    rates: {
      all: { rate: 10, burst: 40 },
      CreateDeployment: { rate: 1 / 5, burst: 1 },
      CreateDomainName: { rate: 1 / 30, burst: 1 },
      UpdateDomainName: { rate: 1 / 30, burst: 1 },
      DeleteDomainName: { rate: 1 / 30, burst: 1 },
      CreateVpcLink: { rate: 1 / 15, burst: 1 },
      DeleteVpcLink: { rate: 1 / 30, burst: 1 },
    },
    tagged,
  },
  client,
  [...Object.values(kinds).flat(), ...tags],
);
