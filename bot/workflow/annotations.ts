/** A job's output besides comments: annotations and its summary. */
import { appendFileSync } from "node:fs";
import type { ErrorView } from "../../src/report/report.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, number, text } from "../../src/github/json.ts";
import type { Run } from "../../src/model/run.ts";

export type Level = "error" | "warning" | "notice";
export type Write = (line: string) => void;

/** A workflow command: one line, whatever the message holds. */
export function annotation(level: Level, message: string): string {
  const data = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return `::${level}::${data}`;
}

export function errorLine({ code, message, hint }: Pick<ErrorView, "code" | "message" | "hint">): string {
  return `${code}: ${message}${hint === undefined ? "" : `\n${hint}`}`;
}

/** GitHub shows ten annotations of a level per step; the comment lists all of them. */
const MOST = 10;

/** Annotates why the job fails: the error that stopped the run, or each step that did not succeed. */
export function annotateFailure(run: Run, write: Write): void {
  const { directory, stage } = run.stack;
  const where = directory === "." ? stage : `${directory} in ${stage}`;
  const steps = (run.result?.results ?? []).flatMap(({ key, error }) =>
    error === undefined ? [] : [{ ...error, message: `${key}: ${error.message}` }],
  );
  const errors = steps.length > 0 || run.error === undefined ? steps : [run.error];
  for (const error of errors.slice(0, MOST))
    write(annotation("error", `${run.kind} of ${where}: ${errorLine(error)}`));
}

export interface RecordedComments {
  /** The same request, which keeps the comments written through it. */
  readonly request: GitHubRequest;
  /** The last text of every comment, in the order of their creation. */
  bodies(): readonly string[];
}

const COMMENTS = /^(?:POST|PATCH) \/repos\/\{owner\}\/\{repo\}\/issues\/.*comments(?:\/\{comment_id\})?$/;

export function recordComments(request: GitHubRequest): RecordedComments {
  const comments = new Map<number, string>();
  return {
    request: async (route, parameters) => {
      const answer = await request(route, parameters);
      if (COMMENTS.test(route)) comments.set(number(at(answer.data, "id")), text(at(parameters, "body")));
      return answer;
    },
    bodies: () => [...comments.values()],
  };
}

/** GitHub drops a step's summary that is larger than 1 MiB. */
const SUMMARY_BYTES = 1_000_000;

/** Writes comments to the job summary, without their markers. */
export function writeSummary(path: string | undefined, bodies: readonly string[]): void {
  if (path === undefined || path === "") return;
  let left = SUMMARY_BYTES;
  for (const body of bodies) {
    const block = `${body.replaceAll(/<!-- gatewright:[^\n]*? -->\n?/g, "").trim()}\n\n`;
    left -= Buffer.byteLength(block);
    if (left < 0) return;
    appendFileSync(path, block);
  }
}
