/** From a function's state to the SDK's inputs. */
import type { FunctionCode, UpdateFunctionConfigurationRequest } from "@aws-sdk/client-lambda";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { canonicalJson, isEmpty, type JsonObject, withoutEmpty } from "../../../model/values.ts";
import { objectOf } from "../../live-values.ts";
import type { CreateContext, UpdateContext } from "../../type.ts";
import { updateInput } from "../../state.ts";
import { functionFacts, functionState } from "./schema.ts";

/** Properties that UpdateFunctionConfiguration takes. */
const CONFIGURATION = [
  ..."Role Runtime Handler Description Timeout MemorySize VpcConfig Environment DeadLetterConfig".split(" "),
  ..."KMSKeyArn TracingConfig Layers FileSystemConfigs ImageConfig EphemeralStorage SnapStart".split(" "),
  ..."LoggingConfig CapacityProviderConfig DurableConfig".split(" "),
];

/** Objects whose members are cleared one by one. */
const CLEARED: JsonObject = {
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false },
  Environment: { Variables: {} },
  DeadLetterConfig: { TargetArn: "" },
};

const AT_CREATION = [
  ...CONFIGURATION,
  ..."FunctionName PackageType Architectures CodeSigningConfigArn TenancyConfig".split(" "),
];

/** CreateFunction's input without the code: what is empty or AWS's default anyway is left out. */
export function createInput(state: JsonObject): JsonObject {
  const { FunctionName = "", DurableConfig = {}, CapacityProviderConfig = {} } = state;
  const { LoggingConfig = {} } = functionState({ FunctionName, DurableConfig, CapacityProviderConfig });
  const defaults: JsonObject = { ...functionState({}), LoggingConfig };
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

/** UpdateFunctionConfiguration's input for what changed; undefined when none of it is its business. */
export function configurationInput(context: UpdateContext): UpdateFunctionConfigurationRequest | undefined {
  const changed = updateInput(functionFacts, "merge", context);
  const keys = CONFIGURATION.filter((key) => Object.hasOwn(changed, key));
  if (keys.length === 0) return undefined;
  const input = keys.map((key) => {
    const value = changed[key] ?? "";
    return [key, Object.hasOwn(CLEARED, key) ? { ...objectOf(CLEARED[key]), ...objectOf(value) } : value];
  });
  return sdkInput({ FunctionName: context.live.name, ...Object.fromEntries(input) });
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

/** Where new code is published to, which is sent with it and not part of the state. */
export function publishing({ PublishTo }: JsonObject): { PublishTo?: "LATEST_PUBLISHED" } {
  return PublishTo === "LATEST_PUBLISHED" ? { PublishTo } : {};
}
