/** A change of code in words: its sizes, and where built code comes from. A hash tells nobody anything; plan.json has it. Pure. */
import type { Change, ChangedFiles, ShownPropertyChange } from "../../model/plan.ts";
import { plural, sizeInWords } from "../../text/words.ts";

/** The property of a function that holds the hash of its code. */
export const CODE_HASH = "CodeSha256";

/** `code: 12.3 kB → 12.9 kB, from run 57 of build.yml, 2 files changed: handler.mjs +12 −4, lib.mjs new`; `code` where nothing is known. */
export function codeWords(
  { code, codeSize, codeFiles }: Pick<Change, "code" | "codeFiles" | "codeSize">,
  most = MOST_FILES,
): string {
  const { before, after = code?.bytes, files } = codeSize ?? {};
  const facts = [
    ...(after === undefined ? [] : [sizes(before, after)]),
    ...(files === undefined || codeFiles !== undefined ? [] : [plural(files, "file")]),
    ...(code === undefined ? [] : [`from ${code.from}`]),
    ...(codeFiles === undefined ? [] : [filesInWords(codeFiles, most)]),
  ];
  return facts.length === 0 ? "code" : `code: ${facts.join(", ")}`;
}

/** The property of a function that names its container image. */
export const CODE_IMAGE = "Code.ImageUri";

/** Of a digest: enough to tell it from others, as Docker shows it. */
function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1");
}

/** `image: tag v12 → sha256:ab12cd34ef56`, and what it takes the place of. */
export function imageWords(
  { digest, tag }: NonNullable<Change["image"]>,
  before?: ShownPropertyChange["before"],
): string {
  const now = shortDigest(digest);
  const old = typeof before === "string" ? /sha256:[0-9a-f]{64}$/.exec(before)?.[0] : undefined;
  const was = old === undefined || old === digest ? "" : `, was ${shortDigest(old)}`;
  return `image: ${tag === undefined ? now : `tag ${tag} → ${now}`}${was}`;
}

/** What a property says that holds code; undefined for another one. */
export function codePropertyWords(
  { path, before }: Pick<ShownPropertyChange, "path" | "before">,
  change: Change,
): string | undefined {
  if (path === CODE_HASH) return codeWords(change);
  return path === CODE_IMAGE && change.image !== undefined ? imageWords(change.image, before) : undefined;
}

const MOST_FILES = 3;

/** `2 files changed: handler.mjs +12 −4, lib.mjs new` */
function filesInWords({ changed, of, files }: ChangedFiles, most: number): string {
  if (changed === 0) return `the same ${plural(of, "file")}, zipped in another way`;
  const named = files.slice(0, most).map(({ path, change, added, removed }) => {
    if (change !== "changed") return `${path} ${change === "added" ? "new" : "gone"}`;
    return added === undefined || removed === undefined ? path : `${path} +${added} −${removed}`;
  });
  const rest = changed - named.length;
  return `${plural(changed, "file")} changed: ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join(", ")}`;
}

function sizes(before: number | undefined, after: number): string {
  if (before === undefined) return sizeInWords(after);
  return before === after
    ? `${sizeInWords(after)} as before`
    : `${sizeInWords(before)} → ${sizeInWords(after)}`;
}
