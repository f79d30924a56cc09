/** The one handle through which resource types reach AWS: lazily loaded SDK clients that share a request budget. */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { IAM } from "@aws-sdk/client-iam";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import type { STS } from "@aws-sdk/client-sts";
import type { Clock } from "../model/clock.ts";

/**
 * Clients are the SDK's aggregated ones, loaded on first use so that a bundle's first line does not wait for them.
 * Types of the SDK are imported as types only. Errors arrive as the SDK's, translated at the edge by aws/errors.ts:
 * tell them apart by `error.name` (`NotFoundException`), never by instanceof.
 * A create whose outcome is unknown (connection cut, 5xx) is not retried by the client: it throws an error named
 * `WriteOutcomeUnknown`, and the engine looks before it tries again.
 */
export interface Aws {
  readonly region: string;
  readonly clock: Clock;
  apiGateway(): Promise<ApiGatewayV2>;
  lambda(): Promise<Lambda>;
  iam(): Promise<IAM>;
  logs(): Promise<CloudWatchLogs>;
  tagging(): Promise<ResourceGroupsTaggingAPI>;
  sts(): Promise<STS>;
}
