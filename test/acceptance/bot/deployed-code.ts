/** What AWS runs of a function. */
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { expect } from "vitest";
import type { FakeAws } from "../../fakes/aws/fake-aws.ts";

/** The files of the function in AWS, after the sum that AWS has of it was compared; undefined where there is no function. */
export function deployedCode(
  aws: Pick<FakeAws, "state">,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const fn = aws.state.functions.get(name);
  if (fn === undefined) return undefined;
  const zip = fn.zip ?? new Uint8Array();
  expect(fn.config.CodeSha256).toBe(createHash("sha256").update(zip).digest("base64"));
  const files = Object.entries(unzipSync(zip));
  return Object.fromEntries(files.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}
