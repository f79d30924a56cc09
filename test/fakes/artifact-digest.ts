import { createHash } from "node:crypto";
import type { WorkflowRun } from "./github/state/types.ts";

/** `sha256:…` of what a run has uploaded under a name: the output `artifact-digest` of actions/upload-artifact. */
export function artifactDigest(run: WorkflowRun, name: string): string {
  const artifact = run.artifacts.find((each) => each.name === name);
  if (artifact === undefined) throw new Error(`the run has no artifact ${name}`);
  return `sha256:${createHash("sha256").update(artifact.zip).digest("hex")}`;
}
