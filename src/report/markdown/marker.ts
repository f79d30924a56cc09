/**
 * The hidden first line of our comments. It says which comment is whose, so that it can be found and edited in place.
 * Anybody can write such a line: it is a label to look for together with the author, never input to a decision.
 */
import * as z from "zod";
import { byteLength } from "../../text/words.ts";

const planMarker = z.strictObject({
  version: z.literal(1),
  stage: z.string(),
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
  let text = comment(kind, marker);
  while (byteLength(text) > LARGEST && kept > 0) {
    kept = Math.floor(kept / 2);
    const more = marker.stacks.length - kept;
    text = comment(kind, { ...marker, stacks: marker.stacks.slice(0, kept), more });
  }
  return text;
}

function comment(kind: "plan" | "apply", marker: unknown): string {
  // Inside JSON strings only: nothing there may end the comment, open an element or look like another marker.
  const json = JSON.stringify(marker)
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
