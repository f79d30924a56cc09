/** Finds what carries our tags wherever it is, through the Resource Groups Tagging API (it does not know IAM roles). */
import type {
  GetResourcesCommandInput,
  ResourceTagMapping,
} from "@aws-sdk/client-resource-groups-tagging-api";
import type { Aws } from "../../aws/aws.ts";
import { translate } from "../../aws/errors.ts";
import { tagging } from "../../aws/services.ts";
import type { StackFacts } from "../../model/stack.ts";

/** Everything in the region that the filters let through, of all pages. Throws AWS's error as a {@link GatewrightError}. */
export async function taggedResources(
  aws: Aws,
  filters: Pick<GetResourcesCommandInput, "ResourceTypeFilters" | "TagFilters">,
): Promise<readonly ResourceTagMapping[]> {
  const found: ResourceTagMapping[] = [];
  try {
    const client = await aws.client(tagging);
    let token: string | undefined;
    do {
      const page = await client.getResources({
        ResourcesPerPage: 100,
        ...filters,
        ...(token === undefined ? {} : { PaginationToken: token }),
      });
      found.push(...(page.ResourceTagMappingList ?? []));
      token = page.PaginationToken || undefined;
    } while (token !== undefined);
  } catch (error) {
    throw translate(error, "tagged resources");
  }
  return found;
}

/** ARNs of everything tagged as ours among `kinds` (`lambda:function`): the types that no list of their own finds. */
export async function taggedArns(
  aws: Aws,
  stack: StackFacts,
  kinds: readonly string[],
): Promise<readonly string[]> {
  const found = await taggedResources(aws, {
    ResourceTypeFilters: [...kinds],
    TagFilters: [
      { Key: "gc-project-name", Values: [stack.projectName] },
      { Key: "gc-stage", Values: [stack.stage] },
    ],
  });
  return found.flatMap(({ ResourceARN }) => ResourceARN ?? []);
}
