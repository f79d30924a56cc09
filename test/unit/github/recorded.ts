/** A `request` that answers from a table (by route) and keeps what it was asked. */
import type { GitHubRequest } from "../../../src/github/client.ts";

export interface Asked {
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** An answer that is an Error is thrown; a route without an answer is answered with nothing. */
export function recorded(answers: Readonly<Record<string, unknown>>): {
  readonly request: GitHubRequest;
  readonly asked: Asked[];
} {
  const asked: Asked[] = [];
  const request: GitHubRequest = async (route, parameters = {}) => {
    asked.push({ route, parameters });
    const data = answers[route];
    if (data instanceof Error) throw data;
    return { status: 200, data, headers: {} };
  };
  return { request, asked };
}
