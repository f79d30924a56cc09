/** Complete lists of API Gateway V2, for which the SDK has no paginator. A page without MaxResults holds 25 items. */

export interface Page<Item> {
  readonly Items?: readonly Item[] | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * The largest page. V2's reference names no maximum; it shares its control plane with V1, whose `limit` ends at 500
 * (https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html). NextToken is followed in any case.
 */
const LARGEST_PAGE = "500";

/** Every item of a list, page after page. */
export async function listAll<Item>(
  getPage: (paging: { MaxResults: string; NextToken?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await getPage({
      MaxResults: LARGEST_PAGE,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    items.push(...(page.Items ?? []));
    token = page.NextToken || undefined;
  } while (token !== undefined);
  return items;
}
