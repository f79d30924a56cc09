/** One run of the Action: inputs → stacks → plans → summary, comment, annotations, outputs, exit code. */
import { type ConnectedAws, connectAws } from "../aws/connect.ts";
import { userErrors } from "../model/errors.ts";
import { givenRoot } from "../github/attestation/given-root.ts";
import { trustedRoots } from "../github/attestation/trusted-roots.ts";
import { connectGitHub, type GitHub } from "../github/client.ts";
import { changedPolicyFiles, includedBase, readRun, type RunFacts } from "../github/pull-request.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { outputsOf, writeOutputs } from "./outputs.ts";
import { isPlanned, type PlanReport } from "../report/report.ts";
import { jobOf } from "./own-comment.ts";
import { planStacks } from "./plan-stacks.ts";
import { annotate, failJob, writeLog, writeSummary } from "./publish.ts";
import { publishComment } from "./publish-comment.ts";
import { logBug, type Workflow } from "./log.ts";
import { writePlanFiles } from "./plan-files.ts";
import { refuseCheckout } from "./refuse-checkout.ts";
import { buildFileOf } from "../settings/values.ts";
import { jobSettings } from "./stage-settings.ts";
import { failures } from "./verdict.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the Action. Never throws: errors become annotations and exit code 1. */
export async function runAction(env: Environment): Promise<void> {
  const workflow = await import("@actions/core");
  try {
    await act(env, workflow);
  } catch (error) {
    const known = userErrors(error);
    if (known === undefined) {
      logBug(workflow, error);
      workflow.setFailed("This is a bug in Gatewright: please report it with the lines above.");
    } else {
      annotate(workflow, known);
      process.exitCode = 1;
    }
  }
}

async function act(env: Environment, workflow: Workflow): Promise<void> {
  const started = Date.now();
  const inputs = readInputs(env);
  for (const secret of [inputs.token, env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN]) {
    if (secret) workflow.setSecret(secret);
  }
  const run = readRun(env, process.cwd());
  refuseCheckout(run, inputs);
  const github =
    inputs.token === undefined ? undefined : connectGitHub({ token: inputs.token, apiUrl: run.apiUrl });
  const job = await jobSettings({ inputs, run, github, workflow });
  const aws: ConnectedAws = connectAws({ region: job.region });
  const [stacks, policyFiles, baseSha] = await Promise.all([
    planStacks({
      job,
      run,
      github,
      aws,
      workflow,
      trustedRoots: trustedRoots({ given: givenRoot(env.GATEWRIGHT_TRUSTED_ROOT) }),
    }),
    policyFilesOf(github, run),
    github === undefined ? run.baseSha : includedBase(github, run),
  ]);
  const report: PlanReport = {
    stage: inputs.stage,
    stacks,
    job: await jobOf(job, stacks, aws),
    baseSha,
    policyFiles,
    buildFile: buildFileOf(job),
    origin: {
      serverUrl: run.serverUrl,
      repository: `${run.owner}/${run.repo}`,
      headSha: run.sha,
      runUrl: run.runUrl,
      durationMs: Date.now() - started,
    },
  };
  await publish({ env, workflow, inputs, run, github, report });
}

/** Unknown without a token; outside a pull request there is nobody to warn. */
async function policyFilesOf(
  github: GitHub | undefined,
  run: RunFacts,
): Promise<readonly string[] | undefined> {
  if (github === undefined || run.pullRequest === undefined) return undefined;
  return changedPolicyFiles(github.request, run, run.pullRequest.number);
}

interface Publication {
  readonly env: Environment;
  readonly workflow: Workflow;
  readonly inputs: Inputs;
  readonly run: RunFacts;
  readonly github: GitHub | undefined;
  readonly report: PlanReport;
}

/** Reports everything before it throws the error of a comment that could not be written. */
async function publish({ env, workflow, inputs, run, github, report }: Publication): Promise<void> {
  const { stacks } = report;
  const plans = stacks.flatMap((stack) => (isPlanned(stack) ? [stack.plan] : []));
  const reasons = failures(stacks, inputs.failOn);
  writeLog(workflow, report, reasons);
  await writeSummary(workflow, env, report);
  const file = inputs.planFile ?? `${env.RUNNER_TEMP || "."}/gatewright-plan.json`;
  const planFiles = writePlanFiles(file, plans, stacks.length > 1);
  const comment = await publishComment({ workflow, github, run, mode: inputs.comment, report });
  writeOutputs(
    outputsOf({ plans, several: stacks.length > 1, commentUrl: comment.url, planFiles }),
    workflow.setOutput,
  );
  if (comment.error !== undefined) throw comment.error;
  if (reasons.length > 0) failJob(workflow, reasons);
}
