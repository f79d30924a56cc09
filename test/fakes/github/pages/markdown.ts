import { Marked, type Tokens } from "marked";
import { escapeHtml, sanitize } from "./html.ts";

const circle = '<circle cx="8" cy="8" r="6.5"/>';
const bang = '<path d="M8 4.5v4M8 11v.5"/>';
/** Shapes that stand in for GitHub's icons; letters would need a font with them. */
const alerts: Readonly<Record<string, string>> = {
  NOTE: `${circle}<path d="M8 4.5v.5M8 7.5v4"/>`,
  TIP: '<path d="M5.5 10.5a4.5 4.5 0 1 1 5 0v1.5h-5zM6.5 14.5h3"/>',
  IMPORTANT: `<path d="M1.5 2.5h13v9h-6l-3 3v-3h-4z"/><path d="M8 4.5v2.5M8 9v.5"/>`,
  WARNING: '<path d="M8 1.5 15 14H1z"/><path d="M8 6v3.5M8 11.5v.5"/>',
  CAUTION: `<path d="M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5z"/>${bang}`,
};

const icon = (shape: string): string =>
  `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shape}</svg>`;

function code({ text, lang }: Tokens.Code): string {
  const language = (lang ?? "").split(/\s/)[0] ?? "";
  const lines = text.split("\n").map((line) => {
    const kind =
      language === "diff" ? (line.startsWith("@@") ? "hunk" : (diffLines[line[0] ?? ""] ?? "")) : "";
    return kind ? `<span class="diff-${kind}">${escapeHtml(line)}</span>` : escapeHtml(line);
  });
  const label = language === "mermaid" ? '<span class="code-label">mermaid (GitHub draws this)</span>' : "";
  return `<div class="highlight language-${escapeHtml(language)}">${label}<pre><code>${lines.join("\n")}\n</code></pre></div>\n`;
}

const diffLines: Readonly<Record<string, string>> = {
  "+": "added",
  "-": "removed",
  "!": "changed",
  "#": "note",
};

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    code,
    checkbox: ({ checked }) => `<input type="checkbox" class="task" disabled${checked ? " checked" : ""}> `,
    blockquote({ tokens }) {
      const inner = this.parser.parse(tokens);
      const alert = /^<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?:<br>\n?|\n|(?=<\/p>))/.exec(inner);
      if (!alert?.[1]) return `<blockquote>\n${inner}</blockquote>\n`;
      const kind = alert[1];
      const title = `<p class="alert-title">${kind[0]}${kind.slice(1).toLowerCase()}</p>`;
      const rest = `<p>${inner.slice(alert[0].length)}`.replace(/^<p><\/p>/, "");
      return `<div class="alert alert-${kind.toLowerCase()}">${title}\n${rest}</div>\n`;
    },
  },
});

const tagOrMention = /<(\/?)([a-z]\w*)[^>]*>|(?<![\w/@.])@([a-z\d](?:[a-z\d-]{0,37}[a-z\d])?(?:\/[\w-]+)?)/gi;

/** Turns `@name` into a link, outside tags, code and links: what GitHub would notify. */
function mentions(html: string, server: string): string {
  let inside = 0;
  return html.replaceAll(tagOrMention, (whole, closing, element, name) => {
    if (/^(a|code|pre)$/i.test(element ?? "")) inside += closing ? -1 : 1;
    return element || inside > 0 ? whole : `<a class="mention" href="${server}/${name}">@${name}</a>`;
  });
}

/** A comment's markdown as GitHub would show it, near enough to judge it by eye: safe to put in a page. */
export function renderMarkdown(markdown: string, server = ""): string {
  const html = marked.parse(markdown.replaceAll("\r\n", "\n"), { async: false });
  // The icons come last: the sanitizer would take them, as it takes everybody's drawings.
  return mentions(sanitize(html), server).replaceAll(
    /(<div class="alert alert-(\w+)"><p class="alert-title">)/g,
    (_, start: string, kind: string) => `${start}${icon(alerts[kind.toUpperCase()] ?? "")}`,
  );
}
