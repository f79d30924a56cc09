/** The guest's own modules, as far as they run anywhere. */
import { posix } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { multiline } from "../../../../src/spec/sandbox/guest/functions.ts";
import { toJson } from "../../../../src/spec/sandbox/guest/json.ts";
import { pathModule } from "../../../../src/spec/sandbox/guest/path.ts";

const path = pathModule as typeof posix;

describe("path", () => {
  const part = fc.constantFrom("", ".", "..", "a", "b.js", ".hidden", "c.tar.gz", "/", "..x", "a b");
  const anyPath = fc
    .tuple(fc.boolean(), fc.array(part, { maxLength: 6 }))
    .map(([absolute, parts]) => (absolute ? "/" : "") + parts.join("/"));
  const check = (run: (...paths: readonly [string, string]) => void): void => {
    fc.assert(fc.property(anyPath, anyPath, run), { numRuns: 1_000 });
  };

  test("is Node's posix half", () => {
    check((one, other) => {
      expect(path.normalize(one)).toBe(posix.normalize(one));
      expect(path.join(one, other)).toBe(posix.join(one, other));
      expect(path.resolve("/", one, other)).toBe(posix.resolve("/", one, other));
      expect(path.relative(`/${one}`, `/${other}`)).toBe(posix.relative(`/${one}`, `/${other}`));
      expect(path.dirname(one)).toBe(posix.dirname(one));
      expect(path.extname(one)).toBe(posix.extname(one));
      expect(path.basename(one)).toBe(posix.basename(one));
      // Node gives "///" back for itself when a suffix is given.
      if (!/^\/+$/.test(one)) expect(path.basename(one, ".js")).toBe(posix.basename(one, ".js"));
      expect(path.isAbsolute(one)).toBe(posix.isAbsolute(one));
      // Node takes ".." after a root for a name with an extension, in parse only.
      if (!/\.\.\/*$/.test(one)) expect(path.parse(one)).toEqual(posix.parse(one));
    });
    expect(path.posix.sep).toBe("/");
  });
});

describe("toJson", () => {
  const budget = () => ({ characters: 1e6, depth: 100 });

  test("is what JSON makes of it, where JSON loses nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes("__proto__"));
        expect(toJson(value, "x", budget())).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("costs about as much as it is long", () => {
    const left = budget();
    toJson({ a: "x".repeat(1000) }, "x", left);
    expect(1e6 - left.characters).toBeGreaterThan(1000);
    expect(1e6 - left.characters).toBeLessThan(1100);
  });
});

describe("multiline", () => {
  test.each([
    [multiline`one`, "one"],
    [multiline("\n    a\n      b\n\n    c\n  "), "a\n  b\n\nc"],
    [multiline("\r\n\ta\r\n\tb\r\n"), "a\nb"],
    [multiline(() => "  x\n  y"), "x\ny"],
    [multiline("\n\n"), ""],
    // As text: a transpiler drops comments.
    [
      multiline(Function("return () => {/*\n      if (a) {\n        b();\n      }\n    */}")()),
      "if (a) {\n  b();\n}",
    ],
  ])("%j", (text, expected) => {
    expect(text).toBe(expected);
  });
});
