/** What is said of a preview: its address first, how long it lives, and how to be rid of it. */
import { md, type Markdown } from "../../../src/text/markdown.ts";
import type { ApplyReport } from "../../../src/report/apply-report.ts";
import { webAddress } from "../../../src/report/outputs.ts";
import type { PreviewWhy, Run, RunRequest } from "../../../src/model/run.ts";
import type { Services } from "../../services/services.ts";

/** Whether something newer is wanted of the preview: the comment is that one's, and so are the deployments. */
export async function isSuperseded(
  { store }: Pick<Services, "store">,
  run: Pick<RunRequest, "cause" | "stack">,
): Promise<boolean> {
  const { cause, stack } = run;
  if (cause.by !== "preview") return false;
  return (await store.previewOf(stack.repository.id, cause.pull))?.version !== cause.version;
}

/** What a preview's comment has besides the report of its runs; undefined for other runs. */
export async function previewView(
  { store }: Pick<Services, "store">,
  run: RunRequest,
  runs: readonly Run[] = [],
): Promise<ApplyReport["preview"]> {
  const { cause, stack, kind } = run;
  if (cause.by !== "preview") return undefined;
  const known = await store.previewOf(stack.repository.id, cause.pull);
  const address =
    kind === "destroy" ? undefined : ((await addressOf(runs)) ?? (await lastAddress({ store }, stack)));
  return {
    pull: cause.pull,
    address,
    ...(kind === "destroy" ? { ended: ENDED[cause.why] ?? md`` } : { until: known?.expiresAt }),
  };
}

const ENDED: Partial<Readonly<Record<PreviewWhy, Markdown>>> = {
  off: md`\`/preview off\``,
  unlabeled: md`its label was taken off`,
  closed: md`the pull request was closed`,
  merged: md`the pull request was merged`,
  expired: md`its time was over: \`/preview\` makes it again`,
  unconfigured: md`the settings have no previews any more`,
  leftover: md`nobody knew it any more`,
};

function addressOf(runs: readonly Run[]): string | undefined {
  return runs.flatMap(({ result }) => (result === undefined ? [] : (webAddress(result.outputs) ?? [])))[0];
}

/** While it is updated, what was there before still answers. */
async function lastAddress(
  { store }: Pick<Services, "store">,
  stack: Run["stack"],
): Promise<string | undefined> {
  const runs = await store.listRuns({ stack, states: ["succeeded"], limit: 20 });
  const newest = runs[0];
  if (newest?.kind !== "apply" || newest.goneFrom !== undefined) return undefined;
  const run = await store.getRun(newest.id);
  return run === undefined ? undefined : addressOf([run]);
}
