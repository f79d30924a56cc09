/** A pull request was closed, merged or reopened: what it locked and held follows. */
import { holdsOfPull } from "../gates/facts/left.ts";
import { readPull } from "../gates/facts/pull.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";
import { reportLeftBehind } from "./left-behind.ts";
import type { Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";

/** Inside a workflow nothing is kept: what the pull request applied is said, as GitHub's deployments have it. */
async function onPullClosedInJob(
  services: Services,
  repository: RepositoryRef,
  number: number,
): Promise<void> {
  const request = await services.github(repository);
  const pull = await readPull(request, repository, number);
  if (pull.state === "open" || pull.merged) return;
  const { settings } = await loadSettings(services, repository);
  const holds = await holdsOfPull({ services, request, repository, settings }, pull);
  if (holds.length > 0) await reportLeftBehind(services, repository, number, holds);
}

/** Releases the locks taken with `/lock` on the pull request, and ends its holds. */
export async function onPullClosed(
  services: Services,
  repository: RepositoryRef,
  pull: number,
): Promise<void> {
  if (!services.keepsRecords) return onPullClosedInJob(services, repository, pull);
  const locks = (await services.store.listLocks([repository.id])).filter(
    (lock) => lock.pull === pull && lock.runId === undefined,
  );
  const holds = (await services.store.listHolds([repository.id])).filter(
    (hold) => hold.pull === pull && hold.rollback !== true,
  );
  if (locks.length + holds.length === 0) return;
  const { state, merged } = await readPull(await services.github(repository), repository, pull);
  // The news came late: it was opened again, and may be locked since.
  if (state === "open") return;
  for (const lock of locks) await services.store.releaseLock(lock);
  // Said first: after a crash in between, the delivery comes again and finds the holds.
  if (!merged) await reportLeftBehind(services, repository, pull, holds);
  for (const hold of holds) await services.store.endHold(hold, merged ? "over" : "closed");
}

/** What a closed pull request applied is still there: open again, it holds the stack again. */
export async function onPullReopened(
  services: Services,
  repository: RepositoryRef,
  pull: number,
): Promise<void> {
  const left = (await services.store.listHolds([repository.id])).filter(
    (hold) => hold.pull === pull && hold.closedAt !== undefined,
  );
  if (left.length === 0) return;
  const { state } = await readPull(await services.github(repository), repository, pull);
  if (state !== "open") return;
  for (const { stack, login, sha } of left) await services.store.takeHold({ stack, pull, login, sha });
}
