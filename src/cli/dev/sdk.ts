/**
 * Lambda's Node runtimes have the AWS SDK built in, the local AWS has not: functions find the project's there. Only what Lambda has is linked, so that a
 * package that a function forgot to bring is missing here too: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const SCOPES = ["@aws-sdk", "@smithy", "@aws"];

export interface SdkFolder {
  /** Where the local AWS is to unpack functions: below it, Node finds the SDK. */
  readonly path: string;
  remove(): void;
}

/** @param directory of the stack: its `node_modules`, or the next above that has the SDK */
export function linkSdk(directory: string): SdkFolder {
  const path = mkdtempSync(join(tmpdir(), "gatewright-dev-"));
  const modules = modulesWithSdk(directory);
  if (modules !== undefined) {
    mkdirSync(join(path, "node_modules"));
    for (const scope of SCOPES) {
      const found = join(modules, scope);
      if (existsSync(found)) symlinkSync(found, join(path, "node_modules", scope), "junction");
    }
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function modulesWithSdk(directory: string): string | undefined {
  const modules = join(directory, "node_modules");
  if (existsSync(join(modules, "@aws-sdk"))) return modules;
  const above = dirname(directory);
  return above === directory ? undefined : modulesWithSdk(above);
}
