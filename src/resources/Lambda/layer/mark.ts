/**
 * Whose a layer version is. AWS takes no tags on layers, so the tags that every other resource has stand at the end of the
 * version's description: `Fonts [gc-managed-by=gatewright gc-project-name=shop gc-stage=dev]`.
 */
import { ownershipTags } from "../../../aws/tags.ts";
import { fail } from "../../../model/errors.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { CODE_TAG } from "../function/state.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
const LONGEST = 256;
const MARK = /(?:^| )\[(gc-[\w-]+=[^\s\]]*(?: gc-[\w-]+=[^\s\]]*)*)\]$/;

/** The description of a layer as AWS gets it. `code`: where the content is, for content that AWS does not show again. */
export function withMark(
  name: string,
  description: string,
  { stack, code }: { readonly stack: StackFacts; readonly code: string },
): string {
  const { "gc-created-by-provider": _same, ...owner } = ownershipTags(stack);
  const notes = Object.entries(code === "" ? owner : { ...owner, [CODE_TAG]: code });
  const mark = `[${notes.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join(" ")}]`;
  const whole = description === "" ? mark : `${description} ${mark}`;
  if (whole.length <= LONGEST) return whole;
  return fail(
    "PROPERTY_INVALID",
    `layer ${name}: Description has ${description.length} characters; accepted: at most ${LONGEST - mark.length - 1}`,
    { hint: `Shorten it: Lambda takes ${LONGEST}, of which ${mark.length + 1} say whose the layer is.` },
  );
}

/** The description without the mark, and what the mark says in the form of tags. */
export function readMark(text: string): {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
} {
  const [whole, inside = ""] = MARK.exec(text) ?? [];
  if (whole === undefined) return { description: text, tags: {} };
  const notes = inside.split(" ").map((note) => {
    const [key = "", value = ""] = note.split("=");
    return [key, decoded(value)] as const;
  });
  return { description: text.slice(0, text.length - whole.length), tags: Object.fromEntries(notes) };
}

/** Anybody can write a description: what is not an encoded value is taken as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
