/** What `npm run record` makes, reads, changes and deletes: one resource each, and the recorded row that its answer is held to. */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { IAM } from "@aws-sdk/client-iam";
import type { CreateFunctionRequest, Lambda } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";

export interface RecordClients {
  readonly api: ApiGatewayV2;
  readonly lambda: Lambda;
  readonly iam: IAM;
  readonly logs: CloudWatchLogs;
}

export interface Life {
  /** The id of the row in states.json that tells what AWS answered to `make`. */
  readonly row: string;
  readonly what: string;
  make(): Promise<unknown>;
  read(): Promise<object | undefined>;
  change(): Promise<unknown>;
  /** What a reading shows after the change. */
  readonly changed: Readonly<Record<string, unknown>>;
  /** Called always, also when `make` failed. */
  remove(): Promise<unknown>;
}

const TAGS = { "gatewright-record": "true" };
const TAG_LIST = [{ Key: "gatewright-record", Value: "true" }];
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** @param pause waits a moment: new roles take up to minutes until Lambda can assume them */
export function livesOf(
  { api, lambda, iam, logs }: RecordClients,
  name: string,
  pause: () => Promise<unknown>,
): readonly Life[] {
  const anApi = (row: string, Name: string, more: Parameters<ApiGatewayV2["createApi"]>[0]): Life => {
    let ApiId: string | undefined;
    return {
      row,
      what: `${more.ProtocolType} API`,
      make: async () => ({ ApiId } = await api.createApi({ ...more, Name, Tags: TAGS })),
      read: () => api.getApi({ ApiId }),
      change: () => api.updateApi({ ApiId, Description: "changed", Version: "2" }),
      changed: { Description: "changed", Version: "2", ProtocolType: more.ProtocolType },
      remove: async () => ApiId === undefined || api.deleteApi({ ApiId }),
    };
  };
  const untilActive = async (): Promise<object | undefined> => {
    for (let round = 0; round < 60; round += 1) {
      const { Configuration } = await lambda.getFunction({ FunctionName: name });
      if (Configuration?.State === "Active" && Configuration.LastUpdateStatus !== "InProgress")
        return Configuration;
      await pause();
    }
    throw new Error(`${name} does not become Active`);
  };
  let Role: string | undefined;
  return [
    anApi("api-http-minimal", name, { Name: name, ProtocolType: "HTTP" }),
    anApi("api-websocket", `${name}-ws`, {
      Name: name,
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    }),
    {
      row: "log-group-raw",
      what: "log group",
      make: () => logs.createLogGroup({ logGroupName: name, tags: TAGS }),
      read: async () => (await logs.describeLogGroups({ logGroupNamePrefix: name })).logGroups?.[0],
      change: () => logs.putRetentionPolicy({ logGroupName: name, retentionInDays: 7 }),
      changed: { retentionInDays: 7, logGroupClass: "STANDARD" },
      remove: () => logs.deleteLogGroup({ logGroupName: name }),
    },
    {
      row: "role-raw-path",
      what: "role",
      make: async () => {
        const input = { RoleName: name, Path: "/p/", AssumeRolePolicyDocument: TRUST, Tags: TAG_LIST };
        Role = (await iam.createRole(input)).Role?.Arn;
      },
      read: async () => {
        const found = (await iam.getRole({ RoleName: name })).Role;
        const document = JSON.parse(decodeURIComponent(found?.AssumeRolePolicyDocument ?? "null"));
        return { ...found, AssumeRolePolicyDocument: document };
      },
      change: () => iam.updateRole({ RoleName: name, Description: "changed" }),
      changed: { Description: "changed", MaxSessionDuration: 3600, Path: "/p/" },
      remove: () => iam.deleteRole({ RoleName: name }),
    },
    {
      row: "function-minimal",
      what: "function",
      make: async () => {
        const ZipFile = zipSync({ "index.js": new TextEncoder().encode("exports.handler = async () => 1;") });
        const input: CreateFunctionRequest = {
          FunctionName: name,
          Role,
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Code: { ZipFile },
          Tags: TAGS,
        };
        for (let round = 0; ; round += 1) {
          try {
            return await lambda.createFunction(input);
          } catch (error) {
            if (!/cannot be assumed/.test(String(error)) || round >= 60) throw error;
            await pause();
          }
        }
      },
      read: untilActive,
      change: () =>
        lambda.updateFunctionConfiguration({ FunctionName: name, LoggingConfig: { LogFormat: "JSON" } }),
      changed: {
        LoggingConfig: {
          LogFormat: "JSON",
          LogGroup: "/aws/lambda/x",
          ApplicationLogLevel: "INFO",
          SystemLogLevel: "INFO",
        },
      },
      remove: () => lambda.deleteFunction({ FunctionName: name }),
    },
  ];
}
