/** The demo's repository: its default branch, and the changes of its pull requests. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

type Texts = Readonly<Record<string, string>>;

const EXAMPLE = fileURLToPath(new URL("../../examples/http-lambda/", import.meta.url));
const SPEC = "resources.js";

/** examples/http-lambda as it is. */
export function stackFiles(): Texts {
  const names = readdirSync(EXAMPLE, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(EXAMPLE, name)).isFile())
      .map((name) => [name.replaceAll(sep, "/"), readFileSync(join(EXAMPLE, name), "utf8")]),
  );
}

/** The default branch before the first pull request. The settings name no gates, so all of them apply. */
export const BASE: Texts = {
  "README.md": "# shop\n\nSays hello.\n",
  ".github/gatewright.yml": `# The bot's rules. It reads them from the default branch only.
stages:
  dev:
    region: eu-west-2
    account: "000000000000"
    apply: reviewed # by /apply before the merge, or by the merge if its plan is the reviewed one
preview:
  stage: dev # /preview makes a running copy of a pull request
`,
  ".github/workflows/gatewright.yml": `name: gatewright
on: pull_request
permissions: { contents: read, id-token: write, pull-requests: write }
jobs:
  plan:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: { ref: "\${{ github.event.pull_request.head.sha }}" }
      - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3
        with: { role-to-assume: "arn:aws:iam::000000000000:role/gatewright-plan", aws-region: eu-west-2 }
      - uses: gatewright/gatewright@v0
        with: { stage: dev }
`,
};

/** The spec with one property changed. */
export function withMemory(megabytes: number): Texts {
  return { [SPEC]: replaced(/MemorySize: \d+/, `MemorySize: ${megabytes}`) };
}

/** The spec as `withMemory` left it, without the route `GET /hello/{name}`. */
export function withoutNames(megabytes: number): Texts {
  const spec = withMemory(megabytes)[SPEC] ?? "";
  const route =
    / {2}\{\n {4}type: "Route",\n(?: {4}.*\n)*? {4}properties: [^\n]*\/hello\/\{name\}[^\n]*\n(?: {4}.*\n)*? {2}\},\n/;
  return { [SPEC]: replaced(route, "", spec) };
}

function replaced(what: RegExp, by: string, text = stackFiles()[SPEC] ?? ""): string {
  const changed = text.replace(what, by);
  if (changed === text) throw new Error(`examples/http-lambda/${SPEC} has no ${what} to change`);
  return changed;
}
