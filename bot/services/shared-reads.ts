/** GitHub's answers for as long as one command is judged, or one report is written: each is asked for once. */
import type { GitHubRequest, GitHubResponse } from "../../src/github/client.ts";
import { askOnce } from "../../src/model/promises/once.ts";

/**
 * The same request, which asks each question once, also when it is asked side by side: the facts of a pull request are the
 * same for all its stacks. What failed is asked again; a write makes it forget everything. Use one per command or report.
 */
export function sharedReads(request: GitHubRequest): GitHubRequest {
  const known = new Map<string, Promise<GitHubResponse>>();
  return (route, parameters) => {
    if (!route.startsWith("GET ")) {
      known.clear();
      return request(route, parameters);
    }
    const question = `${route} ${JSON.stringify(parameters ?? {})}`;
    return askOnce(known, question, () => request(route, parameters));
  };
}
