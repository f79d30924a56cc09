/** A resource in its reader's words: in a cell of a table `GET /hello` *route of my-api*, in a sentence the route `GET /hello` of my-api. */
import { md, type Markdown } from "../../text/markdown.ts";
import { codeSpan, wrappingCode } from "../../text/escape.ts";
import { prose } from "../../text/prose.ts";
import { resourceWords } from "../words/resource-words.ts";
import { link } from "../../text/link.ts";

export function resourceInCell(
  resource: { readonly type: string; readonly name: string },
  url?: string | undefined,
): Markdown {
  const { name, kind, parent } = resourceWords(resource);
  const what = prose(parent === undefined ? kind : `${kind} of ${parent}`, { max: 100, narrow: true });
  return md`${linked(name, url)} *${what}*`;
}

/** The route `GET /legacy` of my-api */
export function resourceInSentence(
  resource: { readonly type: string; readonly name: string },
  article: "the" | "The" = "the",
): Markdown {
  const { name, kind, parent } = resourceWords(resource);
  const within = parent === undefined ? "" : md` of ${prose(parent, { max: 100 })}`;
  return md`${article} ${prose(kind, { max: 80 })} ${codeSpan(name, 100)}${within}`;
}

/** Not linked if it contains brackets or backslashes: some parsers interpret them even in code. */
function linked(name: string, url: string | undefined): Markdown {
  const code = wrappingCode(name, 100);
  return /[[\]\\`]/.test(name) || code.startsWith("(") ? code : link(code, url);
}
