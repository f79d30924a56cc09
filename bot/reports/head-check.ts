/**
 * The check run `gatewright` of a pull request's head: one per head, which branch protection can require. It is green when
 * nothing concerns the bot or every stack that the pull request changes is planned, and waits or fails otherwise.
 */
import type { CheckState, NewCheck } from "../../src/github/checks.ts";
import { createCheck, findChecks, updateCheck } from "../../src/github/checks.ts";
import { queueByKey } from "../../src/github/keyed-queue.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";
import { isEnded } from "../../src/model/run-states.ts";
import type { RunSummary, StackRef } from "../../src/model/run.ts";
import type { ErrorView } from "../../src/report/report.ts";
import { COMMENT_BYTES } from "../../src/report/markdown/size-limit.ts";
import { shortened } from "../../src/text/shortened.ts";
import { joinMarkdown, md, type Markdown } from "../../src/text/markdown.ts";
import { plural } from "../../src/text/words.ts";
import { remembered } from "../services/posted.ts";
import type { Services } from "../services/services.ts";
import { code, errorAnswer } from "./reply.ts";

const NAME = "gatewright";

/** A stack that the pull request changes, and its newest run of the head. */
export interface StackStanding {
  readonly stack: StackRef;
  readonly run: RunSummary | undefined;
}

/** What the check says of these stacks. Pure. */
export function headState(stacks: readonly StackStanding[]): CheckState {
  if (stacks.length === 0)
    return completed("success", "Nothing to deploy", md`This pull request changes no stack.`);
  const failed = stacks.filter(({ run }) => run?.state === "failed" || run?.state === "cancelled");
  const waiting = stacks.filter(({ run }) => run === undefined || !isEnded(run.state));
  const lines = joinMarkdown(stacks.map(lineOf), "\n");
  if (failed.length > 0)
    return completed("failure", `${plural(failed.length, "stack")} could not be planned or applied`, lines);
  if (waiting.length > 0)
    return {
      status: "in_progress",
      output: {
        title: `Waits for the plan of ${plural(waiting.length, "stack")}: comment /plan`,
        summary: shortened(lines, COMMENT_BYTES),
      },
    };
  return completed("success", `${plural(stacks.length, "stack")} planned or applied`, lines);
}

/** The check where the stacks cannot be found out: a settings file that is not valid, for one. Pure. */
export function brokenHead(errors: readonly ErrorView[]): CheckState {
  return completed("failure", errors[0]?.code ?? "Failed", errorAnswer(errors));
}

function completed(conclusion: "success" | "failure", title: string, summary: Markdown): CheckState {
  return { status: "completed", conclusion, output: { title, summary: shortened(summary, COMMENT_BYTES) } };
}

function lineOf({ stack, run }: StackStanding): Markdown {
  const where = md`${code(stack.directory)} in ${code(stack.stage)}`;
  return md`- ${where}: ${run === undefined ? md`not planned yet` : md`${run.kind} ${run.state}`}`;
}

/** Whether the head has its check: without one a run's end need not look which stacks there are. */
export async function hasHeadCheck(
  { store }: Services,
  repository: RepositoryRef,
  sha: string,
): Promise<boolean> {
  return (await checkId(store, repository, sha).get()) !== undefined;
}

/** Writes the check. `state` is asked when it is this head's turn: what it says may have changed meanwhile. */
export function writeHeadCheck(
  services: Services,
  repository: RepositoryRef,
  sha: string,
  state: () => Promise<CheckState>,
): Promise<void> {
  const known = checkId(services.store, repository, sha);
  return queueByKey(services.store, known.name, async () => {
    const request = await services.github(repository);
    const check: NewCheck = { name: NAME, sha, externalId: `head ${sha}` };
    // Two processes, one of them ending, may have made one each. Branch protection looks at the newest: all of them say the same.
    const own = (): Promise<readonly number[]> => findChecks(request, place(repository), check);
    const write = async (ids: readonly number[]): Promise<void> => {
      const now = await state();
      await Promise.all(ids.map((id) => updateCheck(request, place(repository), id, now)));
    };
    const found = await own();
    const [first] = found;
    if (first !== undefined) {
      await write(found);
      return known.set(first);
    }
    const id = await createCheck(request, place(repository), check, await state());
    await known.set(id);
    const all = await own();
    if (all.some((one) => one !== id)) await write(all);
  });
}

function checkId(store: Services["store"], repository: RepositoryRef, sha: string) {
  return remembered(store, { repositoryId: repository.id, kind: "head-check", key: sha });
}
