/** Colours and spacing near GitHub's, light and dark. */
export const style = `
:root { --fg: #1f2328; --muted: #59636e; --bg: #fff; --subtle: #f6f8fa; --border: #d1d9e0; --link: #0969da;
  --open: #1f883d; --merged: #8250df; --closed: #cf222e; --note: #0969da; --tip: #1a7f37; --important: #8250df;
  --warning: #9a6700; --caution: #cf222e; --add: #dafbe1; --add-fg: #116329; --del: #ffebe9; --del-fg: #82071e; }
@media (prefers-color-scheme: dark) { :root { --fg: #f0f6fc; --muted: #9198a1; --bg: #0d1117; --subtle: #151b23;
  --border: #3d444d; --link: #4493f8; --open: #238636; --merged: #8957e5; --closed: #da3633; --note: #4493f8;
  --tip: #3fb950; --important: #ab7df8; --warning: #d29922; --caution: #f85149; --add: #033a16; --add-fg: #aff5b4;
  --del: #67060c; --del-fg: #ffdcd7; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg);
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
main { max-width: 920px; margin: 0 auto; padding: 24px 16px; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
header h1 { font-size: 32px; font-weight: 400; margin: 0 0 8px; } header .number { color: var(--muted); font-weight: 300; }
.state { display: inline-block; color: #fff; border-radius: 2em; padding: 5px 12px; font-weight: 500; margin-right: 8px; }
.state-open { background: var(--open); } .state-merged { background: var(--merged); }
.state-closed, .state-conflict { background: var(--closed); } .state-draft { background: var(--muted); }
.meta { color: var(--muted); padding-bottom: 16px; border-bottom: 1px solid var(--border); margin-bottom: 16px; }
.branch { background: #ddf4ff; color: #0969da; border-radius: 6px; padding: 2px 6px; font: 12px ui-monospace, monospace; }
.comment { border: 1px solid var(--border); border-radius: 6px; margin: 16px 0 16px 56px; position: relative; }
.event + .comment { margin-left: 56px; } .avatar { position: absolute; left: -56px; top: 0; border-radius: 50%; }
.comment > .by { background: var(--subtle); border-bottom: 1px solid var(--border); border-radius: 6px 6px 0 0;
  padding: 8px 16px; color: var(--muted); } .comment > .by b { color: var(--fg); font-weight: 600; }
.bot, .role { border: 1px solid var(--border); border-radius: 2em; font-size: 12px; padding: 0 7px; margin-left: 4px; }
.event { color: var(--muted); margin: 16px 0 16px 16px; } .event b { color: var(--fg); }
.reactions { padding: 0 16px 16px; } .reactions span { border: 1px solid var(--border); border-radius: 2em; padding: 3px 8px; font-size: 12px; margin-right: 6px; }
.markdown { padding: 16px; overflow-wrap: break-word; } .markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; }
.markdown h1, .markdown h2 { border-bottom: 1px solid var(--border); padding-bottom: .3em; }
.markdown h1 { font-size: 2em; } .markdown h2 { font-size: 1.5em; } .markdown h3 { font-size: 1.25em; }
.markdown h1, .markdown h2, .markdown h3, .markdown h4 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25; }
.markdown p, .markdown ul, .markdown ol, .markdown table, .markdown blockquote, .markdown details, .highlight, .alert { margin: 0 0 16px; }
.markdown ul, .markdown ol { padding-left: 2em; } li:has(> .task), li:has(> p > .task) { list-style: none; }
.task { margin: 0 .2em .25em -1.4em; vertical-align: middle; }
.markdown table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto; }
.markdown th, .markdown td { border: 1px solid var(--border); padding: 6px 13px; } .markdown tr:nth-child(2n) { background: var(--subtle); }
code { background: #818b981f; border-radius: 6px; padding: .2em .4em; font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 0; padding: 16px; overflow: auto; background: var(--subtle); border-radius: 6px; line-height: 1.45; } pre code { background: none; padding: 0; font-size: 12px; }
.highlight { position: relative; } .code-label { position: absolute; right: 8px; top: 4px; color: var(--muted); font-size: 11px; }
.diff-added { background: var(--add); color: var(--add-fg); } .diff-removed { background: var(--del); color: var(--del-fg); }
.diff-changed { color: var(--warning); } .diff-note, .diff-hunk { color: var(--muted); }
blockquote { color: var(--muted); border-left: .25em solid var(--border); padding: 0 1em; margin-left: 0; }
.alert { border-left: .25em solid; padding: 8px 16px; } .alert > :last-child { margin-bottom: 0; } .alert-title { font-weight: 500; margin-bottom: 8px; }
.alert-note { border-color: var(--note); } .alert-tip { border-color: var(--tip); } .alert-important { border-color: var(--important); }
.alert-warning { border-color: var(--warning); } .alert-caution { border-color: var(--caution); }
.alert-note .alert-title { color: var(--note); } .alert-tip .alert-title { color: var(--tip); } .alert-important .alert-title { color: var(--important); }
.alert-warning .alert-title { color: var(--warning); } .alert-caution .alert-title { color: var(--caution); }
.icon { fill: none; stroke: currentColor; stroke-width: 1.5; vertical-align: text-bottom; margin-right: 8px; }
summary { cursor: pointer; } details[open] > summary { margin-bottom: 8px; } hr { border: 0; border-top: 4px solid var(--border); }
.mention { color: var(--fg); font-weight: 600; } kbd { border: 1px solid var(--border); border-radius: 6px; padding: 3px 5px; font: 11px ui-monospace, monospace; }
.checks { border: 1px solid var(--border); border-radius: 6px; padding: 8px 16px; } .checks li { list-style: none; } .checks ul { padding: 0; margin: 0; }
button { font: inherit; padding: 5px 16px; border-radius: 6px; border: 1px solid var(--border); background: var(--subtle); color: var(--fg); }
`;
