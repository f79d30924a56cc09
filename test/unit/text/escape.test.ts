/** The rules of each escaper, one by one; any-text.test.ts holds that they let nothing through. */
import { describe, expect, it } from "vitest";
import {
  clip,
  codeSpan,
  fence,
  htmlCode,
  identifier,
  inCell,
  inertLog,
  logLine,
  visible,
  visibleLines,
  wrappingCode,
} from "../../../src/text/escape.ts";

describe("what hides is made visible", () => {
  it.each([
    ["a new line", "a\nb", "a\\nb"],
    ["a tab and a return", "a\tb\rc", "a\\tb\\rc"],
    ["a control character, in four digits", "\u0001\u001b", "\\u0001\\u001b"],
    ["a direction", "\u202egnp.exe", "\\u202egnp.exe"],
    ["a zero width", "zero\u200bwidth", "zero\\u200bwidth"],
    ["a tag, in braces", "\u{e0041}", "\\u{e0041}"],
    ["half a pair", "\ud800", "\\ud800"],
    ["a space that is none", "\u00a0\u3000", "\\u00a0\\u3000"],
    ["a filler", "\u3164\u2800", "\\u3164\\u2800"],
    ["nothing in text", "é 日本 🎉", "é 日本 🎉"],
  ])("%s: %j", (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("but lines stay lines where they may, however they end", () => {
    expect(visibleLines("a\nb\rc\r\nd\te\n\nf")).toBe("a\nb\nc\nd\\te\n\nf");
  });
});

describe("a line of a job's log", () => {
  it.each([
    ["a command at its start", "::set-output name=a::b", "\\::set-output name=a::b"],
    ["a command after white space", " \t::add-mask::a", " \t\\::add-mask::a"],
    ["a command in a later line", "x\n::error::y", "x\n\\::error::y"],
    ["the older form, anywhere", "x ##[error]y ##[group]z", "x #\\#[error]y #\\#[group]z"],
    ["no colons inside", "a::b", "a::b"],
    ["no single colon", ":a", ":a"],
    ["no other signs", "## [x] #[y]", "## [x] #[y]"],
    ["no empty line before", "\n\n::a::", "\n\n\\::a::"],
  ])("makes nothing of %s", (_what, text, inert) => {
    expect(inertLog(text)).toBe(inert);
  });

  it("is one line, and commands neither the runner nor a terminal", () => {
    expect(logLine("a\n::b::\u001b[31m##[c]")).toBe("a\\n::b::\\u001b[31m#\\#[c]");
    expect(logLine("::b::")).toBe("\\::b::");
  });
});

describe("a long text", () => {
  it.each([
    ["abcdefghij", 10, "abcdefghij"],
    ["abcdefghij", 9, "abcdef…ij"],
    ["abcdefghij", 7, "abcd…ij"],
    ["abcdefghij", 4, "ab…j"],
    ["abc🎉defghi", 6, "abc…i"],
    ["abcdefgh🎉i", 8, "abcde…i"],
    ["\udc00bcdefghi", 7, "bcd…hi"],
    ["a\udc00\ud800bcdefghijklmnop\udc00\ud800q", 12, "a\udc00\ud800bcdef…\ud800q"],
    ["abcdefgh\ud800", 7, "abcd…h"],
  ])("%j is cut in the middle to %i, never through a character: %j", (text, max, clipped) => {
    expect(clip(text, max)).toBe(clipped);
  });
});

describe("a code span", () => {
  it.each([
    ["text", "a b", "`a b`"],
    ["a backtick", "a`b", "``a`b``"],
    ["more backticks than that", "a``b`c", "```a``b`c```"],
    ["a backtick at its start", "`a", "`` `a ``"],
    ["a backtick at its end", "a`", "`` a` ``"],
    ["a space at its start", " a", "`  a `"],
    ["a space at its end", "a ", "` a  `"],
    ["a new line", "a\nb", "`a\\nb`"],
    ["nothing", "", "(empty)"],
    ["only spaces", "  ", "(empty)"],
    ["no entity", "<b>&", "`<b>&`"],
  ])("holds %s: %j", (_what, text, markdown) => {
    expect(codeSpan(text)).toBe(markdown);
  });

  it("is as long as it may be", () => {
    expect(codeSpan("x".repeat(160))).toBe(`\`${"x".repeat(160)}\``);
    expect(codeSpan("x".repeat(161))).toContain("…");
    expect(codeSpan("abcdefghij", 4)).toBe("`ab…j`");
  });
});

describe("a name", () => {
  it.each([
    ["AWS_QUOTA", "AWS_QUOTA"],
    ["x", "x"],
    ["a1", "a1"],
    ["1a", "`1a`"],
    ["a b", "`a b`"],
    ["@all", "`@all`"],
    [" a ", "`a`"],
    ["x@all", "`x@all`"],
  ])("%j that is a word stays, any other is code", (name, markdown) => {
    expect(identifier(name)).toBe(markdown);
    expect(identifier("a-".repeat(120))).not.toContain("…");
    expect(identifier("a-".repeat(121))).toContain("…");
    expect(identifier("a-b-c-d-e", 4)).toContain("…");
  });
});

describe("code in HTML", () => {
  it.each([
    [
      "its characters as entities",
      `<b a="x">&amp;</b>`,
      "<code>&lt;b a=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;</code>",
    ],
    ["what hides", "a\nb", "<code>a\\nb</code>"],
    ["a backtick as it is", "`a`", "<code>`a`</code>"],
  ])("has %s", (_what, text, markup) => {
    expect(htmlCode(text)).toBe(markup);
  });

  it("is as long as it may be", () => {
    expect(htmlCode("x".repeat(161))).toContain("…");
    expect(htmlCode("abcdefghij", 4)).toBe("<code>ab…j</code>");
  });
});

describe("code that may wrap", () => {
  const parts = (text: string): string =>
    wrappingCode(text)
      .replaceAll("<wbr>", "|")
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

  it.each(["GET /hello", "a-b-c-d-e-f-g-h", "7a38wlw431", "elevenchars", "", "   "])(
    "is a code span while %j is narrow",
    (text) => {
      expect(wrappingCode(text)).toBe(codeSpan(text));
    },
  );

  it.each([
    ["https://7a38wlw431.execute-api.eu", "https://|7a38wlw431|.execute|-api.eu"],
    ["AccessDeniedException", "Access|Denied|Exception"],
    ["averylongname", "averylong|name"],
    ["AVERYLONGNAME", "AVERYLONGN|AME"],
    ["Tenletters0more", "Tenletters|0more"],
    ["first second-averylongname", "first| second|-averylong|name"],
    ["someone@example.com", "someone|@|example.com"],
    ["......................", "...........|..........."],
    ["日本語日本語日本語日本語", "日本語日本語日本語日|本語"],
  ])("%s may break where a reader would break it", (text, expected) => {
    expect(parts(text)).toBe(`<code>${expected}</code>`);
  });

  it("has every character that could act as an entity, but none that cannot", () => {
    expect(wrappingCode("é-/1, averylongname<b>@all#1&")).toBe(
      "<code>é-/1,<wbr> averylong<wbr>name&#60;b&#62;<wbr>&#64;<wbr>all&#35;1&#38;</code>",
    );
  });

  it("is as long as it may be", () => {
    expect(parts("abcdefghijklmnop".repeat(20))).toContain("…");
    expect(wrappingCode("abcdefghijklmnop", 4)).toBe("`ab…p`");
  });
});

describe("a fenced block", () => {
  it.each([
    ["its language and lines", "diff", ["+ a", "- b"], "```diff\n+ a\n- b\n```"],
    ["no line", "", [], "```\n```"],
    ["what hides, in each line", "", ["a\nb", "\tc"], "```\na\\nb\n\\tc\n```"],
    ["two backticks within three", "", ["``"], "```\n``\n```"],
    ["a fence in itself within a longer one", "", ["```", "````"], "`````\n```\n````\n`````"],
  ])("holds %s", (_what, language, lines, markdown) => {
    expect(fence(language, lines)).toBe(markdown);
  });
});

describe("a cell of a table", () => {
  it.each([
    ["a pipe", "`a|b`", "`a\\|b`"],
    ["each pipe", "|a||", "\\|a\\|\\|"],
    ["a pipe's twin, where a backslash would undo the escape", "`a\\|b`", "`a\\\uff5cb`"],
    ["the same after more of them", "a\\\\|b|", "a\\\\\uff5cb\\|"],
    ["a backslash alone", "a\\b", "a\\b"],
    ["a space for each new line", "a\nb\r\nc", "a b c"],
  ])("has %s", (_what, text, cell) => {
    expect(inCell(text)).toBe(cell);
  });
});
