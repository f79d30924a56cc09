/** From a function's state to the SDK's inputs. */
import type { FunctionCode, UpdateFunctionConfigurationRequest } from "@aws-sdk/client-lambda";
import { sdkInput } from "../../../aws/sdk-input.ts";
import {
  canonicalJson,
  isEmpty,
  type JsonObject,
  type JsonValue,
  withoutEmpty,
} from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { CreateContext } from "../../type.ts";
import { functionDefaults } from "./state.ts";

/** Keys of a state that UpdateFunctionConfiguration takes, with what clears them there. */
const CONFIGURATION: Readonly<Record<string, JsonValue>> = {
  Role: "",
  Runtime: "",
  Handler: "",
  Description: "",
  Timeout: 3,
  MemorySize: 128,
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false },
  Environment: { Variables: {} },
  DeadLetterConfig: { TargetArn: "" },
  KMSKeyArn: "",
  TracingConfig: { Mode: "PassThrough" },
  Layers: [],
  FileSystemConfigs: [],
  ImageConfig: {},
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: "None" },
  LoggingConfig: {},
  CapacityProviderConfig: {},
  DurableConfig: {},
};

/** Those that AWS takes over key by key, so that every key is sent. */
const WHOLE = ["VpcConfig"];

const AT_CREATION = [
  ...Object.keys(CONFIGURATION),
  ..."FunctionName PackageType Architectures CodeSigningConfigArn TenancyConfig".split(" "),
];

/** CreateFunction's input without the code: what is empty or AWS's default anyway is left out. */
export function createInput(state: JsonObject): JsonObject {
  const defaults = functionDefaults(textOf(state.FunctionName));
  const input: JsonObject = {};
  for (const key of AT_CREATION) {
    const value = state[key] ?? null;
    // An environment variable may well be empty; everything else empty is refused by some create.
    const trimmed = key !== "Environment" && !Array.isArray(value) ? withoutEmpty({ value }).value : value;
    if (trimmed === undefined || isEmpty(trimmed)) continue;
    if (canonicalJson(trimmed) === canonicalJson(defaults[key])) continue;
    input[key] = trimmed;
  }
  return input;
}

/** UpdateFunctionConfiguration's input for the changed keys; undefined when none of them is its business. */
export function configurationInput(
  state: JsonObject,
  changed: (property: string) => boolean,
): UpdateFunctionConfigurationRequest | undefined {
  const input: JsonObject = {};
  for (const [key, cleared] of Object.entries(CONFIGURATION)) {
    if (!changed(key)) continue;
    const value = state[key];
    if (value === undefined || isEmpty(value)) input[key] = cleared;
    else input[key] = WHOLE.includes(key) ? { ...objectOf(cleared), ...objectOf(value) } : value;
  }
  if (Object.keys(input).length === 0) return undefined;
  return sdkInput({ FunctionName: state.FunctionName ?? "", ...input });
}

/** Where the code comes from: the spec's `Code`, else the zipped folder. */
export async function codeInput({ state, desired, code }: CreateContext): Promise<FunctionCode> {
  const written = objectOf(state.Code);
  const zip = objectOf(desired.properties.Code).ZipFile;
  const place = sdkInput<FunctionCode>(withoutEmpty(written));
  if (typeof zip === "string") return { ...place, ZipFile: Buffer.from(zip, "base64") };
  if (!isEmpty(written.ImageUri) || !isEmpty(written.S3Key)) return place;
  return { ...place, ZipFile: await code() };
}

/** What is said once with new code and never kept. */
export function publishing(properties: JsonObject): { Publish?: boolean; PublishTo?: "LATEST_PUBLISHED" } {
  return {
    ...(properties.Publish === true ? { Publish: true } : {}),
    ...(properties.PublishTo === "LATEST_PUBLISHED" ? { PublishTo: "LATEST_PUBLISHED" as const } : {}),
  };
}
