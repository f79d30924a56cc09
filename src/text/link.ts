/** Links and mentions in Markdown. An address is checked and encoded here; what is not safe stays text. */
import { codeSpan, wrappingCode } from "./escape.ts";
import { type Markdown, safely } from "./markdown.ts";
import { shortSha } from "./sha.ts";

/** The address, if it is safe in a Markdown link: http(s), without characters that end the link. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  return href.replace(/[()|<>"'`\\*_[\]]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `[text](url)`, or only the text if the address is not safe. */
export function link(text: Markdown, url: string | undefined): Markdown {
  const safe = safeUrl(url);
  return safe === undefined ? text : safely(`[${text}](${safe})`);
}

/** A linked code span. Not linked if it contains brackets or backslashes: some parsers interpret them even in code. */
export function codeLink(text: string, url: string | undefined, max = 160): Markdown {
  const code = codeSpan(text, max);
  return /[[\]\\`]/.test(text) || !code.startsWith("`") ? code : link(code, url);
}

const AWS_ADDRESS =
  /^https:\/\/[a-z0-9.-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|on\.aws)(?:\/[a-zA-Z0-9$./-]*)?$/;

/** Links addresses on AWS's own hosts; formats any other text as code. */
export function addressLink(value: string): Markdown {
  return AWS_ADDRESS.test(value) ? safely(`<${value}>`) : codeSpan(value, 300);
}

/** The same in a cell of a table, where it may wrap. */
export function addressInCell(value: string): Markdown {
  const code = wrappingCode(value, 300);
  return AWS_ADDRESS.test(value) ? link(code, value) : code;
}

/** A link to a user's profile: unlike a mention, it notifies nobody. */
export function profileLink(serverUrl: string, login: string): Markdown {
  const server = safeUrl(serverUrl)?.replace(/\/$/, "");
  const plain = /^[A-Za-z0-9-]{1,39}$/.test(login);
  return server === undefined || !plain ? codeSpan(login) : safely(`[@${login}](${server}/${login})`);
}

/** A login as a mention that notifies: only for the person who sent the command. */
export function mention(login: string): Markdown {
  return /^[\w-]+(\[bot\])?$/.test(login) ? safely(`@${login}`) : codeSpan(login.trim(), 240);
}

/** A commit's short SHA, which GitHub links. */
export function commitLink(sha: string): Markdown {
  const short = shortSha(sha);
  return /^[0-9a-f]{7}$/.test(short) ? safely(short) : codeSpan(short);
}
