/** A job's output besides comments: annotations and its summary. */
import { appendFileSync } from "node:fs";
import type { ErrorView } from "../../src/report/report.ts";
import { resultErrors } from "../../src/report/smoke.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, number, text } from "../../src/github/json.ts";
import { logLine, visibleLines } from "../../src/text/escape.ts";
import type { Log } from "../services/services.ts";
import type { Run } from "../../src/model/run.ts";
import { stackOf } from "../../src/model/errors.ts";

type Level = "error" | "warning" | "notice";
export type Write = (line: string) => void;

/** A workflow command: one line, whatever the message holds. Of its characters only line breaks act. */
export function annotation(level: Level, message: string): string {
  return `::${level}::${visibleLines(message).replaceAll("%", "%25").replaceAll("\n", "%0A")}`;
}

/** Has the runner hide a text in what the job prints from now on, and in other jobs' outputs. */
export function maskLine(secret: string): string {
  return `::add-mask::${secret.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`;
}

/** What the bot reports while it works. */
export function jobLog(write: Write): Log {
  const text = (fields: Readonly<Record<string, unknown>>, line: string): string =>
    `${line} ${JSON.stringify(fields)}`;
  return {
    info: (fields, line) => write(logLine(text(fields, line))),
    warn: (fields, line) => write(annotation("warning", text(fields, line))),
    error: (fields, line) => write(annotation("error", text(fields, line))),
  };
}

/** A bug's stack trace: its message may hold what a spec or AWS said. */
export function writeBug(thrown: unknown, write: Write): void {
  const text = stackOf(thrown);
  for (const line of text.split("\n")) write(logLine(line));
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
  const steps = resultErrors(run.result);
  const errors = steps.length > 0 || run.error === undefined ? steps : (run.error.mistakes ?? [run.error]);
  for (const error of errors.slice(0, MOST))
    write(annotation("error", `${run.kind} of ${where}: ${errorLine(error)}`));
}

interface RecordedComments {
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
