/** Every resource type there is, one line each in order of the paths; registry.ts makes the map of them. */
export { api } from "./ApiGatewayV2/api/api.ts";
export { authorizer } from "./ApiGatewayV2/authorizer/authorizer.ts";
export { deployment } from "./ApiGatewayV2/deployment/deployment.ts";
export { integration } from "./ApiGatewayV2/integration/integration.ts";
export { model } from "./ApiGatewayV2/Model.ts";
export { route } from "./ApiGatewayV2/route/route.ts";
export { stage } from "./ApiGatewayV2/stage/stage.ts";
export { vpcLink } from "./ApiGatewayV2/VpcLink.ts";
export { logGroup } from "./CloudWatchLogs/LogGroup.ts";
export { policy } from "./IAM/Policy.ts";
export { role } from "./IAM/Role.ts";
export { lambdaFunction } from "./Lambda/function/function.ts";
export { permission } from "./Lambda/permission/permission.ts";
export { queue } from "./SQS/Queue.ts";
export { stateMachine } from "./StepFunctions/StateMachine.ts";
