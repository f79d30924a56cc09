/** GitHub's REST API as the bot's parts ask it: one `request`, whoever made it (Probot's Octokit, a workflow's token). */
import type { GitHubRequest } from "./client.ts";

/** Octokit's `request`, patient with GitHub's bad moments (`patient` of the engine). */
export type Request = GitHubRequest;

/** `value.a.b`, when everything on the way is an object. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (inner, name) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Octokit's status of a failure, translated or not; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  const own = at(error, "status") === undefined ? at(error, "cause") : error;
  const status = at(own, "status");
  // Octokit gives 500 to a connection that was cut: there is no response then.
  return typeof status === "number" && at(own, "response") !== undefined ? status : undefined;
}

/** Pages bound: 31 pages of 100 are 3,100 comments; a pull request with more is told so by what calls this. */
const MOST_PAGES = 100;

/** Every item of a paged list. `items` finds the list in the answer when it is not the answer itself. */
export async function allPages(
  request: Request,
  route: string,
  parameters: Record<string, unknown>,
  items: (data: unknown) => unknown = (data) => data,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await request(route, { ...parameters, per_page: 100, page });
    const found = list(items(data));
    all.push(...found);
    if (found.length < 100) break;
  }
  return all;
}
