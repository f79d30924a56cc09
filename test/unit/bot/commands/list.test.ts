import { md } from "../../../../src/text/markdown.ts";
import { describe, expect, it } from "vitest";
import { listText } from "../../../../bot/commands/list.ts";
import type { Listed } from "../../../../src/engine/list-stack.ts";

function listed(name: string): Listed {
  const live = {
    type: "ApiGatewayV2::Route",
    name,
    id: `id-of-${name}`,
    properties: {},
    attributes: {},
    raw: {},
  };
  return { live: live as unknown as Listed["live"], managedByUs: true, tags: {} };
}

const many = (count: number, length: number): readonly Listed[] =>
  Array.from({ length: count }, (_, index) => listed(`${index}-${"x".repeat(length)}`));

describe("the answer to /list", () => {
  it("lists what there is", () => {
    const text = listText([{ title: md`\`.\` in \`dev\``, found: [listed("GET /a|b")] }]);
    expect(text).toContain("#### `.` in `dev`: 1 resource");
    expect(text).toContain("| `ApiGatewayV2::Route` | `GET /a\\|b` | `id-of-GET /a\\|b` | yes |");
    expect(text).not.toContain("more");
  });

  it.each([
    ["a stack of 5,000 resources", [many(5000, 10)]],
    ["200 resources with long names", [many(200, 230)]],
    ["forty stacks of 200 resources", Array.from({ length: 40 }, () => many(200, 60))],
    [
      "names of characters of four bytes",
      [Array.from({ length: 200 }, (_, n) => listed(`${n}${"🚀".repeat(100)}`))],
    ],
  ])("of %s fits into a comment and counts the rest", (_what, stacks) => {
    const text = listText(stacks.map((found, index) => ({ title: md`\`apis/${index}\` in \`dev\``, found })));
    expect(Buffer.byteLength(text)).toBeLessThan(60_000);
    expect(text.match(/… and [\d,]+ more: `gatewright list` shows all of them\./g)).toHaveLength(
      stacks.length,
    );
  });
});
