/** Whatever somebody writes, GitHub makes nothing of it. The rules of each escaper are in escape.test.ts and prose.test.ts. */
import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import {
  clip,
  codeSpan,
  fence,
  htmlCode,
  inCell,
  NARROW,
  visible,
  wrappingCode,
} from "../../../src/text/escape.ts";
import { md } from "../../../src/text/markdown.ts";
import { prose } from "../../../src/text/prose.ts";
import { table } from "../../../src/text/table.ts";
import { hostileText, injected, tags } from "../report/hostile.ts";

const html = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });

/** The text of the only code element. */
function codeText(markup: string): string {
  const inner = /<code>(.*?)<\/code>/s.exec(markup)?.[1] ?? "";
  const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };
  return inner.replace(/&(?:#(\d+)|([a-z]+));/g, (entity, point: string | undefined, name: string) =>
    point === undefined ? (named[name] ?? entity) : String.fromCodePoint(Number(point)),
  );
}

describe("the look for injected things itself", () => {
  it.each([
    "hi @octocat",
    "see #4242",
    "GH-42",
    "commit deadbeef1",
    "<b>x</b>",
    "[x](https://evil.example/(x)",
    "![x](https://evil.example/x)",
    "https://evil.example",
    ":tada:",
    "$x$",
    "a <!-- b -->",
    "<details>",
  ])("finds %s", (text) => {
    expect(injected(html(text))).not.toEqual([]);
  });

  it("finds nothing in plain text", () => {
    expect(injected(html("Plain text, **bold**, `@octocat #12 <b>`."))).toEqual([]);
  });
});

describe("what hides is made visible", () => {
  it.each([
    ["a\nb", "a\\nb"],
    ["a\tb\rc", "a\\tb\\rc"],
    ["\u202egnp.exe", "\\u202egnp.exe"],
    ["zero\u200bwidth", "zero\\u200bwidth"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\ud800", "\\ud800"],
    ["\u00a0", "\\u00a0"],
    ["é 日本 🎉", "é 日本 🎉"],
  ])("%j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("clips in the middle and never through a character", () => {
    expect(clip("abcdefghij", 7)).toBe("abcd…ij");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 4, max: 20 }), (text, max) => {
        const clipped = clip(text, max);
        expect(clipped.isWellFormed()).toBe(true);
        expect(clipped.length).toBeLessThanOrEqual(Math.max(max, Math.min(text.length, max)));
      }),
    );
  });
});

describe("code that may wrap", () => {
  it("is a code span while it is narrow", () => {
    for (const text of ["GET /hello", "a-b-c-d-e-f-g-h", "7a38wlw431"])
      expect(wrappingCode(text)).toBe(codeSpan(text));
  });

  it.each([
    ["https://7a38wlw431.execute-api.eu", "https://|7a38wlw431|.execute|-api.eu"],
    ["AccessDeniedException", "Access|Denied|Exception"],
    ["averylongname", "averylong|name"],
  ])("%s may break where a reader would break it", (text, parts) => {
    const markup = html(wrappingCode(text)).replaceAll("<wbr>", "|");
    expect(codeText(markup)).toBe(parts);
  });

  it("holds exactly its text, and injects nothing, alone, in a cell and in a link", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const code = wrappingCode(text, 1_000);
        const markup = html(`x ${code} y`);
        expect(injected(markup)).toEqual([]);
        if (visible(text).trim() !== "" && code.startsWith("<"))
          expect(codeText(markup.replaceAll("<wbr>", ""))).toBe(visible(text));
        expect(injected(html(table(["A", "B"], [[code, md`[${code}](https://github.example/x)`]])))).toEqual(
          [],
        );
      }),
    );
  });

  it("has no part wider than a phone's column", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 200 }), (text) => {
        const code = wrappingCode(text, 300);
        if (!code.startsWith("<")) return;
        const parts = code
          .replace(/<\/?code>/g, "")
          .replace(/&#\d+;/g, "x")
          .split(/<wbr>|[ -]/);
        expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(NARROW);
      }),
    );
  });
});

describe("code spans", () => {
  it.each(["`", "``", " `a` ", "a``b", "``` x", "\\`", "a|b"])("hold exactly %j", (text) => {
    const markup = html(`x ${codeSpan(text)} y`);
    expect(tags(markup, "code")).toBe(1);
    expect(codeText(markup)).toBe(text);
  });

  it("hold any text, in a paragraph", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const markup = html(`x ${codeSpan(text, 1_000)} y`);
        expect(injected(markup)).toEqual([]);
        if (visible(text).trim() !== "") expect(codeText(markup)).toBe(visible(text));
      }),
      { numRuns: 500 },
    );
  });

  it("hold any text, in a table, and never make a cell more", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 2, maxLength: 2 }), ([one = "", two = ""]) => {
        const markup = html(table(["A", "B", "C"], [[codeSpan(one), prose(two), md`end`]]));
        expect(injected(markup)).toEqual([]);
        expect(tags(markup, "td")).toBe(3);
        expect(markup).toContain("<td>end</td>");
      }),
      { numRuns: 500 },
    );
  });

  it("show a pipe in a cell, and its twin where a backslash would undo the escape", () => {
    expect(inCell("`a|b`")).toBe("`a\\|b`");
    expect(inCell("`a\\|b`")).toBe("`a\\\uff5cb`");
  });
});

describe("fences", () => {
  it("hold any lines", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 5 }), (lines) => {
        const markup = html(`${fence("diff", lines)}\n\nend`);
        expect(tags(markup, "pre")).toBe(1);
        expect(markup).toMatch(/<p>end<\/p>\n$/);
        expect(injected(markup)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("raw HTML", () => {
  it("takes any text as text", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const markup = html(`<details><summary>${htmlCode(text)}</summary>\n\nx\n</details>\n\nend`);
        expect(injected(markup)).toEqual([]);
        expect(tags(markup, "details")).toBe(1);
        expect(markup).toContain("<p>end</p>");
      }),
      { numRuns: 500 },
    );
  });
});

describe("prose", () => {
  it.each([
    ["the branch is behind its base", "the branch is behind its base"],
    ["approved by @ben for 1a2b3c4", "approved by `@ben` for `1a2b3c4`"],
    ["Send `/plan`.", "Send `/plan`."],
    ["see (https://x.example/a), then", "see (`https://x.example/a`), then"],
    ["line\n  two", "line two"],
    ["2. first", "2\\. first"],
    ["my_name *x*", "`my_name` `*x*`"],
    ["needs lambda:CreateFunction", "needs `lambda:CreateFunction`"],
    ["`a``b`", "`a` `b`"],
  ])("%j", (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  it("sets given phrases as code, the longest first", () => {
    const code = ["Api::x::GET /a", "GET /a", undefined, ""];
    expect(prose("Api::x::GET /a and GET /a were", { code })).toBe("`Api::x::GET /a` and `GET /a` were");
  });

  it("makes nothing of any text, wherever it stands", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, phrase) => {
        const set = prose(text, { code: [phrase] });
        for (const frame of [set, `- **x:** ${set} _y_`, `> ${set}`, `# ${set}`, `x\n${set}\ny`]) {
          expect(injected(html(frame)).filter((what) => !["<h1>", "<ol>"].includes(what))).toEqual([]);
        }
        expect(tags(html(set), "p")).toBe(set === "" ? 0 : 1);
      }),
      { numRuns: 800 },
    );
  });
});
