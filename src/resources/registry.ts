/** Every resource type: one line each. */
import { api } from "./ApiGatewayV2/Api.ts";
import { integration } from "./ApiGatewayV2/Integration.ts";
import { logGroup } from "./CloudWatchLogs/LogGroup.ts";
import { policy } from "./IAM/Policy.ts";
import { role } from "./IAM/Role.ts";
import { lambdaFunction } from "./Lambda/Function.ts";
import { permission } from "./Lambda/Permission.ts";
import type { ResourceType } from "./type.ts";

const all: readonly ResourceType[] = [api, integration, lambdaFunction, permission, role, policy, logGroup];

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(all.map((type) => [type.type, type]));
