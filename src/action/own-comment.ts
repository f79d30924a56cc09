/** Which plan comment belongs to this job, and whether it may show this job's plan. */
import type { Aws } from "../aws/aws.ts";
import { identify } from "../aws/identity.ts";
import type { GitHub } from "../github/client.ts";
import { isBehind, type RunFacts } from "../github/pull-request.ts";
import { isPlanned, type PlanJob, type PlanReport, type StackPlan } from "../report/report.ts";
import { parseMarker } from "../report/markdown/marker.ts";
import type { Job } from "./stage-settings.ts";

/** What tells this job from the others of a matrix: whatever decides where and what a stage's stack is. */
export async function jobOf(
  { region, spec, projectName }: Pick<Job, "region" | "spec" | "projectName">,
  stacks: readonly StackPlan[],
  aws: Aws,
): Promise<PlanJob> {
  const planned = stacks.find(isPlanned)?.plan.stack;
  // Without a plan AWS may not have been asked yet, or refuses the credentials.
  const { account } = planned ?? (await identify(aws).catch(() => ({ account: undefined })));
  return {
    region,
    ...(account === undefined ? {} : { account }),
    ...(spec === undefined ? {} : { spec }),
    ...(projectName === undefined ? {} : { project: projectName }),
  };
}

interface Ownership {
  /** Our comment, or one that names no job: an older version's, or the bot's where both are one App. */
  readonly isOurs: (body: string) => boolean;
  /** Certainly this job's. */
  readonly isExactly: (body: string) => boolean;
}

/**
 * Our comment is the one for the same stage and job that shares a stack with this report. So jobs that plan different stacks of
 * one stage each keep their own comment, and a stack that joins or leaves a glob does not create a new one.
 */
export function ownership({ stage, stacks, job }: PlanReport): Ownership {
  const directories = new Set(stacks.map(({ directory }) => directory));
  const markerOf = (body: string) => {
    const marker = parseMarker(body);
    const isHere =
      marker?.stage === stage && marker.stacks.some(({ directory }) => directories.has(directory));
    return isHere && !body.includes("<!-- gatewright:destroy-plan ") ? marker : undefined;
  };
  return {
    isOurs: (body) => {
      const marker = markerOf(body);
      return (
        marker !== undefined && (marker.job === undefined || job === undefined || isSame(marker.job, job))
      );
    },
    isExactly: (body) => {
      const theirs = markerOf(body)?.job;
      return job?.account !== undefined && theirs?.account !== undefined && isSame(theirs, job);
    },
  };
}

/** The account is unknown while nothing can be planned: then it tells nothing apart. */
function isSame(one: PlanJob, other: PlanJob): boolean {
  const accounts = new Set([one.account, other.account].filter((account) => account !== undefined));
  return (
    one.region === other.region &&
    one.spec === other.spec &&
    one.project === other.project &&
    accounts.size < 2
  );
}

/**
 * A plan that includes an older commit of the base branch does not replace a newer one of the same head: somebody ran an
 * old job again. What cannot be compared may be replaced.
 */
export async function mayReplace(
  github: GitHub,
  run: RunFacts,
  { origin, baseSha }: PlanReport,
  shown: string,
): Promise<boolean> {
  const marker = parseMarker(shown);
  const isSameHead = marker?.stacks.every(({ headSha }) => headSha === origin.headSha) === true;
  if (!isSameHead || marker.baseSha === undefined || baseSha === undefined) return true;
  return !(await isBehind(github, run, baseSha, marker.baseSha));
}
