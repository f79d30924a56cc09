/** GitHub's paged lists. */
import type { GitHubRequest } from "./client.ts";
import { fail } from "../model/errors.ts";

/** Stops after 10,000 items: a list of many years' deployments could be longer. */
const MOST_PAGES = 100;

/**
 * Reads every item of a paged list, in GitHub's order, 100 per page, for as long as the `link` header names a next page.
 * @param items extracts the list, if the response is not the list itself
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
    const found = items(data);
    // Nothing in its place is not the same as an empty list, by which a gate may open.
    if (!Array.isArray(found))
      fail("GITHUB_ERROR", `GitHub answered ${route} without a list`, { hint: "Try again in a minute." });
    all.push(...found);
    if (!String(headers.link ?? "").includes('rel="next"')) break;
  }
  return all;
}
