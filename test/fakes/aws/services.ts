import { apiGatewayV2 } from "./apigatewayv2/service.ts";
import type { Service } from "./core/service.ts";
import { iam } from "./iam/service.ts";
import { lambda } from "./lambda/service.ts";
import { logs } from "./logs/service.ts";
import { sts } from "./sts/service.ts";
import { tagging } from "./tagging/service.ts";

/** Every service the fake has: a new one is a folder and a line here. */
export const SERVICES: readonly Service[] = [apiGatewayV2, lambda, iam, logs, sts, tagging];
