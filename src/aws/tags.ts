/** The `gc-*` tags, which mark a resource as ours. GruCloud uses the same names, so its stacks are recognised too. */
import { createHash } from "node:crypto";
import type { StackFacts } from "../model/stack.ts";

type Tags = Readonly<Record<string, string>>;

/** Tools that write the same tags with the same meaning. */
const MANAGERS = new Set(["gatewright", "grucloud"]);

/** Which repository and directory a stack comes from: a project's name can be written by anybody. */
const SOURCE_TAG = "gc-source";
/** AWS accepts 256 characters (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html). */
const LONGEST_SOURCE = 200;

/**
 * The value of `gc-source`: `123456/apis/orders`, `123456/.` for the root. What a tag's value cannot hold is written as the bytes of its
 * UTF-8 form, `=28` for a bracket; the end of a long path as its digest.
 */
export function sourceOf(repositoryId: number, directory: string): string {
  const written = `${repositoryId}/${directory}`.replace(/[^\w .:/+@-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `=${byte.toString(16).padStart(2, "0")}`).join(""),
  );
  if (written.length <= LONGEST_SOURCE) return written;
  return `${written.slice(0, LONGEST_SOURCE - 33)}=${createHash("sha256").update(written).digest("hex").slice(0, 32)}`;
}

/** The directory of a repository's stack, as `gc-source` says it; undefined for another repository's, or one whose path was too long. */
export function directoryOf(repositoryId: number, source: string): string | undefined {
  const prefix = `${repositoryId}/`;
  if (!source.startsWith(prefix)) return undefined;
  const bytes = source
    .slice(prefix.length)
    .replaceAll("%", "%25")
    .replace(/=([0-9a-f]{2})/g, "%$1");
  try {
    const directory = decodeURIComponent(bytes);
    return sourceOf(repositoryId, directory) === source ? directory : undefined;
  } catch {
    return undefined;
  }
}

/** Keys that only we write. IAM does not tell upper from lower case in them. */
export function isOwnershipKey(key: string): boolean {
  return /^gc-/i.test(key);
}

type Ownership = Pick<StackFacts, "projectName" | "stage" | "source">;

export function ownershipTags(stack: Ownership): Record<string, string> {
  return {
    ...(stack.source === undefined ? {} : { [SOURCE_TAG]: stack.source }),
    "gc-managed-by": "gatewright",
    "gc-created-by-provider": "aws",
    "gc-project-name": stack.projectName,
    "gc-stage": stack.stage,
  };
}

/**
 * True if the tags name our project and stage, whichever of the two tools wrote them, and no other repository or directory. Where they
 * name none (GruCloud, a terminal, an older version), the next apply writes ours.
 */
export function isOurs(tags: Tags | undefined, stack: Ownership): boolean {
  if (tags === undefined) return false;
  return (
    MANAGERS.has(tags["gc-managed-by"] ?? "") &&
    tags["gc-project-name"] === stack.projectName &&
    tags["gc-stage"] === stack.stage &&
    (stack.source === undefined || (tags[SOURCE_TAG] ?? stack.source) === stack.source)
  );
}

/**
 * The other directory of the same repository that a resource of our project and stage comes from: the stack may have been moved. Undefined for
 * everybody else's, and for a path that was too long to be read.
 */
export function otherDirectory(tags: Tags | undefined, stack: Ownership): string | undefined {
  if (stack.source === undefined || isOurs(tags, stack) || !isOurs(tags, { ...stack, source: undefined }))
    return undefined;
  return directoryOf(Number(stack.source.split("/")[0]), tags?.[SOURCE_TAG] ?? "");
}

export interface Owner {
  readonly project: string;
  readonly stage: string;
}

/** The stack that manages a resource; undefined for one that was made by hand or by another tool. */
export function ownerOf(tags: Tags | undefined): Owner | undefined {
  const { "gc-project-name": project, "gc-stage": stage = "?", "gc-managed-by": manager = "" } = tags ?? {};
  return project === undefined || !MANAGERS.has(manager) ? undefined : { project, stage };
}

/** The owner, for messages: `it is tagged for project "shop", stage "dev"`. */
export function ownerText(tags: Tags | undefined): string {
  const project = tags?.["gc-project-name"];
  if (project === undefined) return "it has no gc-project-name tag";
  const source = tags?.[SOURCE_TAG];
  const from = source === undefined ? "" : `, from ${source} (repository id and directory)`;
  return `it is tagged for project "${project}", stage "${tags?.["gc-stage"] ?? "?"}"${from}`;
}

/**
 * The desired tags of a resource. One from a GruCloud stack keeps its manager's name, so that a migration does not change every
 * resource; a terminal keeps the source.
 */
export function desiredTags(user: Tags, stack: StackFacts, live: Tags | undefined): Record<string, string> {
  // A key with a reference is known only here.
  const others = Object.entries(user).filter(([key]) => !isOwnershipKey(key));
  const tags: Record<string, string> = { ...Object.fromEntries(others), ...ownershipTags(stack) };
  const source = live?.[SOURCE_TAG];
  if (stack.source === undefined && source !== undefined && isOurs(live, stack)) tags[SOURCE_TAG] = source;
  const manager = live?.["gc-managed-by"];
  if (manager === "grucloud" && isOurs(live, stack)) tags["gc-managed-by"] = manager;
  return tags;
}
