/** Which stages of a repository AWS has something of, by tags alone: for what no record knows any more. */
import type { Aws } from "../../aws/aws.ts";
import { directoryOf } from "../../aws/tags.ts";
import { taggedResources } from "./tagged.ts";

export interface TaggedStack {
  readonly stage: string;
  readonly directory: string;
}

/**
 * Every stage and directory of the repository that something in the region is tagged with. Values of tags are only compared here: AWS's
 * filter knows no beginnings.
 */
export async function taggedStacks(aws: Aws, repositoryId: number): Promise<readonly TaggedStack[]> {
  const tagged = await taggedResources(aws, {
    TagFilters: [{ Key: "gc-managed-by", Values: ["gatewright"] }, { Key: "gc-source" }, { Key: "gc-stage" }],
  });
  const found = new Map<string, TaggedStack>();
  for (const { Tags = [] } of tagged) {
    const tag = (name: string): string => Tags.find(({ Key }) => Key === name)?.Value ?? "";
    const directory = directoryOf(repositoryId, tag("gc-source"));
    const stage = tag("gc-stage");
    if (directory !== undefined && stage !== "") found.set(`${stage}/${directory}`, { stage, directory });
  }
  return [...found.values()];
}
