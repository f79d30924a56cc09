/** GitHub's paged lists. */
import type { GitHubRequest } from "./client.ts";
import { list } from "./json.ts";

/** 10,000 items: what has more (deployments of years, say) is not read to its end. */
const MOST_PAGES = 100;

/**
 * Every item of a paged list, in GitHub's order; follows the `link` header and asks for 100 a page.
 * @param items finds the list in the answer when it is not the answer itself
 */
export async function allPages(
  request: GitHubRequest,
  route: string,
  parameters: Readonly<Record<string, unknown>>,
  items: (data: unknown) => unknown = (data) => data,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data, headers } = await request(route, { ...parameters, per_page: 100, page });
    all.push(...list(items(data)));
    if (!String(headers.link ?? "").includes('rel="next"')) break;
  }
  return all;
}
