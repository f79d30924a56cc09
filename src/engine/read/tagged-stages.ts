/** Which stages of a repository AWS has something of, by tags alone: for what no record knows any more. */
import type { Aws } from "../../aws/aws.ts";
import { translate } from "../../aws/errors.ts";
import { tagging } from "../../aws/services.ts";
import { directoryOf } from "../../aws/tags.ts";

export interface TaggedStack {
  readonly stage: string;
  readonly directory: string;
}

/**
 * Every stage and directory of the repository that something in the region is tagged with. Values of tags are only compared here: AWS's
 * filter knows no beginnings.
 */
export async function taggedStacks(aws: Aws, repositoryId: number): Promise<readonly TaggedStack[]> {
  const found = new Map<string, TaggedStack>();
  try {
    const client = await aws.client(tagging);
    let token: string | undefined;
    do {
      const page = await client.getResources({
        ResourcesPerPage: 100,
        TagFilters: [
          { Key: "gc-managed-by", Values: ["gatewright"] },
          { Key: "gc-source" },
          { Key: "gc-stage" },
        ],
        ...(token === undefined ? {} : { PaginationToken: token }),
      });
      for (const { Tags = [] } of page.ResourceTagMappingList ?? []) {
        const tag = (name: string): string => Tags.find(({ Key }) => Key === name)?.Value ?? "";
        const directory = directoryOf(repositoryId, tag("gc-source"));
        const stage = tag("gc-stage");
        if (directory !== undefined && stage !== "") found.set(`${stage}/${directory}`, { stage, directory });
      }
      token = page.PaginationToken || undefined;
    } while (token !== undefined);
  } catch (error) {
    throw translate(error, "tagged resources");
  }
  return [...found.values()];
}
