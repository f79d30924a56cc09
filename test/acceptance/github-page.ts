/**
 * A comment as GitHub shows it: its Markdown with alerts, in a page whose measures and colours are those of GitHub's own style
 * sheet (github.com/sindresorhus/github-markdown-css follows it). Diagrams stay text: GitHub draws them with mermaid.
 */
import { marked } from "marked";
import type { Page } from "playwright-core";

const ALERTS: Readonly<Record<string, { readonly title: string; readonly sign: string }>> = {
  CAUTION: { title: "Caution", sign: "⬣" },
  WARNING: { title: "Warning", sign: "⚠" },
  NOTE: { title: "Note", sign: "ⓘ" },
  TIP: { title: "Tip", sign: "✧" },
};

/** The HTML of a page with one comment in it. */
export function githubPage(markdown: string, theme: "light" | "dark", author = "gatewright"): string {
  return `<!doctype html><html lang="en" data-theme="${theme}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Comment</title><style>${STYLE}</style></head>
<body><article class="comment"><header><span class="face">G</span><b>${author}</b> <i>bot</i> commented now</header>
<div class="markdown-body">${rendered(markdown)}</div></article></body></html>`;
}

function rendered(markdown: string): string {
  const html = marked.parse(markdown, { async: false, gfm: true });
  return drawn(html)
    .replace(/<blockquote>\s*<p>\[!([A-Z]+)\]\s*/g, (_, kind: string) => {
      const { title = kind, sign = "" } = ALERTS[kind] ?? {};
      return `<blockquote class="alert ${kind.toLowerCase()}"><p class="alert-title">${sign} ${title}</p><p>`;
    })
    .replaceAll("<p></p>", "")
    .replace(/<code class="language-diff">([\s\S]*?)<\/code>/g, (_, lines: string) => {
      const coloured = lines
        .split("\n")
        .map((line) => `<span class="${CLASSES[line[0] ?? ""] ?? ""}">${line}</span>`);
      return `<code>${coloured.join("\n")}</code>`;
    });
}

/** Emoji as shapes: a machine without a font of them shows boxes. */
const SHAPES: Readonly<Record<string, readonly [sign: string, colour: string]>> = {
  "🔴": ["●", "#e5484d"],
  "🟠": ["●", "#f76b15"],
  "🟡": ["●", "#e2a336"],
  "🟢": ["●", "#30a46c"],
  "🔵": ["●", "#3e63dd"],
  "⚪": ["●", "#8b8d98"],
  "✅": ["✔", "#30a46c"],
  "❌": ["✘", "#e5484d"],
  "⛔": ["⊘", "#e5484d"],
  "⏳": ["◔", "#e2a336"],
  "⏭️": ["»", "#8b8d98"],
  "⏹️": ["■", "#8b8d98"],
  "⬜": ["□", "#8b8d98"],
  "🔑": ["◆", "#e2a336"],
  "🌐": ["◍", "#3e63dd"],
  "🩺": ["♥", "#30a46c"],
};

function drawn(html: string): string {
  return Object.entries(SHAPES).reduce(
    (text, [emoji, [sign, colour]]) =>
      text.replaceAll(emoji, `<span class="emoji" style="color:${colour}">${sign}</span>`),
    html,
  );
}

const CLASSES: Readonly<Record<string, string>> = { "+": "plus", "-": "minus", "!": "changed", "@": "meta" };

/**
 * Elements of the page that have to be scrolled sideways, with their first words. Blocks of code may be: GitHub scrolls those, and
 * nobody has to read a diff to decide.
 */
export async function scrolledSideways(page: Page, besides = "pre"): Promise<readonly string[]> {
  const found: unknown = await page.evaluate(`[...document.querySelectorAll("body, body *")]
    .filter((one) => one.closest("pre, ${besides}") === null && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
    .map((one) => one.tagName + ": " + one.textContent.slice(0, 80))`);
  return Array.isArray(found) ? found.map(String) : [];
}

