import { entry, role } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const fn = entry(
  "Lambda",
  "Function",
  { FunctionName: "fn", Handler: "fn.handler", Runtime: "nodejs22.x", Publish: true },
  { role: "caller" },
);
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const INVOKE = "CloudFormation has a type of its own for it, AWS::Lambda::EventInvokeConfig";
const MAP = "the SDK's map of weights by version; CloudFormation has a list";

export const example: TypeExample = {
  type: "Lambda::Alias",
  cloudFormation: [{ type: "AWS::Lambda::Alias" }],
  differences: {
    "EventInvokeConfig: only here": INVOKE,
    "FunctionName: only there": "the dependency `lambdaFunction` gives it",
    "FunctionVersion: required there only": "the function's `Publish` gives it",
    "RoutingConfig.AdditionalVersionWeights[].FunctionVersion: only there": MAP,
    "RoutingConfig.AdditionalVersionWeights[].FunctionWeight: only there": MAP,
  },
  lives: [
    {
      as: "live",
      beside: [role, fn],
      files: { "fn/fn.js": "exports.handler = async () => 1;\n" },
      dependencies: { lambdaFunction: "fn" },
      full: {
        Name: "live",
        FunctionVersion: "1",
        Description: "What callers get",
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
        EventInvokeConfig: {
          MaximumRetryAttempts: 1,
          MaximumEventAgeInSeconds: 60,
          DestinationConfig: {
            OnSuccess: { Destination: queue("done") },
            OnFailure: { Destination: queue("dead") },
          },
        },
      },
      minimal: { Name: "live" },
      needed: ["Name", "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions"],
      unseen: { FunctionVersion: "the function's last version is 1" },
      changed: {
        Name: "other",
        Description: "What others get",
        "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions": 3,
        "EventInvokeConfig.MaximumRetryAttempts": 0,
        "EventInvokeConfig.MaximumEventAgeInSeconds": 120,
        "EventInvokeConfig.DestinationConfig.OnSuccess.Destination": queue("finished"),
        "EventInvokeConfig.DestinationConfig.OnFailure.Destination": queue("buried"),
      },
    },
  ],
  notLived: { RoutingConfig: "needs two versions: Alias.test.ts" },
  notChanged: { FunctionVersion: "needs two versions: Alias.test.ts" },
};
