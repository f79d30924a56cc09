/** The plan of a stack. */
import type { ConnectedAws } from "../aws/connect.ts";
import { type Download, withChangedFiles } from "./changed-code.ts";
import type { Planning } from "./plan/planning.ts";
import { observeStack, type StackOptions } from "./stack.ts";

/** Reads AWS and computes the plan. Throws GatewrightError(s) for a bad spec, credentials or denied reads. */
export async function planStack(options: StackOptions, aws: ConnectedAws): Promise<Planning> {
  return (await observeStack(options, aws)).planning("apply");
}

/** The same plan, with what of its code differs, for whoever shows it. */
export async function planToShow(
  options: StackOptions,
  aws: ConnectedAws,
  download?: Download,
): Promise<Planning> {
  return withChangedFiles(await planStack(options, aws), aws, download);
}

/** The plan that removes everything of the stack that is ours. */
export async function planDestroy(options: StackOptions, aws: ConnectedAws): Promise<Planning> {
  return (await observeStack(options, aws, "left")).planning("destroy");
}
