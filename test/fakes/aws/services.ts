/** Every service the fake has, one line each in order of the folders; all-services.ts makes the list of them. */
export { apiGatewayV2 } from "./apigatewayv2/service.ts";
export { iam } from "./iam/service.ts";
export { lambda } from "./lambda/service.ts";
export { logs } from "./logs/service.ts";
export { sts } from "./sts/service.ts";
export { tagging } from "./tagging/service.ts";
export { sqs } from "./sqs/service.ts";
export { states } from "./states/service.ts";
export { events } from "./events/service.ts";
export { dynamodb } from "./dynamodb/service.ts";
export { cognito } from "./cognito/service.ts";
export { sns } from "./sns/service.ts";
export { ssm } from "./ssm/service.ts";
export { kms } from "./kms/service.ts";
export { route53 } from "./route53/service.ts";
export { acm } from "./acm/service.ts";
export { secretsManager } from "./secretsmanager/service.ts";
