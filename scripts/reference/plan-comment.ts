/**
 * The README's plan comment: what the Action posts for three edits of examples/http-lambda, on the fake AWS, as far as it is seen
 * without opening a fold. It is generated, so that it matches what people get.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { planComment } from "../../src/report/markdown/plan/comment.ts";
import { createFakeAws } from "../../test/fakes/aws/fake-aws.ts";
import { createFakeClock } from "../../test/fakes/clock.ts";
import { engineOn } from "../../test/integration/harness.ts";
import { type Generated, ROOT } from "./files.ts";

const REGION = "eu-west-2";
const BEGIN = "<!-- a plan comment, written by npm run docs: begin -->";
const END = "<!-- end -->";
/** The changes of the pull request: old text, new text. */
const EDITS = [
  ["MemorySize: 128", "MemorySize: 256"],
  ['RouteKey: "GET /hello/{name}"', 'RouteKey: "POST /hello"'],
  ['Action: ["logs:*"]', 'Action: ["logs:CreateLogStream", "logs:PutLogEvents"]'],
] as const;

export async function readme(): Promise<Generated> {
  const text = readFileSync(join(ROOT, "README.md"), "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error("README.md has lost the two lines between which its plan comment stands");
  const seen = untilTable(quoted(await comment()));
  return { path: "README.md", text: `${before}${BEGIN}\n${seen}\n${END}${after}` };
}

async function comment(): Promise<string> {
  const fake = createFakeAws({ region: REGION, account: "123456789012" });
  const clock = createFakeClock();
  const engine = engineOn({ region: REGION, clientConfig: fake.clientConfig(), clock, backoffMs: 1 });
  const read = (path: string): string => readFileSync(join(ROOT, "examples/http-lambda", path), "utf8");
  const files = {
    "resources.js": read("resources.js"),
    "my-function/my-function.js": read("my-function/my-function.js"),
  };
  const stack = { projectName: "hello", region: REGION };
  await engine.apply(files, {}, stack);
  const plan = await engine.plan({ ...files, "resources.js": edited(files["resources.js"]) }, stack);
  return planComment({
    stage: "dev",
    stacks: [{ directory: ".", plan }],
    origin: {
      serverUrl: "https://github.com",
      repository: "acme/hello",
      headSha: "1a2b3c4d".padEnd(40, "0"),
      durationMs: 1200,
    },
  });
}

function edited(spec: string): string {
  return EDITS.reduce((text, [old, now]) => {
    if (!text.includes(old)) throw new Error(`examples/http-lambda/resources.js has no ${old} any more`);
    return text.replace(old, now);
  }, spec);
}

/** What a reader sees without unfolding anything: up to the end of the table. */
function untilTable(comment: string): string {
  const end = /^> \|(?:.*\n> \|)*.*$/m.exec(comment);
  if (end === null) throw new Error("the plan comment has no table any more");
  const seen = comment.slice(0, end.index + end[0].length);
  return seen.replace(/^> <details>[\s\S]*?^> <\/details>\n(>\n)?/gm, "");
}

/** GitHub does not render alerts in a quote, and the links of an example lead nowhere. */
function quoted(markdown: string): string {
  return markdown
    .split("\n")
    .filter((line) => !line.startsWith("<!-- "))
    .map((line) =>
      line.replace("> [!CAUTION]", "> 🛑 **Caution**<br>").replace(/\[(`[^`]+`)\]\([^)]+\)/g, "$1"),
    )
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}
