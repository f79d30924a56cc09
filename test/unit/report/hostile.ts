/** Texts that try to become something on GitHub, plans full of them, and a look at the HTML that comes out. */
import fc from "fast-check";
import type { Change, Plan, Problem, ShownPropertyChange } from "../../../src/model/plan.ts";
import type { JsonValue } from "../../../src/model/values.ts";
import { aPlan } from "../../fixtures/plans.ts";

const FRAGMENTS = [
  ..."` `` ``` ```` | \\ \\| \\\\| * ** _ __ ~~ ~ $ $$ < > & ! [ ] ( ) { } # - + = . , : ; ' \" % ^ / ? …".split(
    " ",
  ),
  ..."@octocat @acme/team #4242 GH-4242 acme/api#4242 JIRA-12 deadbeefcafe 1a2b3c4 :tada: :+1: a@b.example".split(
    " ",
  ),
  ..."<b> </b> <script>alert(1)</script> </details> </summary> </code> <!-- --> --!> <img/src=x> <a".split(
    " ",
  ),
  ..."https://evil.example http://evil.example/@x www.evil.example ftp://evil.example mailto:x@evil.example".split(
    " ",
  ),
  ..."[x](https://evil.example) ![x](https://evil.example) [x]: <https://evil.example> &lt;b&gt; &#64;octocat &amp;".split(
    " ",
  ),
  ..."# > - 1. --- === *** |-|-| [^1] [!CAUTION] ```diff </pre> $`x`$ \\( \\[ end %% classDef".split(" "),
  ..."日本語 é ñ 🎉 word GET /hello/{id} $default route::my-api::GET".split(" "),
  ...["\n::error::x", "\n ::add-mask::a\n", "##[error]x", "::"],
  ...[
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\u0000",
    "\u001b[31m",
    "\u202e",
    "\u200b",
    "\u2028",
    "\ud800",
    "\ufeff",
  ],
];

/** A text made of such pieces, glued or with spaces. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(" ")),
  fc.string({ unit: "binary", maxLength: 30 }),
);

export const hostileValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    hostileText,
    fc.constantFrom<JsonValue>(null, true, 3, "", { $unknown: "x" }, [], {}),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(hostileText, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const property: fc.Arbitrary<ShownPropertyChange> = fc.record(
  {
    path: fc.oneof(hostileText, fc.constantFrom("CodeSha256", "Tags.gc-stage", "Tags.x", "Served")),
    before: hostileValue,
    after: hostileValue,
    replaces: fc.boolean(),
    sensitive: fc.boolean(),
  },
  { requiredKeys: ["path", "replaces", "sensitive"] },
);

const place = fc.record({ file: hostileText, line: fc.integer({ min: 1, max: 500 }) });

const change: fc.Arbitrary<Change> = fc
  .record(
    {
      type: fc.oneof(hostileText, fc.constantFrom("ApiGatewayV2::Deployment", "Lambda::Function")),
      name: hostileText,
      action: fc.constantFrom("create", "update", "replace", "delete", "no-op"),
      id: hostileText,
      properties: fc.array(property, { maxLength: 4 }),
      reason: fc.oneof(
        fc.record({ kind: fc.constant("parent-replaced" as const), key: hostileText }),
        fc.record({ kind: fc.constant("create-only" as const), path: hostileText }),
        fc.record({ kind: fc.constant("failed" as const), why: hostileText }),
        fc.record({ kind: fc.constant("not-in-spec" as const) }),
      ),
      redeploy: fc.boolean(),
      consequence: hostileText,
      withParent: fc.boolean(),
      adopts: fc.boolean(),
      after: fc.array(hostileText, { maxLength: 2 }),
      at: place,
    },
    { requiredKeys: ["type", "name", "action", "properties", "after"] },
  )
  .map((one) => ({ ...one, key: `${one.type}::${one.name}` }));

const problem: fc.Arbitrary<Problem> = fc.record(
  {
    severity: fc.constantFrom("error", "warning"),
    code: fc.constantFrom("DRIFT", "FOREIGN_RESOURCE", "OTHER"),
    message: hostileText,
    hint: hostileText,
    key: hostileText,
    at: place,
  },
  { requiredKeys: ["severity", "code", "message"] },
);

export const hostilePlan: fc.Arbitrary<Plan> = fc
  .record({
    changes: fc.array(change, { maxLength: 8 }),
    problems: fc.array(problem, { maxLength: 3 }),
    directory: hostileText,
    stage: hostileText,
    region: hostileText,
  })
  .map(({ changes, problems, ...stack }) => aPlan(changes, { problems, stack }));

export const SERVER = "https://github.example";

export const ORIGIN = {
  serverUrl: SERVER,
  repository: "acme/hello-api",
  headSha: "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
  runUrl: `${SERVER}/acme/hello-api/actions/runs/5`,
  durationMs: 4230,
};

const TAGS = new Set(
  "h2 h3 p a code pre strong em blockquote ul li table thead tbody tr th td details summary sub br div span hr wbr".split(
    " ",
  ),
);
/** What GitHub would make of plain text, after entities are decoded. */
const ACTIVE = [
  /@[a-z0-9]/i,
  /#\d/,
  /\bGH-\d/i,
  /[A-Z]-\d/,
  /\b(?![a-z]+\b)[0-9a-f]{7,40}\b/,
  /:[a-z+\d]+:/,
  /\$/,
  /:\/\/|www\./i,
  /[\u202e\u200b\u2028\ufeff\u0000\u001b\u00a0](?!(?:delete|replace|update|redeploy|create|created|updated|replaced|deleted|redeployed|creating|updating|replacing|deleting|redeploying|waiting|unfinished|not|skipped|cancelled|different|extra|missing))/,
];

