/** The check run of a run, so that a pull request shows it beside the others: one per run, whatever got lost on the way. */
import { errorAnswer } from "./reply.ts";
import { place } from "../../src/model/repository.ts";
import type { Remembered } from "../../src/github/remembered.ts";
import { remembered } from "../services/posted.ts";
import { runUrl, type Services } from "../services/services.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Run } from "../../src/model/run.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, number, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { retryWrite, writeOnce } from "./github-retry.ts";

const checkOf = ({ store }: Services, run: Run): Remembered =>
  remembered(store, { repositoryId: run.stack.repository.id, kind: "check", key: run.id });

/** Shows that the run has begun. A check that cannot be made now is made when the run has ended. */
export async function startCheck(services: Services, run: Run): Promise<void> {
  await writeOnce(services, run, "a check run", async () => {
    if ((await checkOf(services, run).get()) !== undefined) return;
    const request = await services.github(run.stack.repository);
    // A process that died under the run may have made it and not have come to remember it.
    const known = run.attempts > 1 ? await findCheck(request, run) : undefined;
    const id = known ?? (await createCheck(services, request, run, { status: "in_progress" }));
    await checkOf(services, run).set(id);
  });
}

/** How the run ended. */
export async function finishCheck(services: Services, run: Run): Promise<void> {
  await retryWrite(services, run, "a check run", async () => {
    const request = await services.github(run.stack.repository);
    const end = {
      status: "completed",
      conclusion: run.state === "succeeded" ? "success" : run.state === "cancelled" ? "cancelled" : "failure",
      output: { title: `${checkName(run)}: ${run.state}`, summary: summaryOf(run) },
    };
    const id = (await checkOf(services, run).get()) ?? (await findCheck(request, run));
    if (id === undefined) {
      // A run that never began (cancelled, refused while it waited) has nothing to end.
      if (run.startedAt === undefined) return;
      await checkOf(services, run).set(await createCheck(services, request, run, end));
      return;
    }
    await request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...place(run.stack.repository),
      check_run_id: id,
      ...end,
    });
  });
}

async function createCheck(
  services: Services,
  request: GitHubRequest,
  run: Run,
  state: Readonly<Record<string, unknown>>,
): Promise<number> {
  const url = runUrl(services, run.id);
  const { data } = await request("POST /repos/{owner}/{repo}/check-runs", {
    ...place(run.stack.repository),
    name: checkName(run),
    head_sha: run.sha,
    external_id: run.id,
    ...(url === undefined ? {} : { details_url: url }),
    ...state,
  });
  return number(at(data, "id"));
}

async function findCheck(request: GitHubRequest, run: Run): Promise<number | undefined> {
  const checks = await allPages(
    request,
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    { ...place(run.stack.repository), ref: run.sha, check_name: checkName(run), filter: "all" },
    (data) => at(data, "check_runs"),
  );
  const found = checks.find((check) => text(at(check, "external_id")) === run.id);
  return found === undefined ? undefined : number(at(found, "id"));
}

function checkName({ kind, stack }: Run): string {
  return `gatewright ${kind} ${stack.stage}${stack.directory === "." ? "" : ` ${stack.directory}`}`;
}

function summaryOf(run: Run): string {
  if (run.error !== undefined) return errorAnswer([run.error]);
  if (run.kind === "plan" || run.kind === "drift") return run.plan === undefined ? "" : planned(run.plan);
  const results = run.result?.results ?? [];
  const done = results.filter(({ outcome }) => outcome === "succeeded").length;
  return results.length === 0
    ? "Nothing to apply."
    : `${done} of ${results.length} changes were carried out.`;
}

function planned({ id, counts }: Plan): string {
  const { create, update, replace } = counts;
  return create + update + replace + counts.delete === 0
    ? "No changes."
    : `Plan ${id}: ${create} to create, ${update} to update, ${replace} to replace, ${counts.delete} to delete.`;
}
