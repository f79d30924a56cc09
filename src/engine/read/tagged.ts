/** Finds what carries our tags wherever it is, through the Resource Groups Tagging API (it does not know IAM roles). */
import type { Aws } from "../../aws/aws.ts";
import { translate } from "../../aws/errors.ts";
import { tagging } from "../../aws/services.ts";
import type { StackFacts } from "../../model/stack.ts";

/** Services and types of what is not found otherwise. Apis and their children come with their own lists. */
const RESOURCE_TYPES = ["apigateway", "lambda:function", "logs:log-group"];

export async function taggedArns(aws: Aws, stack: StackFacts): Promise<readonly string[]> {
  const arns: string[] = [];
  try {
    const client = await aws.client(tagging);
    let token: string | undefined;
    do {
      const page = await client.getResources({
        ResourcesPerPage: 100,
        ResourceTypeFilters: RESOURCE_TYPES,
        TagFilters: [
          { Key: "gc-project-name", Values: [stack.projectName] },
          { Key: "gc-stage", Values: [stack.stage] },
        ],
        ...(token === undefined ? {} : { PaginationToken: token }),
      });
      arns.push(...(page.ResourceTagMappingList ?? []).flatMap(({ ResourceARN }) => ResourceARN ?? []));
      token = page.PaginationToken || undefined;
    } while (token !== undefined);
  } catch (error) {
    throw translate(error, "tagged resources");
  }
  return arns;
}
