/** A key that another service names. */
import type { KeyMetadata } from "@aws-sdk/client-kms";
import type { Aws } from "../../aws/aws.ts";
import { isNotFound, translate } from "../../aws/errors.ts";
import { GatewrightError } from "../../model/errors.ts";
import { kms } from "./service.ts";

/** Undefined for a key that is not there, or that the role may not look at. */
export async function describedKey(aws: Aws, KeyId: string): Promise<KeyMetadata | undefined> {
  const client = await aws.client(kms);
  try {
    return (await client.describeKey({ KeyId })).KeyMetadata;
  } catch (error) {
    const known = translate(error);
    if (isNotFound(error) || (known instanceof GatewrightError && known.code === "AWS_ACCESS_DENIED"))
      return undefined;
    throw error;
  }
}
