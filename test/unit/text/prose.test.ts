/** Which words of a sentence become code, and how the rest stays as it is. */
import { describe, expect, it } from "vitest";
import { prose, sentenceProse } from "../../../src/text/prose.ts";

describe("a word", () => {
  it.each([
    "plain",
    "naïve 日本",
    "it’s (so), “said” he; 3.5% = 2+1",
    "one-way",
    "and – or — … → ×",
    "Yes! No? So:",
    "decade 12345",
  ])("%j stays as it is", (text) => {
    expect(prose(text)).toBe(text);
  });

  it.each([
    ["a mention", "@ben"],
    ["an issue", "#12"],
    ["another repository's issue", "acme/api#12"],
    ["a commit", "1a2b3c4"],
    ["a word that could be a commit", "deadbeef"],
    ["a path", "/plan"],
    ["an address", "https://x.example/a"],
    ["an address without a scheme", "www.x.example"],
    ["a relative address", "//x.example"],
    ["an ARN", "arn:aws:s3"],
    ["an operation", "lambda:CreateFunction"],
    ["a key", "Api::shop"],
    ["a numbered reference", "GH-1"],
    ["the start of an emoji", ":tada"],
    ["the start of an emoji behind anything", "):+1"],
    ["two names", "acme/api"],
    ["emphasis", "*x*"],
    ["an underscore", "my_name"],
    ["HTML", "<b>"],
    ["mathematics", "$x$"],
    ["a strike", "~x~"],
    ["a backslash", "a\\b"],
    ["a pipe", "a|b"],
    ["a colon in a name", "a:b"],
  ])("that is %s is code: %s", (_what, text) => {
    expect(prose(`see ${text} there`)).toBe(`see \`${text}\` there`);
  });

  it.each([
    ["(@ben),", "(`@ben`),"],
    ['"@ben"!', '"`@ben`"!'],
    ["“@ben”.", "“`@ben`”."],
    ["('@ben')?", "('`@ben`')?"],
    ["@ben:;", "`@ben`:;"],
    ["(/plan)", "(`/plan`)"],
    [":tada:", "`:tada`:"],
    ["&amp;", "`&amp`;"],
    ["[x](y)", "`[x](y`)"],
    ["(:tada", "(`:tada`"],
  ])("keeps the punctuation around it outside: %s", (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  it("that hides is shown", () => {
    expect(prose("a\u200bb \u00a0 c")).toBe("`a\\u200bb` `\\u00a0` c");
    expect(prose("(\u202e)")).toBe("(`\\u202e`)");
  });
});

describe("a paragraph", () => {
  it.each([
    ["has its lines in one", "line\n  two \r\n\n three", "line two three"],
    ["has no space around it", "  a  b ", "a  b"],
    ["keeps code that is marked", "Send `/plan -s dev` now.", "Send `/plan -s dev` now."],
    ["puts nothing between code and words", "`a` see @ben", "`a` see `@ben`"],
    ["keeps two codes apart", "`a``b`", "`a` `b`"],
    [
      "does not take two backticks for code",
      "a `` b",
      "a ```` `` ```` b".replace("```` `` ````", "``` `` ```"),
    ],
    ["begins no list with a number", "2. first", "2\\. first"],
    ["begins no list with a bracket", "12) first", "12\\) first"],
    ["begins no list with a dash", "- first", "\\- first"],
    ["begins no list with a plus", "+ first", "\\+ first"],
    ["begins no heading", "=== first", "\\=== first"],
    ["begins with no typographic dash", "– first", "\\– first"],
    ["may have a dash and a number elsewhere", "a - 2. b", "a - 2. b"],
    ["may be nothing", "", ""],
  ])("%s: %j", (_what, text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  it("is as long as it may be", () => {
    expect(prose(`${"word ".repeat(119)}words`)).not.toContain("…");
    expect(prose("word ".repeat(121))).toContain("…");
    expect(prose("abcdefghij", { max: 4 })).toBe("ab…j");
    expect(prose(`\`${"x".repeat(240)}\``)).toBe(`\`${"x".repeat(240)}\``);
    expect(prose(`\`${"x".repeat(241)}\``)).toContain("…");
    expect(prose(`@${"x".repeat(239)}`)).toBe(`\`@${"x".repeat(239)}\``);
  });
});

describe("given phrases", () => {
  const code = ["Api::x::GET /a", "GET /a", "GET /a or b", "a`b`", undefined, "", " ", "two\nlines"];

  it.each([
    ["the longest first", "Api::x::GET /a and GET /a were", "`Api::x::GET /a` and `GET /a` were"],
    ["not inside a longer word", "xGET /a and GET /ab", "xGET `/a` and GET `/ab`"],
    ["not inside a longer name", "GET /a-b and y:GET /a", "GET `/a-b` and `y:GET` `/a`"],
    ["where a sentence ends", "were GET /a.", "were `GET /a`."],
    ["and no empty one", "one  two", "one  two"],
    ["and no blank one", "a, (b", "a, (b"],
    ["a longer one before what it begins with", "GET /a or b is", "`GET /a or b` is"],
    ["with backticks in it", "so a`b` is", "so `` a`b` `` is"],
  ])("are code, %s", (_what, text, markdown) => {
    expect(prose(text, { code })).toBe(markdown);
  });

  it("are taken literally", () => {
    for (const phrase of ["a.b", "a*b", "(a)", "[a]", "a+b?", "{a}|b", "^a$", "a\\b", "a/b"]) {
      expect(prose(`so ${phrase} is`, { code: [phrase] }), phrase).toBe(`so \`${phrase}\` is`);
    }
    expect(prose("so axb is", { code: ["a.b"] })).toBe("so axb is");
  });
});

describe("in a narrow cell", () => {
  it("long words may go on in the next line, as wide ones of ours do", () => {
    expect(prose("authorization", { narrow: true })).toBe("authorization");
    expect(prose("authorizations", { narrow: true })).toBe("<code>authoriza<wbr>tions</code>");
    expect(prose("authorizations")).toBe("authorizations");
    expect(prose("..............", { narrow: true })).toMatch(/^<code>.*<\/code>$/);
    expect(prose("@ben", { narrow: true })).toBe("`@ben`");
  });
});

describe("a sentence", () => {
  it.each([
    ["so it is", "so it is."],
    ["so it is.", "so it is."],
    ["is it?", "is it?"],
    ["it is!", "it is!"],
    ["this:", "this:"],
    ["and…", "and…"],
    ["ask @ben", "ask `@ben`."],
  ])("%j ends as one", (text, markdown) => {
    expect(sentenceProse(text)).toBe(markdown);
  });

  it("is as long as it may be", () => {
    expect(sentenceProse("abcdefghij", { max: 4 })).toBe("ab…j.");
  });
});
