import type { Ctx } from "../core/context.ts";

/** ARN of an API, as tags and IAM name it. */
export const apiArn = (ctx: Ctx, apiId: string): string =>
  `arn:${ctx.partition}:apigateway:${ctx.regionName}::/apis/${apiId}`;

/** ARN of a stage. */
export const stageArn = (ctx: Ctx, apiId: string, stage: string): string =>
  `${apiArn(ctx, apiId)}/stages/${stage}`;
