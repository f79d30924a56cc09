/** GitHub as a table of answers: by route, with a function where the answer depends on the parameters. Keeps what it was asked. */
import type { GitHubRequest } from "../../../../src/github/client.ts";
import { httpError } from "../../github/memory-github.ts";

type Parameters = Readonly<Record<string, unknown>>;
export type Answer = unknown | ((parameters: Parameters) => unknown);

export interface Recorded {
  readonly request: GitHubRequest;
  readonly asked: (readonly [string, Parameters])[];
}

/** A route is named by its end; what is not in the table is not found. */
export function recorded(answers: Readonly<Record<string, Answer>>): Recorded {
  const asked: (readonly [string, Parameters])[] = [];
  const request: GitHubRequest = async (route, parameters = {}) => {
    asked.push([route, parameters]);
    const found = Object.keys(answers).find((end) => route.endsWith(end));
    const answer = found === undefined ? undefined : answers[found];
    const data = typeof answer === "function" ? await answer(parameters) : answer;
    if (data === undefined) throw httpError(404, "Not Found");
    return { status: 200, headers: {}, data };
  };
  return { request, asked };
}

/** The answer to `GET …/pulls/{pull_number}` of a pull request in a state. */
export function aPull(state: "open" | "closed" | "merged", headSha = "1".repeat(40)) {
  return {
    head: { sha: headSha, ref: "topic", repo: { id: 1 } },
    base: { sha: "2".repeat(40), ref: "main", repo: { id: 1 } },
    state: state === "open" ? "open" : "closed",
    merged: state === "merged",
  };
}
