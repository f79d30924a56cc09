import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS, SHAPES } from "../../../../bot/commands/grammar/commands.ts";
import { STAGE_FORM } from "../../../../src/model/stage.ts";
import { parseComment } from "../../../../bot/commands/grammar/parse.ts";

const id = "0123456789ab";

describe("a comment that is a command", () => {
  it.each([
    ["/help", { name: "help" }],
    [`/apply ${id}`, { name: "apply", planId: id }],
    ["/apply", { name: "apply" }],
    [`  looks good to me\n\n/apply ${id} -s prod\n\nthanks`, { name: "apply", planId: id, stage: "prod" }],
    [
      "/apply -s dev --stage=test -s prod -d x",
      { name: "apply", stage: "dev", alsoStages: ["test", "prod"], directory: "x" },
    ],
    ["/apply -s prod -d services/shop", { name: "apply", stage: "prod", directory: "services/shop" }],
    ["/adopt my-api", { name: "adopt", resource: "my-api" }],
    ["/adopt ApiGatewayV2::Api::my-api", { name: "adopt", resource: "ApiGatewayV2::Api::my-api" }],
    ["/list -t ApiGatewayV2::Integration", { name: "list", type: "ApiGatewayV2::Integration" }],
    ["/lock incident 42 --severe -s prod", { name: "lock", reason: "incident 42 --severe", stage: "prod" }],
    ["/preview off", { name: "preview", off: true }],
    ["/preview off.", { name: "preview", off: true }],
    ["/plan\r\n", { name: "plan" }],
    ["> what about this?\n/plan", { name: "plan" }],
    [`> quoted\n\nyes\n/apply ${id}`, { name: "apply", planId: id }],
  ])("%j", (body, command) => {
    expect(parseComment(body)).toMatchObject({ kind: "command", command });
  });

  it("asks for a preview, unless it says off", () => {
    expect(parseComment("/preview")).toMatchObject({ kind: "command", command: { name: "preview" } });
    expect(parseComment("/preview")).not.toHaveProperty("command.off");
  });

  it("is about the whole pull request where it is a preview's: it takes no stage", () => {
    expect(parseComment("/preview -s dev")).toMatchObject({ kind: "mistake" });
  });
});

describe("a comment that is none", () => {
  it.each([
    ["prose", "let us apply this"],
    ["a command inside a line", "please /apply"],
    ["an indented line", "    /apply"],
    ["a fence", "```\n/apply\n```"],
    ["a fence with tildes and a language", "~~~sh\n/apply\n~~~"],
    ["a fence that never ends", "```\n/apply"],
    ["a longer fence around a shorter one", "````\n```\n/apply\n```\n````"],
    ["a quote", "> /apply"],
    ["a line indented by a tab", "\t/apply"],
    ["struck through", "~~/apply~~"],
    ["emphasis that never ends", "**/apply"],
    ["an HTML comment", "<!-- \n/apply\n-->"],
    ["a path", "/usr/bin/apply"],
    ["another bot's command", "/assign @ana"],
    ["another bot's command with a similar look", "/approve"],
  ])("%s", (_what, body) => {
    expect(parseComment(body)).toEqual({ kind: "none" });
  });
});

describe("what editors, phones and sentences add is forgiven", () => {
  it.each([
    ["a leading space", " /help", { name: "help" }],
    ["three", "   /help", { name: "help" }],
    ["a no-break space", "\u00a0/help", { name: "help" }],
    ["a no-break space inside", `/apply\u00a0${id}`, { name: "apply", planId: id }],
    ["a zero-width space", "\u200b/help", { name: "help" }],
    ["a zero-width space at the end", `/apply ${id}\u200b`, { name: "apply", planId: id }],
    ["a byte order mark", "\ufeff/help", { name: "help" }],
    ["a mark of direction", "\u200e/help", { name: "help" }],
    ["an ideographic space", "\u3000/help", { name: "help" }],
    ["a full stop", "/help.", { name: "help" }],
    ["an exclamation mark", "/plan!", { name: "plan" }],
    ["a full stop after an argument", `/apply ${id}.`, { name: "apply", planId: id }],
    ["a full stop after a stage", "/plan -s prod.", { name: "plan", stage: "prod" }],
    ["bold", "**/help**", { name: "help" }],
    ["italics", "_/help_", { name: "help" }],
    ["bold and a full stop", "**/help**.", { name: "help" }],
    ["bold with arguments", `**/apply ${id} -s prod**`, { name: "apply", planId: id, stage: "prod" }],
    ["a bold command with plain arguments", `**/apply** ${id}`, { name: "apply", planId: id }],
    ["a phone's dash", "/plan —stage prod", { name: "plan", stage: "prod" }],
    ["a phone's short dash", "/plan –s prod", { name: "plan", stage: "prod" }],
    ["an equals sign", "/plan --stage=prod", { name: "plan", stage: "prod" }],
  ])("%s", (_what, body, command) => {
    expect(parseComment(body)).toMatchObject({ kind: "command", command });
  });
});

