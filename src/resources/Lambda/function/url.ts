/** A function's own URL: https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
import type { CreateFunctionUrlConfigRequest, Lambda } from "@aws-sdk/client-lambda";
import { ifFound, isAlreadyExists } from "../../../aws/errors.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, type JsonValue } from "../../../model/values.ts";
import { jsonOf, objectOf } from "../../live-values.ts";

/** Makes, changes or removes the URL; gives AWS's answer, undefined when there is no URL now. */
export async function putUrl(
  client: Lambda,
  FunctionName: string,
  wanted: JsonValue | undefined,
  exists: boolean,
): Promise<JsonObject | undefined> {
  if (isEmpty(wanted)) {
    if (exists) await ifFound(() => client.deleteFunctionUrlConfig({ FunctionName }));
    return undefined;
  }
  const config = objectOf(wanted);
  // An update takes Cors as a whole, and an empty one clears it.
  const change = () => client.updateFunctionUrlConfig(sdkInput({ FunctionName, Cors: {}, ...config }));
  if (exists) return jsonOf(await change());
  try {
    const input = sdkInput<CreateFunctionUrlConfigRequest>({ FunctionName, ...config });
    return jsonOf(await client.createFunctionUrlConfig(input));
  } catch (error) {
    // Made by an attempt whose answer was lost.
    if (!isAlreadyExists(error)) throw error;
    return jsonOf(await change());
  }
}