const STYLE = `
:root{--fg:#1f2328;--soft:#59636e;--line:#d1d9e0;--canvas:#fff;--subtle:#f6f8fa;--code:#818b981f;--link:#0969da;--red:#cf222e;--amber:#9a6700;--blue:#0969da;--green:#1a7f37;--plus:#dafbe1;--plusfg:#116329;--minus:#ffebe9;--minusfg:#82071e;--changed:#fff1e5;--changedfg:#953800}
[data-theme=dark]{--fg:#f0f6fc;--soft:#9198a1;--line:#3d444d;--canvas:#0d1117;--subtle:#151b23;--code:#656c7633;--link:#4493f8;--red:#f85149;--amber:#d29922;--blue:#4493f8;--green:#3fb950;--plus:#033a16;--plusfg:#aff5b4;--minus:#67060c;--minusfg:#ffdcd7;--changed:#5a1e02;--changedfg:#ffdfb6}
*{box-sizing:border-box}body{margin:0;padding:16px;background:var(--canvas);color:var(--fg);font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif,"Noto Color Emoji"}
.comment{max-width:900px;margin:auto;border:1px solid var(--line);border-radius:6px}.comment header{background:var(--subtle);border-bottom:1px solid var(--line);padding:8px 16px;color:var(--soft);border-radius:6px 6px 0 0}
header b{color:var(--fg)}header i{font-style:normal;font-size:12px;border:1px solid var(--line);border-radius:2em;padding:0 7px}.face{display:inline-block;width:22px;height:22px;border-radius:4px;background:var(--green);color:#fff;text-align:center;margin-right:6px}
.markdown-body{padding:16px;word-wrap:break-word;overflow-wrap:break-word}.markdown-body>*:first-child{margin-top:0}.markdown-body>*:last-child{margin-bottom:0}
h2{font-size:1.5em;line-height:1.25;padding-bottom:.3em;border-bottom:1px solid var(--line);margin:24px 0 16px}h3{font-size:1.25em;line-height:1.25;margin:24px 0 16px}p,ul,ol,pre,table,blockquote,details{margin:0 0 16px}a{color:var(--link);text-decoration:underline}
ul{padding-left:2em}code{font:85%/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:85%;padding:.2em .4em;background:var(--code);border-radius:6px;white-space:break-spaces}
pre{background:var(--subtle);border-radius:6px;padding:16px;overflow:auto;line-height:1.45}pre code{padding:0;background:none;white-space:pre;font-size:85%}pre span{display:inline-block;min-width:100%}.plus{background:var(--plus);color:var(--plusfg)}.minus{background:var(--minus);color:var(--minusfg)}.changed{background:var(--changed);color:var(--changedfg)}.meta{color:var(--soft)}
table{display:block;width:max-content;max-width:100%;overflow:auto;border-spacing:0;border-collapse:collapse}th,td{padding:6px 13px;border:1px solid var(--line)}tr:nth-child(2n) td{background:var(--subtle)}
blockquote{padding:0 1em;border-left:.25em solid var(--line);color:var(--soft)}.alert{padding:8px 16px;color:inherit}.alert p,.alert ul{margin:0}.alert ul{padding-left:1.5em}.alert-title{font-weight:500;margin-bottom:4px!important}
.caution{border-color:var(--red)}.caution .alert-title{color:var(--red)}.warning{border-color:var(--amber)}.warning .alert-title{color:var(--amber)}.note{border-color:var(--blue)}.note .alert-title{color:var(--blue)}.tip{border-color:var(--green)}.tip .alert-title{color:var(--green)}
.emoji{display:inline-block;width:1.25em;text-align:center;font-size:1.1em;line-height:1}summary{cursor:pointer}sub{font-size:75%}
@media(max-width:500px){body{padding:0}.comment{border-width:1px 0;border-radius:0}}
`;
