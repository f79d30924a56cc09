/**
 * The hidden, machine-readable lines of plan and apply comments. The first line identifies the comment, so that we can find and edit it,
 * and gives its state, so that programs need not parse the prose. Anybody can write such a line: search for it together
 * with the author, and never base a decision on it.
 */
import { hiddenLine } from "../../text/hidden.ts";
import type { Markdown } from "../../text/markdown.ts";
import * as z from "zod";
import { byteLength } from "../../text/words.ts";

/** The state of a plan comment; missing in comments from older versions. */
const PLAN_STATES = ["changes", "unchanged", "blocked", "failed", "applied"] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** The state of an apply comment; missing in comments from older versions. */
const APPLY_STATES = [
  "queued",
  "running",
  "done",
  "nothing",
  "failed",
  "stopped",
  "refused",
  "cancelled",
  "overtaken",
] as const;
export type ApplyState = (typeof APPLY_STATES)[number];

/** The number of changes of each kind (`create`, `redeploy` …), without zeros. */
const counts = z.record(z.string(), z.number().int().positive());

/** What tells the jobs of one stage apart, a matrix over regions for one. `spec` and `project` are the inputs, where set. */
const job = z.strictObject({
  region: z.string(),
  account: z.string().optional(),
  spec: z.string().optional(),
  project: z.string().optional(),
});

const planMarker = z.strictObject({
  version: z.literal(1),
  stage: z.string(),
  state: z.enum(PLAN_STATES).optional(),
  /** Planned changes. */
  counts: counts.optional(),
  /** The job of the Action that wrote it; missing in the bot's comments and in those from older versions. */
  job: job.optional(),
  /** The commit of the base branch that the plan includes. */
  baseSha: z.string().optional(),
  stacks: z.array(
    z.strictObject({
      directory: z.string(),
      /** Missing if planning failed. */
      planId: z.string().optional(),
      /** All of the plan's digest: its id alone does not say what is in it. Missing in comments from older versions. */
      digest: z.string().optional(),
      /** A digest of what the plan shows that it does. */
      seen: z.string().optional(),
      headSha: z.string(),
    }),
  ),
  /** The number of stacks left out because there are too many. */
  more: z.number().int().positive().optional(),
});
export type PlanMarker = z.infer<typeof planMarker>;

const applyMarker = z.strictObject({
  version: z.literal(1),
  stage: z.string(),
  state: z.enum(APPLY_STATES).optional(),
  /** Completed changes. */
  counts: counts.optional(),
  /** The id of the comment's run, which edits it during the apply. */
  run: z.string().optional(),
  headSha: z.string(),
  stacks: z.array(z.strictObject({ directory: z.string(), planId: z.string().optional() })),
  more: z.number().int().positive().optional(),
});
export type ApplyMarker = z.infer<typeof applyMarker>;

const LARGEST = 9_000;

/** `<!-- gatewright:plan {…} -->` */
export function planMarkerLine(marker: PlanMarker): Markdown {
  return line("plan", marker);
}

/** `<!-- gatewright:apply {…} -->` */
export function applyMarkerLine(marker: ApplyMarker): Markdown {
  return line("apply", marker);
}

/** The plan marker in the first line of a comment; `undefined` if the line is not a valid marker. */
export function parseMarker(body: string): PlanMarker | undefined {
  return parse("plan", body, planMarker);
}

/** The same for an apply comment. */
export function parseApplyMarker(body: string): ApplyMarker | undefined {
  return parse("apply", body, applyMarker);
}

interface WithStacks {
  readonly stacks: readonly { readonly directory: string }[];
}

function line<Marker extends WithStacks>(kind: "plan" | "apply", marker: Marker): Markdown {
  let kept = marker.stacks.length;
  let text = hiddenLine(kind, marker);
  while (byteLength(text) > LARGEST && kept > 0) {
    kept = Math.floor(kept / 2);
    const more = marker.stacks.length - kept;
    text = hiddenLine(kind, { ...marker, stacks: marker.stacks.slice(0, kept), more });
  }
  return text;
}

function parse<Marker>(kind: "plan" | "apply", body: string, schema: z.ZodType<Marker>): Marker | undefined {
  const first =
    body
      .slice(0, LARGEST + 200)
      .split("\n", 1)[0]
      ?.replace(/\r$/, "") ?? "";
  const opening = `<!-- gatewright:${kind} `;
  if (!first.startsWith(opening) || !first.endsWith(" -->")) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(first.slice(opening.length, -" -->".length)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
