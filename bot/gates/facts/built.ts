/** Whether the code that a stack's spec names is built for a commit. */
import { loadStack } from "../../../src/engine/stack.ts";
import { isTransient } from "../../../src/github/errors.ts";
import { userErrors } from "../../../src/model/errors.ts";
import { builtArtifacts } from "../../stacks/built.ts";
import { stackOptions } from "../../stacks/options.ts";
import type { Target } from "../../stacks/targets.ts";
import type { BuiltFact } from "./facts.ts";
import type { NeedsContext } from "./needs.ts";

/** Undefined where the settings name no workflow, the spec no artifact, or the spec is wrong: its plan says how. */
export async function readBuilt(
  context: NeedsContext,
  { stack, stage, gone }: Target,
  sha: string,
): Promise<BuiltFact | undefined> {
  const { services, request, settings } = context;
  const artifacts = builtArtifacts({ ...context, stage }, sha);
  if (artifacts === undefined || gone !== undefined) return undefined;
  const names = await artifactNames(async () => {
    const aws = services.aws(stack, stage, "plan", { runId: "gates" });
    return loadStack(stackOptions(services, request, settings, stack, sha, aws), aws);
  });
  if (names.length === 0) return undefined;
  const found = await Promise.all(names.map((name) => artifacts.find(name)));
  const [missing] = found.flatMap((choice) => ("missing" in choice ? [choice.missing] : []));
  return { names, missing, attested: stage.attestation !== "off" };
}

async function artifactNames(load: () => ReturnType<typeof loadStack>): Promise<readonly string[]> {
  try {
    const { resources } = await load();
    return [...new Set(resources.flatMap(({ artifact }) => artifact ?? []))];
  } catch (error) {
    if (userErrors(error) === undefined || isTransient(error)) throw error;
    return [];
  }
}
