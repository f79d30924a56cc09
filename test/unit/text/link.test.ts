import { describe, expect, it } from "vitest";
import {
  addressInCell,
  addressLink,
  codeLink,
  commitLink,
  link,
  mention,
  profileLink,
  safeUrl,
} from "../../../src/text/link.ts";
import { md } from "../../../src/text/markdown.ts";

const API = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/dev";

describe("an address", () => {
  it.each([
    ["of the web stays as it is", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
    ["without encryption too", "http://example.com/", "http://example.com/"],
    ["that runs code is none", "javascript:alert(1)", undefined],
    ["of a file is none", "file:///etc/passwd", undefined],
    ["without a scheme is none", "example.com", undefined],
    ["that is not there is none", undefined, undefined],
    [
      "has nothing in it that ends a link or a cell",
      "https://example.com/(a)|[b]*_\\'#`",
      "https://example.com/%28a%29%7C%5Bb%5D%2A%5F/%27#%60",
    ],
  ])("%s", (_what, url, safe) => {
    expect(safeUrl(url)).toBe(safe);
  });

  it("is linked where it is safe, else its text stands alone", () => {
    expect(link(md`here`, "https://example.com/")).toBe("[here](https://example.com/)");
    expect(link(md`here`, "javascript:alert(1)")).toBe("here");
  });

  it("of code is linked unless a parser could read into the code", () => {
    expect(codeLink("a b", "https://example.com/")).toBe("[`a b`](https://example.com/)");
    expect(codeLink("a[0]", "https://example.com/")).toBe("`a[0]`");
    expect(codeLink("a]", "https://example.com/")).toBe("`a]`");
    expect(codeLink("a\\b", "https://example.com/")).toBe("`a\\b`");
    expect(codeLink("a`b", "https://example.com/")).not.toContain("](");
  });

  it("of an API is linked, any other is code", () => {
    expect(addressLink(API)).toBe(`<${API}>`);
    expect(addressLink("https://evil.example/")).toBe("`https://evil.example/`");
    expect(addressInCell(API)).toContain(`](${API})`);
    expect(addressInCell("https://evil.example/")).not.toContain("](");
  });
});

describe("a person", () => {
  it.each([
    ["https://github.com", "ana", "[@ana](https://github.com/ana)"],
    ["https://git.example/", "ana-b", "[@ana-b](https://git.example/ana-b)"],
    ["https://github.com", "ana) [x](y", "`ana) [x](y`"],
    ["https://github.com", "a".repeat(40), `\`${"a".repeat(40)}\``],
    ["github", "ana", "`ana`"],
  ])("on %s is linked if GitHub could have that login: %s", (server, login, text) => {
    expect(profileLink(server, login)).toBe(text);
  });

  it.each([
    ["ana", "@ana"],
    ["renovate[bot]", "@renovate[bot]"],
    [" ana @ben ", "`ana @ben`"],
    ["renovate[bot]x", "`renovate[bot]x`"],
  ])("is mentioned by login only: %s", (login, text) => {
    expect(mention(login)).toBe(text);
  });
});

describe("a commit", () => {
  it.each([
    ["a1b2c3d4e5f6", "a1b2c3d"],
    ["release", "`release`"],
    ["a1b2c", "`a1b2c`"],
  ])("is short, and linked by GitHub where it is one: %s", (sha, text) => {
    expect(commitLink(sha)).toBe(text);
  });
});
