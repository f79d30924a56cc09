/** A key that another service names. */
import type { KeyMetadata } from "@aws-sdk/client-kms";
import type { Aws } from "../../aws/aws.ts";
import { ifFound } from "../../aws/errors.ts";
import { kms } from "./service.ts";

/** Undefined for a key that is not there. One that may not be looked at is an error: the plan would show it as a change each time. */
export async function describedKey(aws: Aws, KeyId: string): Promise<KeyMetadata | undefined> {
  const client = await aws.client(kms);
  const found = await ifFound(() => client.describeKey({ KeyId }));
  return found?.KeyMetadata;
}
