/**
 * Hidden lines of our comments, for programs. The first line says which comment is whose, so that it can be found and
 * edited in place, and what state it shows, so that nobody has to read the prose. Anybody can write such a line: it is a
 * label to look for together with the author, never input to a decision.
 */
import * as z from "zod";
import { byteLength } from "../../text/words.ts";

/** What a plan comment shows; absent in comments of older versions. */
export const PLAN_STATES = ["changes", "unchanged", "blocked", "failed", "applied"] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** What an apply comment shows; absent in comments of older versions. */
export const APPLY_STATES = [
  "queued",
  "running",
  "done",
  "nothing",
  "failed",
  "stopped",
  "refused",
  "cancelled",
] as const;
export type ApplyState = (typeof APPLY_STATES)[number];

/** How many of each kind (`create`, `redeploy` …); kinds without any are left out. */
const counts = z.record(z.string(), z.number().int().positive());

const planMarker = z.strictObject({
  version: z.literal(1),
  stage: z.string(),
  state: z.enum(PLAN_STATES).optional(),
  /** Planned changes. */
  counts: counts.optional(),
  stacks: z.array(
    z.strictObject({
      directory: z.string(),
      /** Absent when the stack could not be planned. */
      planId: z.string().optional(),
      headSha: z.string(),
    }),
  ),
  /** Stacks left out because there are too many. */
  more: z.number().int().positive().optional(),
});
export type PlanMarker = z.infer<typeof planMarker>;

const applyMarker = z.strictObject({
  version: z.literal(1),
  stage: z.string(),
  state: z.enum(APPLY_STATES).optional(),
  /** Changes that were carried out. */
  counts: counts.optional(),
  /** The run whose comment this is: it is edited while the run goes on. */
  run: z.string().optional(),
  headSha: z.string(),
  stacks: z.array(z.strictObject({ directory: z.string(), planId: z.string().optional() })),
  more: z.number().int().positive().optional(),
});
export type ApplyMarker = z.infer<typeof applyMarker>;

const LARGEST = 6_000;

/** `<!-- gatewright:plan {…} -->` */
export function planMarkerLine(marker: PlanMarker): string {
  return line("plan", marker);
}

/** `<!-- gatewright:apply {…} -->` */
export function applyMarkerLine(marker: ApplyMarker): string {
  return line("apply", marker);
}

/** The plan marker in the first line of a comment; `undefined` for anything that is not exactly one. */
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

function line<Marker extends WithStacks>(kind: "plan" | "apply", marker: Marker): string {
  let kept = marker.stacks.length;
  let text = hiddenLine(kind, marker);
  while (byteLength(text) > LARGEST && kept > 0) {
    kept = Math.floor(kept / 2);
    const more = marker.stacks.length - kept;
    text = hiddenLine(kind, { ...marker, stacks: marker.stacks.slice(0, kept), more });
  }
  return text;
}

/** Facts of a comment as a line that people do not see: `<!-- gatewright:status {…} -->`. `facts` is plain data. */
export function hiddenLine(kind: string, facts: unknown): string {
  // Inside JSON strings only: nothing there may end the comment, open an element or look like another marker.
  const json = JSON.stringify(facts)
    .replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/-(?=-)/g, "\\u002d");
  return `<!-- gatewright:${kind} ${json} -->`;
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