/** What is wrong with HTML that a Markdown parser made of one of our texts; nothing is the right answer. */
export function injected(html: string): readonly string[] {
  const found: string[] = [];
  const body = html.replace(/^<!-- gatewright:\w+ \{[^\n<>]*\} -->/, "");
  if (body.includes("<!--")) found.push("an HTML comment");
  let quiet = 0;
  const open: string[] = [];
  let text = "";
  for (const token of body.split(/(<\/?[a-zA-Z][^>]*>)/)) {
    const tag = /^<(\/?)([a-zA-Z][\w-]*)([^>]*)>$/s.exec(token);
    if (tag === null) {
      if (token.includes("<")) found.push(`a stray <: ${token.slice(0, 60)}`);
      if (quiet === 0) text += token;
      continue;
    }
    const [, closing, name = "", attributes = ""] = tag;
    if (!TAGS.has(name)) found.push(`<${name}>`);
    if (name === "code" || name === "pre" || name === "a") quiet += closing === "/" ? -1 : 1;
    if (closing !== "/") found.push(...badAttributes(name, attributes));
    if (closing === "/") {
      if (open.pop() !== name) found.push(`</${name}> closes something else`);
    } else if (name !== "br" && name !== "hr" && name !== "wbr") open.push(name);
    text += name === "br" ? " " : "";
  }
  if (open.length > 0) found.push(`not closed: ${open.join(" ")}`);
  const decoded = text
    .replace(/&(?:#(\d+)|#x([0-9a-f]+));/gi, (_, decimal, hex) =>
      String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)),
    )
    .replace(/&quot;/g, '"')
    .replace(/&lt;|&gt;/g, "<")
    .replace(/&amp;/g, "&");
  for (const pattern of ACTIVE) {
    const hit = pattern.exec(decoded);
    if (hit !== null) found.push(`${pattern}: ${decoded.slice(Math.max(0, hit.index - 20), hit.index + 30)}`);
  }
  return found;
}

function badAttributes(name: string, attributes: string): readonly string[] {
  const rest = attributes
    .replace(/\s(?:align|style)="(?:text-align:\s*)?(?:left|right);?"/, "")
    .replace(/\sclass="language-(?:diff|mermaid|sh)"/, "")
    .replace(/^\sopen(?:="")?$/, "")
    .replace(/\s*\/$/, "")
    .replace(/\shref="([^"]*)"/, (whole, url: string) =>
      url.startsWith(`${SERVER}/`) ||
      /^https:\/\/[a-z0-9.-]+\.(?:amazonaws\.com|on\.aws)(?:\/[\w$/-]*)?$/.test(url)
        ? ""
        : whole,
    );
  return rest.trim() === "" ? [] : [`<${name}${rest}>`];
}

/** How often a tag opens. */
export function tags(html: string, name: string): number {
  return html.match(new RegExp(`<${name}[ >]`, "g"))?.length ?? 0;
}

/** What is wrong with the Markdown itself: a fence that stays open, folds that do not pair up. */
export function unbalanced(markdown: string): readonly string[] {
  let fence: string | undefined;
  let folds = 0;
  for (const line of markdown.split("\n")) {
    const marks = /^ *(`{3,})[^`]*$/.exec(line)?.[1];
    if (fence !== undefined) {
      if (marks !== undefined && marks.length >= fence.length && line.trim() === marks) fence = undefined;
    } else if (marks !== undefined) fence = marks;
    else if (line.startsWith("<details")) folds += 1;
    else if (line.startsWith("</details>")) folds -= 1;
  }
  return [
    ...(fence === undefined ? [] : ["a fence is open"]),
    ...(folds === 0 ? [] : [`${folds} folds are open`]),
  ];
}
