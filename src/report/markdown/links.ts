/** Links in Markdown. Only to the server and repository of the origin, and to checked https addresses. */
import type { SourceLocation } from "../../model/errors.ts";
import { codeSpan } from "../../text/escape.ts";
import type { Origin } from "../report.ts";

/** Percent-encoded so that nothing in it ends a Markdown link or a table cell. */
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

/** An address that may stand in a Markdown link: http(s), nothing that ends the link. */
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

/** `[text](url)`, or only the text when the address is not one. `text` is finished Markdown. */
export function link(text: string, url: string | undefined): string {
  const safe = safeUrl(url);
  return safe === undefined ? text : `[${text}](${safe})`;
}

/** Text as code, linked where that is safe: some parsers look for brackets and backslashes inside code, too. */
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

/** The page of a place in the spec, at the planned commit. */
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

/** A person: linked, so that the name shows without notifying anybody. */
export function personLink(origin: Origin, login: string): string {
  const server = safeUrl(origin.serverUrl)?.replace(/\/$/, "");
  const plain = /^[A-Za-z0-9-]{1,39}$/.test(login);
  if (server === undefined || !plain) return codeSpan(login);
  return `[@${login}](${server}/${login})`;
}

const AWS_ADDRESS =
  /^https:\/\/[a-z0-9.-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|on\.aws)(?:\/[a-zA-Z0-9$./-]*)?$/;

/** An address of AWS's own hosts, clickable; anything else as code. */
export function addressLink(value: string): string {
  return AWS_ADDRESS.test(value) ? `<${value}>` : codeSpan(value, 300);
}