describe("a directory", () => {
  it.each([
    ['/plan -d "my apis/shop one"', "my apis/shop one"],
    ["/plan -d 'my apis/shop one' -s dev", "my apis/shop one"],
    ["/plan -d “my apis/shop one”", "my apis/shop one"],
    ['/plan --directory="my apis/shop one"', "my apis/shop one"],
    ["/plan -d größe", "größe"],
    ["/plan -d gro\u0308ße", "größe"],
    ["/plan -d 店/注文", "店/注文"],
    ["/plan -d it's", "it's"],
    [`/plan -d "it's here"`, "it's here"],
    ["/plan -d apis/(old)+1", "apis/(old)+1"],
    ["/plan -d ./apis/orders/", "apis/orders"],
    ["/plan -d .", "."],
    ['/plan -d "-s"', "-s"],
  ])("%s", (body, directory) => {
    expect(parseComment(body)).toMatchObject({ kind: "command", command: { name: "plan", directory } });
  });

  it("says that a name with spaces needs quotes", () => {
    const parsed = parseComment("/plan -d my apis/shop one");
    expect(parsed).toMatchObject({ kind: "mistake", error: { hint: expect.stringContaining("in quotes") } });
  });

  it.each(["/etc", "..", "apis/../../x", "a\u0007b", '""'])("%j is none of the repository", (directory) => {
    expect(parseComment(`/plan -d ${directory}`)).toMatchObject({ kind: "mistake" });
  });
});

describe("a mistake is answered, not guessed", () => {
  it.each([
    ["/aply", "Did you mean `/apply`?"],
    ["/Apply", "Did you mean `/apply`?"],
    ["/halp", "Did you mean `/help`?"],
    ["/apply\n/plan", "Send one command per comment."],
    ["/apply 12345", "12 hex digits"],
    ["/apply --force", "Usage:"],
    ["/apply -s", "Usage:"],
    ["/plan -s dev -s prod", "Usage:"],
    ["/apply -d ../other", "Usage:"],
    ["/adopt", "Usage:"],
    ["/help me", "Usage:"],
  ])("%j → %s", (body, hint) => {
    const parsed = parseComment(body);
    expect(parsed.kind).toBe("mistake");
    expect(parsed.kind === "mistake" ? parsed.error.hint : "").toContain(hint);
  });
});

describe("the longest comment that GitHub takes", () => {
  const MOST = 65_536;
  const filled = (start: string, part: string, end: string): string =>
    start + part.repeat(Math.floor((MOST - start.length - end.length) / part.length)) + end;

  it.each([
    ["blanks in a line", "/plan", " ", "x"],
    ["no-break spaces in a line", "hello", "\u00a0 ", "x"],
    ["zero-width spaces in a word", "/plan a", "\u200b", "b"],
    ["zero-width spaces in a line", "x", "\u200b", "x"],
    ["full stops in an argument", "/apply ", ".", "x"],
    ["full stops in an option", "/plan -s ", ".", "x"],
    ["quotes", "/lock ", '"a ', ""],
    ["unlike quotes", "/lock ", "‘“", ""],
    ["dashes", "/lock ", "– ", ""],
    ["emphasis", "**/", "*", ""],
    ["openings of comments", "/plan ", "<!--", ""],
    ["openings of fences", "", "```\n", "/plan"],
    ["commands", "", "/plan\n", ""],
    ["a word", "/", "a", ""],
    ["line ends", "", "\r", "/plan"],
  ])("with nothing but %s is read in one pass", (_what, start, part, end) => {
    expect(() => parseComment(filled(start, part, end))).not.toThrow();
  });
});

describe("whatever is written", () => {
  it("never throws, and never finds a command behind a quote mark on every line", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...COMMANDS.map((name) => `/${name}`), "```", "~~~", ">", "<!--", "-->"),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        parseComment(lines.join("\n"));
        expect(parseComment(lines.map((one) => `> ${one.replace(/[\r\n]/g, " ")}`).join("\n"))).toEqual({
          kind: "none",
        });
      }),
    );
  });

  it("reads the same command with any prose before and after it", () => {
    const prose = fc.stringMatching(/^[a-z ,.]{0,40}$/);
    fc.assert(
      fc.property(prose, prose, fc.constantFrom(...COMMANDS), (before, after, name) => {
        const argument = SHAPES[name].required === true ? " something" : "";
        const parsed = parseComment(`${before}\n/${name}${argument}\n\n${after}`);
        expect(parsed).toMatchObject({ kind: "command", command: { name } });
      }),
    );
  });
});

