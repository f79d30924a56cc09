import { fnFiles, httpApi, role, fn } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const files = {
  ...fnFiles,
  "worker/index.js": "exports.handler = async () => 1;\n",
  "helper/index.js": "exports.handler = async () => 1;\n",
};
const ONE_BY_ONE =
  "RemovePermission and AddPermission of one statement: the resource is the function's whole policy and stays";

export const example: TypeExample = {
  type: "Lambda::Permission",
  cloudFormation: [{ type: "AWS::Lambda::Permission", below: "Permissions[]." }],
  differences: {
    "FunctionPermissions: only here": "GruCloud's newer name of Permissions",
    "Permissions: only here": "one resource holds all statements of a function",
    "Permissions[].Action: replaces there only": ONE_BY_ONE,
    "Permissions[].EventSourceToken: replaces there only": ONE_BY_ONE,
    "Permissions[].FunctionName: replaces there only": ONE_BY_ONE,
    "Permissions[].FunctionName: required there only": "the dependency `lambdaFunction` gives it",
    "Permissions[].FunctionUrlAuthType: replaces there only": ONE_BY_ONE,
    "Permissions[].InvokedViaFunctionUrl: replaces there only": ONE_BY_ONE,
    "Permissions[].Principal: replaces there only": ONE_BY_ONE,
    "Permissions[].PrincipalOrgID: replaces there only": ONE_BY_ONE,
    "Permissions[].SourceAccount: replaces there only": ONE_BY_ONE,
    "Permissions[].SourceArn: replaces there only": ONE_BY_ONE,
  },
  lives: [
    {
      as: "statements",
      beside: [role, fn, httpApi],
      files,
      dependencies: { lambdaFunction: "fn", apiGatewayV2Apis: ["shop"] },
      full: {
        Permissions: [
          {
            StatementId: "api",
            Action: "lambda:InvokeFunction",
            Principal: "apigateway.amazonaws.com",
            SourceArn: "arn:aws:execute-api:us-east-1:123456789012:*/*",
            SourceAccount: "123456789012",
          },
          {
            StatementId: "home",
            Action: "lambda:InvokeFunction",
            Principal: "alexa-connectedhome.amazon.com",
            EventSourceToken: "amzn1.ask.skill.1",
          },
          {
            StatementId: "all",
            Action: "lambda:InvokeFunctionUrl",
            Principal: "*",
            PrincipalOrgID: "o-a1b2c3d4e5",
            FunctionUrlAuthType: "AWS_IAM",
          },
        ],
      },
      minimal: {
        Permissions: [
          { StatementId: "api", Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com" },
        ],
      },
      changed: {
        Permissions: [
          {
            StatementId: "api",
            Action: "lambda:InvokeFunction",
            Principal: "apigateway.amazonaws.com",
            SourceArn: "arn:aws:execute-api:us-east-1:123456789012:*/live/*",
          },
          { StatementId: "account", Action: "lambda:GetFunction", Principal: "210987654321" },
        ],
      },
    },
  ],
  notLived: {
    FunctionPermissions: "filled in by the loader",
  },
};
