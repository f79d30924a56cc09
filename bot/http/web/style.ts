/**
 * The pages' style: light or dark as the reader's system, one column, tables that become cards on a narrow screen.
 * Loads nothing from outside. Text has a contrast of at least 4.5 to 1 with its background; a test measures it.
 */
export const STYLE = `
:root { color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --sunk: #f0f2f5; --line: #d9dee5; --ink: #1a2029; --soft: #586271;
  --accent: #3c50c4; --good: #146c36; --bad: #b3261e; --warn: #835400; --change: #a03f00; --busy: #3c50c4;
  --radius: 10px; --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0e1116; --card: #161a21; --sunk: #1d222b; --line: #2c333e; --ink: #e7ebf1; --soft: #9aa5b4;
  --accent: #93a4ff; --good: #5bd08a; --bad: #ff8f87; --warn: #e2b455; --change: #ff9a5c; --busy: #93a4ff; } }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: break-word;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.sr, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; left: 16px; top: 8px; z-index: 1; background: var(--card); padding: 8px 14px; }
h1, h2 { line-height: 1.25; text-wrap: balance; } h1 { font-size: 26px; margin: 0; letter-spacing: -.01em; } h2 { font-size: 17px; margin: 0 0 12px; } h1 .dir { font: 600 .8em var(--mono); color: var(--soft); letter-spacing: 0; }
p { margin: 0 0 8px; } p:last-child { margin-bottom: 0; }
code, .name, .id { font-family: var(--mono); font-size: .88em; } code { overflow-wrap: anywhere; }
.muted, .type { color: var(--soft); } .number { text-align: right; font-variant-numeric: tabular-nums; }
.icon { align-self: center; width: 1.05em; height: 1.05em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }

.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top > div { max-width: 1080px; margin: 0 auto; padding: 10px 20px; display: flex; align-items: center; gap: 8px 22px; flex-wrap: wrap; }
.brand { display: inline-flex; align-items: center; gap: 9px; font-weight: 650; color: var(--ink); text-decoration: none; letter-spacing: -.01em; }
.logo { width: 22px; height: 22px; fill: none; stroke: var(--accent); stroke-width: 2.2; stroke-linecap: round; } .logo .bar { stroke: var(--ink); }
.top nav { display: flex; gap: 16px; flex: 1; } .top nav a { color: var(--soft); text-decoration: none; padding: 4px 2px; border-bottom: 2px solid transparent; }
.top nav a:hover { color: var(--ink); } .top nav a[aria-current] { color: var(--ink); border-color: var(--accent); }
.top form { display: flex; align-items: center; gap: 12px; margin: 0; color: var(--soft); font-size: 14px; }
button, .button { font: inherit; font-size: 14px; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 5px 12px; cursor: pointer; text-decoration: none; display: inline-block; }
button:hover, .button:hover { background: var(--sunk); }
.primary { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; padding: 9px 18px; font-size: 15px; }
.primary:hover { background: var(--accent); filter: brightness(1.08); }
main { max-width: 1080px; margin: 0 auto; padding: 26px 20px 56px; }
main section { margin-top: 32px; } #list > section:first-child { margin-top: 22px; }
section > h2:has(.tally) { display: flex; gap: 14px; align-items: baseline; }
footer { max-width: 1080px; margin: 0 auto; padding: 0 20px 32px; color: var(--soft); font-size: 13px; display: flex; gap: 4px 18px; flex-wrap: wrap; }
.crumbs { font-size: 14px; color: var(--soft); margin-bottom: 6px; } .crumbs ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 8px; }
.crumbs li + li::before { content: "/"; margin-right: 8px; color: var(--line); } .crumbs a { color: inherit; }

.standing { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; margin: 14px 0 14px; }
.pill, .state, .action { display: inline-flex; align-items: baseline; gap: 6px; white-space: nowrap; }
.pill { font-weight: 600; font-size: 13.5px; border-radius: 99px; padding: 3px 12px 3px 9px; color: var(--tone); background: color-mix(in srgb, var(--tone) 11%, var(--card)); border: 1px solid color-mix(in srgb, var(--tone) 32%, transparent); }
.state { font-size: 14px; color: var(--tone); font-weight: 550; }
.action { font-size: 14px; } .sign { font: 600 15px/1 var(--mono); width: 1ch; text-align: center; color: var(--tone); }
:root { --tone: var(--soft); }
.is-succeeded, .is-create { --tone: var(--good); } .is-failed, .is-delete { --tone: var(--bad); }
.is-running, .is-redeploy { --tone: var(--busy); } .is-warning, .is-update { --tone: var(--warn); } .is-replace { --tone: var(--change); }
.bar { display: flex; gap: 3px; height: 8px; border-radius: 5px; overflow: hidden; } .bar.is-dense { gap: 0; }
.bar span { flex: 1; background: color-mix(in srgb, var(--soft) 26%, var(--ground)); } .bar .is-succeeded, .bar .is-failed, .bar .is-running { background: var(--tone); }
.bar .is-skipped { background: color-mix(in srgb, var(--bad) 40%, var(--ground)); }
@media (prefers-reduced-motion: no-preference) { .icon-running { animation: turn 1s linear infinite; } .bar .is-running { animation: glow 1.2s ease-in-out infinite alternate; } }
@keyframes turn { to { transform: rotate(1turn); } } @keyframes glow { from { opacity: .35; } }
.live { font-size: 13px; color: var(--soft); min-height: 20px; margin: 10px 0 0; } .live:empty { display: none; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(178px, 1fr)); gap: 14px 20px; margin: 28px 0 0; padding: 18px 20px; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); }
.facts .wide { grid-column: span 2; } .facts dt { font-size: 12.5px; color: var(--soft); } .facts time { white-space: nowrap; } .facts dd { margin: 1px 0 0; font-size: 14px; overflow-wrap: anywhere; }
.box { border: 1px solid color-mix(in srgb, var(--tone) 40%, transparent); border-left: 4px solid var(--tone); background: color-mix(in srgb, var(--tone) 6%, var(--card)); border-radius: var(--radius); padding: 16px 20px; }
.box h2 { display: flex; gap: 8px; align-items: center; color: var(--tone); margin-bottom: 6px; } .box ul { margin: 0; padding-left: 20px; } .box li + li { margin-top: 8px; } .hint { display: block; color: var(--soft); font-size: 14px; }

.scroll { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 10px 14px; vertical-align: baseline; font-weight: 400; }
th:first-child, td:first-child { padding-left: 20px; } th:last-child, td:last-child { padding-right: 20px; }
thead th { font-size: 12.5px; color: var(--soft); border-bottom: 1px solid var(--line); padding-block: 8px; white-space: nowrap; } th.number { text-align: right; }
tbody tr:not(.more) ~ tr:not(.more) > * { border-top: 1px solid var(--line); }
.more td { padding-top: 0; padding-bottom: 12px; border: 0; } .more:not(:has(p, details)) td { padding: 0; } .cell-resource { padding-bottom: 6px; }
.cell-resource .name { font-weight: 600; } .cell-resource .type { display: block; font-size: 13px; }
.cell-state { width: 116px; } .cell-action { width: 106px; } .cell-time { width: 96px; white-space: nowrap; } .cell-id { max-width: 320px; }
.note { font-size: 14px; margin: 0 0 8px; padding-left: 11px; border-left: 3px solid var(--tone); } .note.muted { --tone: var(--line); }
details.properties { font-size: 14px; margin-top: 2px; } summary { cursor: pointer; color: var(--soft); width: fit-content; border-radius: 4px; } summary:hover { color: var(--ink); }
.properties dl { margin: 8px 0 4px; border-left: 2px solid var(--line); padding-left: 14px; display: grid; gap: 8px; } .properties dt { font: 13px var(--mono); color: var(--soft); overflow-wrap: anywhere; } .properties dd { margin: 2px 0 0; display: grid; gap: 3px; }
.choices { display: flex; gap: 8px; margin: 14px 0; } .choices [aria-current] { border-color: var(--accent); color: var(--accent); }
.box form { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: baseline; margin: 10px 0; } .box form .hint { flex: 1 1 260px; }
.tag { font: 11.5px system-ui, sans-serif; border: 1px solid var(--line); border-radius: 99px; padding: 0 7px; margin-left: 4px; }
.reason { margin: 4px 0; font-size: 14px; color: var(--soft); }
del, ins { text-decoration: none; display: flex; gap: 8px; --tone: var(--bad); } ins { --tone: var(--good); }
del::before, ins::before { content: "−"; font: 600 14px/1.5 var(--mono); color: var(--tone); } ins::before { content: "+"; }
del > :last-child, ins > :last-child { min-width: 0; background: color-mix(in srgb, var(--tone) 9%, var(--card)); border-radius: 4px; padding: 1px 6px; } ins.muted::before { content: "·"; }
.diff { list-style: none; padding: 0; } .diff > span { display: block; padding: 0 8px 0 4px; } .diff .minus { --tone: var(--bad); } .diff .plus { --tone: var(--good); } .diff .minus, .diff .plus { background: color-mix(in srgb, var(--tone) 11%, var(--card)); } .diff b { color: var(--tone); font-weight: 600; user-select: none; display: inline-block; width: 2ch; }
pre { margin: 0; max-height: 320px; overflow: auto; font: 12.5px/1.5 var(--mono); }
.log code { font-size: 1em; } .fold { margin-top: 16px; font-size: 14px; } .plain { list-style: none; margin: 8px 0 0; padding: 0 0 0 14px; border-left: 2px solid var(--line); display: grid; gap: 4px; }
.log { list-style: none; margin: 0; padding: 12px 0; max-height: 420px; overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); font: 12.5px/1.6 var(--mono); }
.log:empty::before { content: "Nothing yet."; color: var(--soft); padding: 0 20px; } .log li { display: grid; grid-template-columns: max-content 1fr; gap: 14px; padding: 1px 20px; overflow-wrap: anywhere; } .log time { color: var(--soft); } .log .is-failed span { color: var(--bad); }

.checks { list-style: none; margin: 0; padding: 6px 0; } .checks li { display: flex; gap: 10px; padding: 9px 20px; font-size: 14.5px; overflow-wrap: anywhere; } .checks li > div { min-width: 0; } .checks li + li { border-top: 1px solid var(--line); } .checks .state { align-self: start; padding-top: 4px; } .letter .checks { padding: 0; } .letter .checks li { padding-inline: 0; margin: 0; } .letter .checks .hint { margin: 0; }
.picture { padding: 16px; } .graph { display: block; } .graph text { font: 12px var(--mono); fill: var(--ink); } .graph .title { font-weight: 600; } .graph .kind { fill: var(--soft); } .graph .sign { fill: var(--tone); }
.graph g { --tone: color-mix(in srgb, var(--soft) 55%, var(--card)); } .graph .is-create { --tone: var(--good); } .graph .is-delete { --tone: var(--bad); } .graph .is-update { --tone: var(--warn); } .graph .is-replace { --tone: var(--change); } .graph .is-redeploy { --tone: var(--busy); }
.graph rect { fill: var(--sunk); stroke: var(--tone); stroke-width: 1.5; } .graph .is-open rect { stroke-dasharray: 5 3; } .graph .arrow { fill: none; stroke: var(--soft); stroke-width: 1.4; } .graph .tip { fill: var(--soft); } .plain ul { margin: 2px 0 4px; padding-left: 22px; color: var(--soft); }

.filter select, .filter button { min-height: 36px; } .filter { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: end; margin: 18px 0 14px; } .filter label { font-size: 12.5px; color: var(--soft); display: grid; gap: 2px; }
select { font: inherit; font-size: 14px; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 5px 10px; max-width: 100%; }
.runs td, .runs th { vertical-align: top; } .runs .cell-when, .runs .cell-time { white-space: nowrap; } .sub { display: block; font-size: 13px; color: var(--soft); } .what { font-weight: 600; }
.tally { display: inline-flex; gap: 9px; font: 13px var(--mono); white-space: nowrap; } .tally span { color: var(--tone); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13px; color: var(--soft); margin: 10px 0 0; } .legend b { font: 600 13px var(--mono); color: var(--tone); }
.empty { padding: 44px 24px; text-align: center; color: var(--soft); } .empty h2 { color: var(--ink); margin-bottom: 6px; } .empty p { max-width: 520px; margin-inline: auto; }
.letter { max-width: 620px; margin: 6vh auto 0; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 32px 34px; } .letter h1 { margin-bottom: 12px; } .letter p, .letter ul, .letter ol, .letter form { margin: 0 0 14px; } .letter ul, .letter ol { padding-left: 22px; } .letter li { margin-bottom: 5px; }
.letter label { display: block; font-weight: 600; margin-bottom: 3px; } .letter input[type="text"] { font: inherit; width: 100%; padding: 8px 11px; border: 1px solid var(--soft); border-radius: 7px; background: var(--card); color: var(--ink); } .letter .hint { font-size: 13.5px; color: var(--soft); margin: 4px 0 16px; }
@media (max-width: 700px) {
  body { font-size: 16px; } h1 { font-size: 22px; } main { padding-inline: 14px; } .top > div { padding-inline: 14px; }
  .facts { grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); padding: 14px 16px; } .facts time { white-space: normal; } .facts .wide { grid-column: auto; }
  table, tbody, tbody tr, tbody td, tbody th, caption { display: block; } thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr:not(.more) { padding: 13px 16px 10px; } tbody tr:not(.more) ~ tr:not(.more) { border-top: 1px solid var(--line); } tbody tr:not(.more) ~ tr:not(.more) > * { border: 0; }
  tbody td, tbody th, tbody tr > :first-child, tbody tr > :last-child { padding: 2px 0; width: auto; max-width: none; text-align: left; } .more td:empty { display: none; } .more td:not(:empty), .more td:last-child { padding: 0 16px 12px; }
  .outputs td, .locks td { display: grid; grid-template-columns: 84px 1fr; gap: 8px; } .outputs td::before, .locks td::before { content: attr(data-label); color: var(--soft); font-size: 13px; padding-top: 2px; }
  .changes tbody tr:not(.more), .runs tbody tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: 3px 16px; }
  .changes .cell-time, .runs .cell-when { margin-left: auto; color: var(--soft); font-size: 14px; } .changes th, .runs th { flex-basis: 100%; order: 1; } .changes .cell-id { flex-basis: 100%; order: 2; }
  .runs .cell-by, .runs .cell-changes { order: 2; } .runs .cell-by .sub { display: inline; } .runs .cell-changes { margin-left: auto; } .cell-id:has(> .muted), .runs .cell-time:has(.muted) { display: none; }
  .log li { grid-template-columns: 1fr; gap: 0; padding-block: 4px; } .letter { padding: 24px 20px; margin-top: 12px; } }
@media (forced-colors: active) { .pill, .bar span { forced-color-adjust: none; } }
`;
