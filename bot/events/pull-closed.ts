/** Releases the locks taken with `/lock` on a pull request that was closed or merged. */
import type { RepositoryRef } from "../../src/model/repository.ts";
import type { Services } from "../services/services.ts";

export async function onPullClosed(
  services: Services,
  repository: RepositoryRef,
  pull: number,
): Promise<void> {
  for (const lock of await services.store.listLocks([repository.id])) {
    if (lock.pull === pull && lock.runId === undefined) await services.store.releaseLock(lock);
  }
}
