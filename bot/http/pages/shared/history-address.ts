/** The address of a stack's history: people have repository names, not ids. */
import type { StackRef } from "../../../../src/model/run.ts";
import { fullName } from "../../../../src/model/repository.ts";

type Stack = Pick<StackRef, "stage" | "directory"> & {
  readonly repository: Pick<StackRef["repository"], "owner" | "name">;
};

interface HistoryMore {
  /** Plans and drift checks, too. */
  readonly all?: boolean | undefined;
  /** A run's id: what was asked for before it. */
  readonly before?: string | undefined;
}

export const HISTORY_PATH = "/runs/history";

export function historyAddress(
  { repository, stage, directory }: Stack,
  { all, before }: HistoryMore = {},
): string {
  const query = new URLSearchParams({
    repository: fullName(repository),
    stage,
    directory,
    ...(all === true ? { show: "all" } : {}),
    ...(before === undefined ? {} : { before }),
  });
  return `${HISTORY_PATH}?${query.toString()}`;
}
