/** A plan shows that a stored value is set, and not which. */
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/engine/plan/decide.ts";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import type { Stored } from "../../../../src/engine/read/stored.ts";
import type { JsonValue } from "../../../../src/model/values.ts";
import { haveBox, stack, toys, wantBox } from "./toy-types.ts";

describe("a stored value", () => {
  const stored: Stored = {
    text: ({ name }) => `value of ${name}`,
    versions: [],
    secrets: [],
    commonSecrets: [],
    texts: [],
    check: () => {},
  };
  const secret = { $template: [{ stored: { from: "secret", name: "/db", key: "" } }] } as JsonValue;
  const shown = (observed: Observed[]) =>
    decide({
      stack,
      registry: toys,
      resources: [wantBox("a", { Password: secret, Size: 2 })],
      observed,
      adopt: new Set(),
      allowDeletion: new Set(),
      stored,
    })
      .byKey.get("Toy::Box::a")
      ?.changes.filter(({ path }) => !path.startsWith("Tags"))
      .map(({ path, after, sensitive }) => [path, after, sensitive]);

  it.each<[string, Observed[]]>([
    ["made", []],
    ["changed", [haveBox("a", { Password: "old", Size: 1 })]],
  ])("is not shown, and nothing else is hidden, when its resource is %s", (_what, observed) => {
    expect(shown(observed)).toEqual([
      ["Password", "value of /db", true],
      ["Size", 2, false],
    ]);
  });

  it("hides what AWS has also where it is beside something that is known only after the apply", () => {
    const ref = { ref: { type: "Toy::Box", name: "b", path: "id", suffix: "" } };
    const [, ...parts] = [secret, ref, { stored: { from: "secret", name: "/db", key: "" } }];
    const Password = { $template: parts } as JsonValue;
    const { byKey } = decide({
      stack,
      registry: toys,
      resources: [wantBox("a", { Password }), wantBox("b")],
      observed: [haveBox("a", { Password: "old-secret-of-b" })],
      adopt: new Set(),
      allowDeletion: new Set(),
      stored,
    });
    const changes = byKey.get("Toy::Box::a")?.changes.filter(({ path }) => path === "Password");
    expect(changes).toEqual([expect.objectContaining({ before: "old-secret-of-b", sensitive: true })]);
  });
});
