/** Links in Markdown. Only to the server and repository of the origin, and to checked https addresses. */
import type { SourceLocation } from "../../model/errors.ts";
import { codeSpan, wrappingCode } from "../../text/escape.ts";
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

/** The address, if it is safe in a Markdown link: http(s), without characters that end the link. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  return href.replace(/[()|<>"'`\\*_[\]]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function base(origin: Origin): string | undefined {
  const server = safeUrl(origin.serverUrl)?.replace(/\/$/, "");
  return server === undefined ? undefined : `${server}/${encoded(origin.repository)}`;
}

/** `[text](url)`, or only the text if the address is not safe. `text` is already escaped Markdown. */
export function link(text: string, url: string | undefined): string {
  const safe = safeUrl(url);
  return safe === undefined ? text : `[${text}](${safe})`;
}

/** A linked code span. Not linked if it contains brackets or backslashes: some parsers interpret them even in code. */
export function codeLink(text: string, url: string | undefined, max = 160): string {
  const code = codeSpan(text, max);
  return /[[\]\\`]/.test(text) || !code.startsWith("`") ? code : link(code, url);
}

/** The commit's first seven digits, linked. */
export function shaLink(origin: Origin): string {
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
export function sourceLink(origin: Origin, at: SourceLocation): string {
  return codeLink(`${at.file}:${at.line}`, sourceUrl(origin, at));
}

/** A link to a user's profile: unlike a mention, it notifies nobody. */
export function personLink(origin: Origin, login: string): string {
  const server = safeUrl(origin.serverUrl)?.replace(/\/$/, "");
  const plain = /^[A-Za-z0-9-]{1,39}$/.test(login);
  if (server === undefined || !plain) return codeSpan(login);
  return `[@${login}](${server}/${login})`;
}

const AWS_ADDRESS =
  /^https:\/\/[a-z0-9.-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|on\.aws)(?:\/[a-zA-Z0-9$./-]*)?$/;

/** Links addresses on AWS's own hosts; formats any other text as code. */
export function addressLink(value: string): string {
  return AWS_ADDRESS.test(value) ? `<${value}>` : codeSpan(value, 300);
}

/** The same in a cell of a table, where it may wrap. */
export function addressInCell(value: string): string {
  const code = wrappingCode(value, 300);
  return AWS_ADDRESS.test(value) ? link(code, value) : code;
}

/** What a title is about: the stage, and the directory of a single stack below the root. */
export function placeOf({
  stage,
  stacks,
}: {
  readonly stage: string;
  readonly stacks: readonly { readonly directory: string }[];
}): string {
  const [only, another] = stacks;
  if (only === undefined || another !== undefined || only.directory === ".") return codeSpan(stage, 80);
  return `${codeSpan(only.directory, 120)} in ${codeSpan(stage, 80)}`;
}
