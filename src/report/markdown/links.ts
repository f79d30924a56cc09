/** Links to the server and repository of the origin. */
import type { SourceLocation } from "../../model/errors.ts";
import { codeSpan } from "../../text/escape.ts";
import { codeLink, profileLink, safeUrl } from "../../text/link.ts";
import { md, type Markdown } from "../../text/markdown.ts";
import type { Origin } from "../report.ts";

/** Percent-encodes characters that would end a Markdown link or a table cell. */
function encoded(path: string): string {
  return path
    .split("/")
    .map((segment) =>
      encodeURIComponent(segment.toWellFormed()).replace(
        /[()!'*~_]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}

function base(origin: Origin): string | undefined {
  const server = safeUrl(origin.serverUrl)?.replace(/\/$/, "");
  return server === undefined ? undefined : `${server}/${encoded(origin.repository)}`;
}

/** The commit's first seven digits, linked. */
export function shaLink(origin: Origin): Markdown {
  const root = base(origin);
  const url = root === undefined ? undefined : `${root}/commit/${encoded(origin.headSha)}`;
  return codeLink(origin.headSha.slice(0, 7), url);
}

/** The URL of a place in the spec, at the planned commit. */
export function sourceUrl(origin: Origin, at: SourceLocation): string | undefined {
  const root = base(origin);
  return root === undefined
    ? undefined
    : `${root}/blob/${encoded(origin.headSha)}/${encoded(at.file)}#L${at.line}`;
}

/** `resources.js:12`, linked to the line. */
export function sourceLink(origin: Origin, at: SourceLocation): Markdown {
  return codeLink(`${at.file}:${at.line}`, sourceUrl(origin, at));
}

/** A link to the profile of a user of the origin's server. */
export function personLink(origin: Origin, login: string): Markdown {
  return profileLink(origin.serverUrl, login);
}

/** What a title is about: the stage, and the directory of a single stack below the root. */
export function placeOf({
  stage,
  stacks,
}: {
  readonly stage: string;
  readonly stacks: readonly { readonly directory: string }[];
}): Markdown {
  const [only, another] = stacks;
  if (only === undefined || another !== undefined || only.directory === ".") return codeSpan(stage, 80);
  return md`${codeSpan(only.directory, 120)} in ${codeSpan(stage, 80)}`;
}
