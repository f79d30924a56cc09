/** What one resource of a type adds to a plan without changes, for the reference; test/contract/plan-calls.test.ts measures it. */
export interface PlanCalls {
  /** For each resource. */
  readonly each: number;
  /** Once for each resource that has such: a function's aliases, a zone's records. */
  readonly holder: number;
  /** Once for each plan, however many there are. */
  readonly all: number;
}

export const PLAN_CALLS: Readonly<Record<string, PlanCalls>> = {
  "ACM::Certificate": { each: 2, holder: 0, all: 1 },
  "ApiGatewayV2::Api": { each: 4, holder: 0, all: 0 },
  "ApiGatewayV2::ApiMapping": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::Authorizer": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::Deployment": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::DomainName": { each: 3, holder: 0, all: 0 },
  "ApiGatewayV2::Integration": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::IntegrationResponse": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::Model": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::Route": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::RouteResponse": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::RoutingRule": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::Stage": { each: 0, holder: 0, all: 0 },
  "ApiGatewayV2::VpcLink": { each: 0, holder: 0, all: 1 },
  "CloudFront::Distribution": { each: 2, holder: 0, all: 1 },
  "CloudWatch::Dashboard": { each: 2, holder: 0, all: 0 },
  "CloudWatch::MetricAlarm": { each: 1, holder: 0, all: 1 },
  "CloudWatchEvents::EventBus": { each: 2, holder: 0, all: 0 },
  "CloudWatchEvents::Rule": { each: 3, holder: 0, all: 0 },
  "CloudWatchEvents::Target": { each: 0, holder: 0, all: 0 },
  "CloudWatchLogs::LogGroup": { each: 2, holder: 0, all: 0 },
  "CognitoIdentityServiceProvider::UserPool": { each: 3, holder: 0, all: 1 },
  "CognitoIdentityServiceProvider::UserPoolClient": { each: 1, holder: 0, all: 0 },
  "CognitoIdentityServiceProvider::UserPoolDomain": { each: 1, holder: 0, all: 0 },
  "DynamoDB::Table": { each: 4, holder: 0, all: 0 },
  "IAM::InstanceProfile": { each: 1, holder: 0, all: 0 },
  "IAM::OpenIDConnectProvider": { each: 1, holder: 0, all: 0 },
  "IAM::Policy": { each: 2, holder: 0, all: 0 },
  "IAM::Role": { each: 5, holder: 0, all: 0 },
  "KMS::Key": { each: 6, holder: 0, all: 0 },
  "Lambda::Alias": { each: 0, holder: 3, all: 0 },
  "Lambda::EventSourceMapping": { each: 2, holder: 1, all: 0 },
  "Lambda::Function": { each: 8, holder: 0, all: 0 },
  "Lambda::Layer": { each: 2, holder: 0, all: 0 },
  "Lambda::Permission": { each: 0, holder: 0, all: 0 },
  "Route53::HostedZone": { each: 3, holder: 0, all: 0 },
  "Route53::Record": { each: 0, holder: 1, all: 0 },
  "Route53Domains::Domain": { each: 1, holder: 0, all: 0 },
  "SNS::Topic": { each: 2, holder: 0, all: 0 },
  "SQS::Queue": { each: 3, holder: 0, all: 0 },
  "SSM::Parameter": { each: 2, holder: 0, all: 1 },
  "StepFunctions::StateMachine": { each: 2, holder: 0, all: 0 },
};
