/** A pull request was opened, reopened or got new commits: its head gets the check `gatewright`. */
import type { RepositoryRef } from "../../src/model/repository.ts";
import { readPull } from "../gates/facts/pull.ts";
import { reportHead } from "../reports/head-standing.ts";
import type { Services } from "../services/services.ts";

export async function onPullHead(services: Services, repository: RepositoryRef, pull: number): Promise<void> {
  // The payload may be old: by now there may be another head.
  const { state, headSha, baseSha } = await readPull(await services.github(repository), repository, pull);
  if (state === "open") await reportHead(services, repository, { pull, sha: headSha, baseSha });
}
