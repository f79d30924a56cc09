/** Every state of the comments as a file, to be read as a reviewer would. After a wanted change: `vitest run FILE --update=true`. */
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { commentStates } from "../../../fixtures/comments.ts";
import { injected, unbalanced } from "../hostile.ts";

describe("the comment", () => {
  it.each(Object.entries(commentStates()))("%s is as its golden file", async (name, text) => {
    await expect(`${text}\n`).toMatchFileSnapshot(`./golden/${name}.md`);
    expect(unbalanced(text)).toEqual([]);
    expect(injected(marked.parse(text, { async: false, gfm: true }))).toEqual([]);
  });
});
