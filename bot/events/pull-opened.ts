/** A pull request was opened, reopened or got new commits: its head gets the check `gatewright`. */
import type { RepositoryRef } from "../../src/model/repository.ts";
import { type Head, reportHead } from "../reports/head-standing.ts";
import type { Services } from "../services/services.ts";

export interface PullHead extends Head {
  readonly repository: RepositoryRef;
}

/** The payload may be old: then it is an earlier head that gets its check, which does no harm. */
export async function onPullHead(services: Services, { repository, ...head }: PullHead): Promise<void> {
  await reportHead(services, repository, head);
}
