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

/**
 * Logging is replaced as a whole: what is not sent has its default. Durable functions and those on managed instances log
 * JSON by default. Levels exist for JSON only, where both default to INFO.
 */
export function showLogging(
  { FunctionName, DurableConfig, CapacityProviderConfig }: Logging,
  input: LoggingInput,
): LoggingConfig {
  const byNature = DurableConfig !== undefined || CapacityProviderConfig !== undefined ? "JSON" : "Text";
  const LogGroup = input.LogGroup ?? `/aws/lambda/${FunctionName}`;
  if ((input.LogFormat ?? byNature) !== "JSON") return { LogFormat: "Text", LogGroup };
  const levels: Record<string, string> = {
    LogFormat: "JSON",
    LogGroup,
    ApplicationLogLevel: input.ApplicationLogLevel ?? "INFO",
    SystemLogLevel: input.SystemLogLevel ?? "INFO",
  };
  return levels;
}

type Logging = Pick<FunctionConfiguration, "FunctionName" | "DurableConfig" | "CapacityProviderConfig">;
