/** What resources are called in the spec, by type: what `dependencies` and `getId` name. */
export const names: Readonly<Record<string, string>> = {
  "ApiGatewayV2::Api": "`Name`",
  "ApiGatewayV2::Integration":
    "`integration::API::TARGET`, where the target is the name of the dependency it calls (`lambdaFunction`, `eventBus`, `sqsQueue`, `stepFunctionsStateMachine`, `listener`), else its URI; or a `name` of its own, which tells integrations to one target apart",
  "ApiGatewayV2::Route": "`route::API::ROUTEKEY`, such as `route::my-api::GET /users`",
  "ApiGatewayV2::Stage": "`API::STAGENAME`; near its Api the `StageName` alone",
  "ApiGatewayV2::Deployment":
    "`deployment::API`; with several stages that do not deploy by themselves, `deployment::API::STAGENAME`",
  "ApiGatewayV2::Authorizer": "`API::NAME`; near its Api the `Name` alone",
  "ApiGatewayV2::Model": "`API::NAME`; near its Api the `Name` alone",
  "ApiGatewayV2::VpcLink": "`Name`",
  "Lambda::Function": "`FunctionName`",
  "Lambda::Permission": "the function's name: one permission holds all statements of a function",
  "IAM::Role": "`RoleName`",
  "IAM::Policy": "`PolicyName`",
  "CloudWatchLogs::LogGroup": "`logGroupName`",
};
