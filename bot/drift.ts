/** Drift: one issue per stack, opened when AWS and the default branch differ, updated, closed when they agree again. */
import { hasChanges, type Plan, planComment } from "../src/index.ts";
import { at, list, number, type Request, text } from "./github/api.ts";
import { place, type Services } from "./services.ts";
import { type RepositoryRef, type Run, stackKey } from "./types.ts";

export async function defaultHead(request: Request, repository: RepositoryRef): Promise<string> {
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{ref}", {
    ...place(repository),
    ref: repository.defaultBranch,
  });
  return text(at(data, "sha"));
}

const EVERY: Readonly<Record<string, number>> = { hourly: 3_600_000, daily: 86_400_000, weekly: 604_800_000 };

/** True when a stage's schedule says that a stack is due. Pure. */
export function isDue(schedule: string, last: number | undefined, now: number): boolean {
  const every = EVERY[schedule];
  return every !== undefined && (last === undefined || now - last >= every);
}

/** Tells the outcome of a drift run in the stack's issue. */
export async function reportDrift(services: Services, run: Run, plan: Plan): Promise<void> {
  const { repository, stage, directory } = run.stack;
  const request = await services.github(repository);
  const label = `gatewright drift ${stackKey(run.stack)}`;
  const title = `Drift in ${stage}${directory === "." ? "" : ` (${directory})`}: AWS differs from ${repository.defaultBranch}`;
  const note = `drift-issue/${stackKey(run.stack)}`;
  const known = await services.store.getNote(note);
  const open =
    known === undefined ? await findIssue(request, repository, services.appSlug, label) : Number(known);
  if (!hasChanges(plan)) {
    if (open === undefined) return;
    await request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
      ...place(repository),
      issue_number: open,
      state: "closed",
      state_reason: "completed",
    });
    await services.store.deleteNote(note);
    return;
  }
  const body = `${planComment({
    stage,
    stacks: [{ directory, plan }],
    origin: {
      serverUrl: services.serverUrl,
      repository: `${repository.owner}/${repository.name}`,
      headSha: run.sha,
    },
  })}\n<!-- ${label} -->`;
  if (open === undefined) {
    const { data } = await request("POST /repos/{owner}/{repo}/issues", {
      ...place(repository),
      title,
      body,
    });
    await services.store.setNote(note, String(number(at(data, "number"))));
    return;
  }
  await request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    ...place(repository),
    issue_number: open,
    title,
    body,
    state: "open",
  });
  await services.store.setNote(note, String(open));
}

/** An issue of ours whose memory was lost (a crash between making and remembering). */
async function findIssue(
  request: Request,
  repository: RepositoryRef,
  appSlug: string,
  label: string,
): Promise<number | undefined> {
  const { data } = await request("GET /repos/{owner}/{repo}/issues", {
    ...place(repository),
    creator: `${appSlug}[bot]`,
    state: "open",
    per_page: 100,
  });
  const found = list(data).find((issue) => text(at(issue, "body")).includes(`<!-- ${label} -->`));
  return found === undefined ? undefined : number(at(found, "number"));
}
