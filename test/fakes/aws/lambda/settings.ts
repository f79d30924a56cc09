import type {
  FunctionConfiguration,
  LoggingConfig,
  VpcConfig,
  VpcConfigResponse,
} from "@aws-sdk/client-lambda";
import type { LoggingInput } from "./checks.ts";

/** Layers as the configuration shows them. */
export const showLayers = (layers: string[]): FunctionConfiguration["Layers"] =>
  layers.map((Arn) => ({ Arn, CodeSize: 1024 }));

/** The VPC settings as shown. After they are cleared AWS keeps answering an empty block. */
export function showVpc(vpc: VpcConfig): VpcConfigResponse {
  const subnets = vpc.SubnetIds ?? [];
  return {
    SubnetIds: subnets,
    SecurityGroupIds: vpc.SecurityGroupIds ?? [],
    VpcId: subnets.length === 0 ? "" : "vpc-0123456789abcdef0",
    Ipv6AllowedForDualStack: vpc.Ipv6AllowedForDualStack ?? false,
  };
}

/** Logging: what is not sent stays; levels exist for JSON only, where both default to INFO. */
export function mergeLogging(
  name: string,
  before: LoggingConfig | undefined,
  input: LoggingInput,
): LoggingConfig {
  const format = input.LogFormat ?? before?.LogFormat ?? "Text";
  const group = input.LogGroup ?? before?.LogGroup ?? `/aws/lambda/${name}`;
  if (format !== "JSON") return { LogFormat: "Text", LogGroup: group };
  const merged: Record<string, string> = {
    LogFormat: "JSON",
    LogGroup: group,
    ApplicationLogLevel: input.ApplicationLogLevel ?? before?.ApplicationLogLevel ?? "INFO",
    SystemLogLevel: input.SystemLogLevel ?? before?.SystemLogLevel ?? "INFO",
  };
  return merged;
}
