/**
 * What `getId` can ask of a resource, by type: `id`, or `live.` and an attribute. Any member of AWS's answer works as
 * `live.<member>`; these are the ones people need, offered by the editor and listed in docs/spec.md. A test finds each
 * of them on a live resource.
 */
export const attributes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "ApiGatewayV2::Api": {
    id: "The API's id, such as `7a38wlw431`.",
    "live.ApiEndpoint": "Its address with scheme: `https://7a38wlw431.execute-api.eu-west-2.amazonaws.com`.",
    "live.Endpoint": "The address without scheme.",
    "live.Arn": "`arn:aws:apigateway:REGION::/apis/ID`, for tags and policies of the control plane.",
    "live.ArnV2": "`arn:aws:execute-api:REGION:ACCOUNT:ID`, for permissions: append `/*`.",
  },
  "ApiGatewayV2::Integration": { id: "The integration's id." },
  "ApiGatewayV2::Route": { id: "The route's id." },
  "ApiGatewayV2::Stage": {
    id: "The stage's name.",
    "live.InvokeUrl": "The address at which callers reach the stage.",
    "live.Arn": "The stage's ARN in the control plane, for tags.",
  },
  "ApiGatewayV2::Deployment": { id: "The deployment's id." },
  "ApiGatewayV2::Authorizer": { id: "The authorizer's id." },
  "Lambda::Function": {
    id: "The function's ARN.",
    "live.Arn": "The function's ARN.",
    "live.FunctionArn": "The function's ARN.",
    "live.FunctionName": "The function's name.",
  },
  "Lambda::Permission": { id: "The function's name." },
  "IAM::Role": { id: "The role's ARN.", "live.Arn": "The role's ARN.", "live.RoleName": "The role's name." },
  "IAM::Policy": { id: "The policy's ARN.", "live.Arn": "The policy's ARN." },
  "CloudWatchLogs::LogGroup": {
    id: "The group's ARN without `:*`.",
    "live.Arn": "The group's ARN without `:*`.",
    "live.arn": "The group's ARN with `:*`, as AWS gives it.",
    "live.logGroupName": "The group's name.",
  },
};