describe("what a person reads of a mistake", () => {
  const PLAN = "Usage: `/plan [-s STAGE] [-d DIRECTORY]`";
  const QUOTES = 'Put a directory with spaces in quotes: `-d "my apis/shop"`. ';

  it.each([
    ["/aply", "COMMAND_UNKNOWN", "`/aply` is not a command", "Did you mean `/apply`?"],
    ["/lok x", "COMMAND_UNKNOWN", "`/lok` is not a command", "Did you mean `/lock`?"],
    ["/statsu", "COMMAND_UNKNOWN", "`/statsu` is not a command", "Did you mean `/status`?"],
    [
      "/plan\n/apply",
      "COMMAND_SEVERAL",
      "two commands in one comment: `/plan` and `/apply`",
      "Send one command per comment.",
    ],
    ["/plan --force", "COMMAND_INVALID", "`--force` is not an option of `/plan`", PLAN],
    ["/plan -t A::B", "COMMAND_INVALID", "`-t` is not an option of `/plan`", PLAN],
    ["/plan -s", "COMMAND_INVALID", `\`-s\` needs a stage's name (${STAGE_FORM}), not nothing`, PLAN],
    ["/plan -s a/b", "COMMAND_INVALID", `\`-s\` needs a stage's name (${STAGE_FORM}), not \`a/b\``, PLAN],
    [
      "/plan --directory=/etc",
      "COMMAND_INVALID",
      "`--directory` needs a directory of the repository, in quotes if its name has spaces, not `/etc`",
      PLAN,
    ],
    [
      "/list -t Route",
      "COMMAND_INVALID",
      "`-t` needs a type such as ApiGatewayV2::Route, not `Route`",
      "Usage: `/list [-t GROUP::TYPE] [-s STAGE] [-d DIRECTORY]`",
    ],
    ["/plan -s dev --stage prod", "COMMAND_INVALID", "`--stage` appears twice", PLAN],
    [
      "/apply 0123456789ab -s dev -s prod",
      "COMMAND_INVALID",
      "the plan `0123456789ab` is of one stage, and the command names 2",
      `Leave the plan id out: each stage applies the plan that was reviewed. Usage: \`${SHAPES.apply.usage}\``,
    ],
    ["/preview on", "COMMAND_INVALID", "`/preview` does not take `on`", "Usage: `/preview [off]`"],
    ["/plan now", "COMMAND_INVALID", "`/plan` does not take `now`", PLAN],
    ["/plan -d my apis", "COMMAND_INVALID", "`/plan` does not take `apis`", `${QUOTES}${PLAN}`],
    ["/lock", "COMMAND_INVALID", "`/lock` needs a reason", "Usage: `/lock REASON [-s STAGE] [-d DIRECTORY]`"],
    [
      "/adopt -d x",
      "COMMAND_INVALID",
      "`/adopt` needs the name of a resource",
      "Usage: `/adopt NAME [-s STAGE] [-d DIRECTORY]`",
    ],
    [
      "/adopt one two",
      "COMMAND_INVALID",
      "`/adopt` takes one name, not 2",
      "Usage: `/adopt NAME [-s STAGE] [-d DIRECTORY]`",
    ],
    [
      "/apply latest",
      "COMMAND_INVALID",
      "`latest` is not a plan id",
      "A plan id is 12 hex digits, as in the plan comment. Usage: `/apply [PLAN-ID] [-s STAGE]… [-d DIRECTORY]`",
    ],
  ])("%j", (body, code, message, hint) => {
    expect(parseComment(body)).toEqual({
      kind: "mistake",
      text: body.split("\n")[0],
      error: { code, message, hint },
    });
  });
});

describe("the whole command", () => {
  it.each([
    ["/plan", { name: "plan" }],
    ["/plan ,", { name: "plan" }],
    ["/lock it's broken — see #4. -s dev", { name: "lock", reason: "it's broken — see #4.", stage: "dev" }],
    ['/lock "on purpose" -t x', { name: "lock", reason: '"on purpose" -t x' }],
    ["/lock -x marks it", { name: "lock", reason: "-x marks it" }],
    ["/adopt 'my api'", { name: "adopt", resource: "my api" }],
    ["/list --type ApiGatewayV2::Route.", { name: "list", type: "ApiGatewayV2::Route" }],
    ["/plan -d a\\b", { name: "plan", directory: "a/b" }],
    ["/plan -d=‘x y’ --stage=dev", { name: "plan", directory: "x y", stage: "dev" }],
    ["/plan -d „x y“", { name: "plan", directory: "x y" }],
    [`/destroy ${id} -s dev`, { name: "destroy", planId: id, stage: "dev" }],
  ])("%j", (body, command) => {
    expect(parseComment(body)).toEqual({ kind: "command", text: body, command });
  });
});

describe("words of other bots", () => {
  it.each(["/plans-are-good", "/hold", "/rebase", "/ok", "/lgtm", "/close", "/locust"])("%s", (body) => {
    expect(parseComment(body)).toEqual({ kind: "none" });
  });
});
