/** Finds what carries our tags wherever it is, through the Resource Groups Tagging API (it does not know IAM roles). */
import type { Aws } from "../../aws/aws.ts";
import { translate } from "../../aws/errors.ts";
import { tagging } from "../../aws/services.ts";
import type { StackFacts } from "../../model/stack.ts";

/** ARNs of everything tagged as ours among `kinds` (`lambda:function`): the types that no list of their own finds. */
export async function taggedArns(
  aws: Aws,
  stack: StackFacts,
  kinds: readonly string[],
): Promise<readonly string[]> {
  const arns: string[] = [];
  try {
    const client = await aws.client(tagging);
    let token: string | undefined;
    do {
      const page = await client.getResources({
        ResourcesPerPage: 100,
        ResourceTypeFilters: [...kinds],
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
