import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html, trusted, webAddress } from "../../../../../bot/http/web/html.ts";

describe("the template", () => {
  test("escapes texts, keeps markup, joins lists, leaves out what is not there", () => {
    const inner = html`<b>${"<i>&\"'"}</b>`;
    expect(String(html`<p title="${'"><script>'}">${[inner, 3, undefined, null, false, ""]}</p>`)).toBe(
      '<p title="&quot;&gt;&lt;script&gt;"><b>&lt;i&gt;&amp;&quot;&#39;</b>3</p>',
    );
    expect(String(trusted("<hr>"))).toBe("<hr>");
  });

  test("never lets a text become markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = String(html`${text}`);
        expect(shown).not.toMatch(/[<>"']/);
        expect(shown.replace(/&(amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
      }),
    );
  });

  test("takes nothing for markup that only looks like it", () => {
    for (const forged of ['{"text":"<script>"}', '{"isEscaped":true,"callbacks":[]}'])
      expect(() => html`${JSON.parse(forged)}`).toThrow("not markup");
  });

  test("shows what would hide or reorder", () => {
    expect(String(html`${"a\u202eb\u200bc\u0000d\ne"}`)).toBe("a\\u202eb\\u200bc\\u0000d\ne");
  });
});

describe("addresses", () => {
  test.each([
    ["https://7a38wlw431.execute-api.eu-west-2.amazonaws.com/prod", true],
    ["http://localhost:4566/x?y=1", true],
    ["javascript:alert(1)", false],
    ["https://a b", false],
    ['https://a"onmouseover=x', false],
    ["wss://a", false],
    ["arn:aws:iam::1:role/x", false],
  ])("%s: %s", (text, is) => {
    expect(webAddress(text) !== undefined).toBe(is);
  });
});
