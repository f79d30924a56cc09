import { entry, trust } from "../beside.ts";
import { NAME, type TypeExample } from "../example.ts";

const LOGS = "arn:aws:logs:us-east-1:123456789012:log-group:/machine";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const runs = (name: string) =>
  entry("IAM", "Role", { RoleName: name, AssumeRolePolicyDocument: trust("states.amazonaws.com") });
const definition = (Comment: string) => ({
  Comment,
  StartAt: "Pass",
  States: { Pass: { Type: "Pass", End: true } },
});

export const example: TypeExample = {
  type: "StepFunctions::StateMachine",
  cloudFormation: [
    {
      type: "AWS::StepFunctions::StateMachine",
      camelCase: true,
      renamed: { StateMachineName: "name", StateMachineType: "type", Tags: "Tags" },
    },
  ],
  differences: {
    "definition: required here only": "CloudFormation takes it as an object, as text, or from S3",
    "definitionS3Location: only there": "a file of the spec can be required instead",
    "definitionString: only there": "definition may be text",
    "definitionSubstitutions: only there": "getId does it",
    "encryptionConfiguration.type: required there only": "without one it is AWS's key, as the SDK says",
    "loggingConfiguration.destinations[].cloudWatchLogsLogGroup.logGroupArn: required here only":
      "a destination without it is refused by AWS",
    "loggingConfiguration.destinations[].cloudWatchLogsLogGroup: required here only":
      "a destination without it is refused by AWS",
    "name: required here only": NAME,
    "roleArn: required there only": "the dependency `role` gives it",
  },
  repeatable: {
    CreateStateMachine:
      "the same name, definition, type and logging give the machine that is there: API_CreateStateMachine",
  },
  lives: [
    {
      as: "logging",
      beside: [runs("runner"), runs("other")],
      full: {
        name: "machine",
        definition: definition("one"),
        roleArn: "arn:aws:iam::123456789012:role/runner",
        type: "EXPRESS",
        loggingConfiguration: {
          level: "ERROR",
          includeExecutionData: true,
          destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: LOGS } }],
        },
        tracingConfiguration: { enabled: true },
        encryptionConfiguration: {
          type: "CUSTOMER_MANAGED_KMS_KEY",
          kmsKeyId: KEY,
          kmsDataKeyReusePeriodSeconds: 60,
        },
        Tags: { team: "a" },
      },
      minimal: {
        name: "machine",
        definition: definition("one"),
        roleArn: "arn:aws:iam::123456789012:role/runner",
      },
      needed: [
        "name",
        "definition",
        "roleArn",
        "loggingConfiguration.destinations",
        "encryptionConfiguration.type",
      ],
      changed: {
        name: "engine",
        definition: JSON.stringify(definition("two")),
        roleArn: "arn:aws:iam::123456789012:role/other",
        type: "STANDARD",
        "loggingConfiguration.level": "ALL",
        "loggingConfiguration.includeExecutionData": false,
        "loggingConfiguration.destinations": [{ cloudWatchLogsLogGroup: { logGroupArn: `${LOGS}2:*` } }],
        "tracingConfiguration.enabled": false,
        "encryptionConfiguration.type": "AWS_OWNED_KEY",
        "encryptionConfiguration.kmsKeyId": `${KEY}2`,
        "encryptionConfiguration.kmsDataKeyReusePeriodSeconds": 120,
        Tags: { team: "b" },
      },
    },
  ],
};
