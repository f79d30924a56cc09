/** GitHub's comments in memory, by the routes that are used; every call can be made to fail. */
import type { GitHub, GitHubResponse } from "../../../src/github/client.ts";

export interface MemoryComment {
  id: number;
  login: string;
  type: "Bot" | "User";
  body: string;
}

export interface MemoryGitHub extends GitHub {
  readonly comments: MemoryComment[];
  readonly calls: string[];
  /** Called before a request is carried out; what it throws is thrown. */
  before: (route: string) => void;
  /** The same after it was carried out: the answer is lost. */
  after: (route: string) => void;
}

/** What Octokit throws for an answer of this status; without a status the connection was cut. */
export function httpError(status: number | undefined, message = "said GitHub", headers = {}): Error {
  const response = status === undefined ? {} : { response: { headers, data: { message } } };
  return Object.assign(new Error(message), { status: status ?? 500, ...response });
}

export function memoryGitHub(
  comments: MemoryComment[],
  options: { login?: string; viewer?: string; pageSize?: number } = {},
): MemoryGitHub {
  const { login, viewer, pageSize = 100 } = options;
  const calls: string[] = [];
  const answer = (data: unknown, headers = {}): GitHubResponse => ({ status: 200, data, headers });
  const view = ({ id, login: by, type, body }: MemoryComment) => ({
    id,
    body,
    user: { login: by, type },
    html_url: `https://github.com/o/r/pull/1#issuecomment-${id}`,
  });
  const handle = (route: string, parameters: Record<string, unknown>): GitHubResponse => {
    if (route === "GET /user") {
      if (login === undefined) throw httpError(403, "Resource not accessible by integration");
      return answer({ login });
    }
    if (route.startsWith("GET")) {
      const from = (Number(parameters.page) - 1) * pageSize;
      const more = from + pageSize < comments.length;
      return answer(comments.slice(from, from + pageSize).map(view), more ? { link: '<x>; rel="next"' } : {});
    }
    if (route.startsWith("PATCH")) {
      const found = comments.find(({ id }) => id === parameters.comment_id);
      if (found === undefined) throw httpError(404, "Not Found");
      found.body = String(parameters.body);
      return answer(view(found));
    }
    if (route.startsWith("DELETE")) {
      const index = comments.findIndex(({ id }) => id === parameters.comment_id);
      if (index < 0) throw httpError(404, "Not Found");
      comments.splice(index, 1);
      return answer(undefined);
    }
    const made: MemoryComment = {
      id: 1 + Math.max(0, ...comments.map(({ id }) => id)),
      login: login ?? viewer ?? "github-actions[bot]",
      type: login === undefined ? "Bot" : "User",
      body: String(parameters.body),
    };
    comments.push(made);
    return answer(view(made));
  };
  const github: MemoryGitHub = {
    comments,
    calls,
    before: () => {},
    after: () => {},
    installation: login === undefined,
    viewer: async () => {
      calls.push("viewer");
      return viewer;
    },
    request: async (route, parameters = {}) => {
      calls.push(route.split(" ").slice(0, 1).join() + (route.includes("/user") ? " user" : ""));
      github.before(route);
      const result = handle(route, parameters);
      github.after(route);
      return result;
    },
  };
  return github;
}
