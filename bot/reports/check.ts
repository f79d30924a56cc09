/** The GitHub check of a run, shown on the pull request: exactly one per run, even after crashes and lost responses. */
import { md, type Markdown } from "../../src/text/markdown.ts";
import { COMMENT_BYTES } from "../../src/report/markdown/size-limit.ts";
import { shortened } from "../../src/text/shortened.ts";
import { smokeLine } from "../../src/report/smoke.ts";
import { sentenceProse } from "../../src/text/prose.ts";
import { sentence } from "../../src/text/words.ts";
import { errorAnswer } from "./reply.ts";
import { place } from "../../src/model/repository.ts";
import { remembered } from "../services/posted.ts";
import { runUrl, type Services } from "../services/services.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Run, RunState } from "../../src/model/run.ts";
import { clip, codeSpan } from "../../src/text/escape.ts";
import {
  type CheckAnnotation,
  type CheckState,
  createCheck,
  findCheck,
  type NewCheck,
  updateCheck,
} from "../../src/github/checks.ts";
import type { Remembered } from "../../src/github/remembered.ts";
import { retryWrite, writeOnce } from "./github/retry.ts";

/** Shows that the run has begun. A check that cannot be created now is created when the run has ended. */
export async function startCheck(services: Services, run: Run): Promise<void> {
  // What was asked on a page is no check of the commit.
  if (run.cause.by === "page") return;
  await writeOnce(services, run, "a check run", async () => {
    const known = checkId(services, run);
    if ((await known.get()) !== undefined) return;
    const { repository } = run.stack;
    const request = await services.github(repository);
    const check = checkOf(services, run);
    // A process that died during the run may have created it without remembering it.
    const found = run.attempts > 1 ? await findCheck(request, place(repository), check) : undefined;
    await known.set(
      found ?? (await createCheck(request, place(repository), check, { status: "in_progress" })),
    );
  });
}

/** How the run ended. */
export async function finishCheck(services: Services, run: Run): Promise<void> {
  await retryWrite(services, run, "a check run", async () => {
    const known = checkId(services, run);
    const { repository } = run.stack;
    const request = await services.github(repository);
    const check = checkOf(services, run);
    const end = endOf(run);
    const id = (await known.get()) ?? (await findCheck(request, place(repository), check));
    if (id !== undefined) return updateCheck(request, place(repository), id, end);
    // A run that never began (cancelled, refused while it waited) has nothing to end.
    if (run.startedAt === undefined) return;
    await known.set(await createCheck(request, place(repository), check, end));
  });
}

function checkId({ store }: Services, { id, stack }: Run): Remembered {
  return remembered(store, { repositoryId: stack.repository.id, kind: "check", key: id });
}

function checkOf(services: Services, run: Run): NewCheck {
  return { name: checkName(run), sha: run.sha, externalId: run.id, url: runUrl(services, run.id) };
}

const CONCLUSIONS: Readonly<Record<RunState, "success" | "failure" | "cancelled" | "neutral">> = {
  waiting: "failure",
  queued: "failure",
  running: "failure",
  succeeded: "success",
  failed: "failure",
  cancelled: "cancelled",
  overtaken: "neutral",
};

function endOf(run: Run): CheckState {
  return {
    status: "completed",
    conclusion: CONCLUSIONS[run.state],
    output: {
      title: `${checkName(run)}: ${run.state}`,
      summary: shortened(summaryOf(run), COMMENT_BYTES),
      ...annotationsOf(run),
    },
  };
}

/** GitHub refuses a check with more. */
const MOST_ANNOTATIONS = 500;

function annotationsOf({ error }: Run): { readonly annotations?: readonly CheckAnnotation[] } {
  const annotations = (error?.mistakes ?? []).flatMap(({ code: title, message, hint, at }) =>
    at === undefined
      ? []
      : [
          {
            path: at.file,
            line: at.line,
            title,
            message: clip(hint === undefined ? message : `${message}\n${hint}`, 4_000),
          },
        ],
  );
  return annotations.length === 0 ? {} : { annotations: annotations.slice(0, MOST_ANNOTATIONS) };
}

function checkName({ kind, stack }: Run): string {
  return `gatewright ${kind} ${stack.stage}${stack.directory === "." ? "" : ` ${stack.directory}`}`;
}

function summaryOf(run: Run): Markdown {
  if (run.error !== undefined) return errorAnswer([run.error]);
  if (run.kind === "plan" || run.kind === "drift") return run.plan === undefined ? md`` : planned(run.plan);
  const results = run.result?.results ?? [];
  const done = results.filter(({ outcome }) => outcome === "succeeded").length;
  const called = smokeLine(run.result);
  const smoke = called === undefined ? md`` : md` ${sentenceProse(sentence(called), { max: 400 })}`;
  return results.length === 0
    ? md`Nothing to apply.${smoke}`
    : md`${done} of ${results.length} changes completed.${smoke}`;
}

function planned({ id, counts }: Plan): Markdown {
  const { create, update, replace } = counts;
  return create + update + replace + counts.delete === 0
    ? md`No changes.`
    : md`Plan ${codeSpan(id, 20)}: ${create} to create, ${update} to update, ${replace} to replace, ${counts.delete} to delete.`;
}
