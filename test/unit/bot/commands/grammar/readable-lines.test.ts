import { describe, expect, it } from "vitest";
import { readableLines } from "../../../../../bot/commands/grammar/readable-lines.ts";
import { wordsOf } from "../../../../../bot/commands/grammar/words.ts";

describe("the lines that may hold a command", () => {
  it.each([
    ["are all of a plain comment", "a\nb", ["a", "b"]],
    ["end at every kind of line end", "a\rb\r\nc", ["a", "b", "c"]],
    ["begin again after a fence", "```\nin\n```\nout", ["out"]],
    ["begin again after a longer closing fence", "```\nin\n````\nout", ["out"]],
    ["begin again after a closing fence with spaces", "```\nin\n``` \nout", ["out"]],
    ["are none inside a fence that another mark seems to close", "```\nin\n~~~\nin", []],
    ["are none inside a fence that a shorter mark seems to close", "````\nin\n```\nin", []],
    ["are none inside a fence that a mark with words seems to close", "```\nin\n``` js\nin", []],
    ["are those after two backticks, which are no fence", "``\nout", ["``", "out"]],
    ["are those after two tildes, which are no fence", "~~\nout", ["~~", "out"]],
    ["are those after a fence's mark inside a line", "see ```\nout", ["see ```", "out"]],
    ["leave out a quote, also an indented one", "> a\n  > b\nc", ["c"]],
    ["keep a line with a quote mark inside", "a > b", ["a > b"]],
    ["keep a line with many spaces inside", "a    b", ["a    b"]],
    ["leave out a comment", "a<!-- x\ny -->b", ["ab"]],
    ["leave out a comment that never ends", "a\n<!-- x\ny", ["a", ""]],
    ["keep emphasis around nothing", "**/**", ["/"]],
    ["keep emphasis that is not around a command", "**bold** /plan", ["**bold** /plan"]],
    ["keep emphasis that never ends", "**/plan", ["**/plan"]],
  ])("%s", (_what, body, lines) => {
    expect(readableLines(body)).toEqual(lines);
  });
});

describe("the words of a line", () => {
  it.each([
    [
      "a b",
      [
        { value: "a", written: "a" },
        { value: "b", written: "b" },
      ],
    ],
    ['"a b"', [{ value: "a b", written: '"a b"' }]],
    ['-d="a b"', [{ value: "a b", written: '-d="a b"', option: "-d", joined: true }]],
    [
      "-d x",
      [
        { value: "-d", written: "-d", option: "-d", joined: false },
        { value: "x", written: "x" },
      ],
    ],
    ["-d=x", [{ value: "x", written: "-d=x", option: "-d", joined: true }]],
    ["-d!x", [{ value: "-d!x", written: "-d!x" }]],
    ["\u200b", []],
    ["a\u200b", [{ value: "a", written: "a\u200b" }]],
    [
      "—stage x",
      [
        { value: "--stage", written: "--stage", option: "--stage", joined: false },
        { value: "x", written: "x" },
      ],
    ],
    [
      "x –s",
      [
        { value: "x", written: "x" },
        { value: "-s", written: "-s", option: "-s", joined: false },
      ],
    ],
    ["–s=x", [{ value: "x", written: "-s=x", option: "-s", joined: true }]],
    [
      "a—b — c",
      [
        { value: "a—b", written: "a—b" },
        { value: "—", written: "—" },
        { value: "c", written: "c" },
      ],
    ],
  ])("%j", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});
