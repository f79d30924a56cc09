/** The plan's digest: it moves with everything that the apply depends on, and with nothing else. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DigestInput, planDigest } from "../../../../../src/engine/plan/identity/digest.ts";
import type { Live } from "../../../../../src/resources/type.ts";
import type { CodeImage, DesiredResource } from "../../../../../src/spec/types.ts";
import { stack, wantBox, wantThing } from "../toy-types.ts";

const child: DesiredResource = { ...wantThing("t", "a", { Size: 1 }), readOnly: true };
const box = wantBox("a", { Colour: "red" }, { code: code("9fQ1") });
const live: Live = {
  type: "Toy::Box",
  name: "a",
  id: "id-a",
  state: { Size: 2 },
  attributes: { Arn: "arn:a" },
};
const inside: Live = { ...live, type: "Toy::Thing", name: "t", id: "id-t", parentId: "id-a" };
const whole: DigestInput = {
  engine: "1.0.0",
  stack,
  resources: [child, box],
  live: [inside, live],
  adopts: ["Toy::Box::b", "Toy::Box::a"],
  allowedDeletions: ["Toy::Box::d", "Toy::Box::c"],
  stored: [["parameter /shop/table", "3"]],
  purpose: "apply",
};

function code(sha256: string): NonNullable<DesiredResource["code"]> {
  return { sha256, bytes: new Uint8Array(), files: 1 };
}

function image(digest: string): CodeImage {
  return { uri: `shop@${digest}`, digest };
}

const withBox = (more: Partial<DesiredResource>): Partial<DigestInput> => ({
  resources: [child, { ...box, ...more }],
});
const withArn = (arn: string) => withBox({ dependencies: { peer: [{ arn }] } });
const withLive = (more: Partial<Live>): Partial<DigestInput> => ({ live: [{ ...inside, ...more }, live] });

describe("the digest of a plan", () => {
  it("is the SHA-256 of all that counts, as JSON with sorted keys, lists in the order of their texts", () => {
    const box =
      '{"code":"9fQ1","dependencies":{},"key":"Toy::Box::a","properties":{"Colour":"red"},"readOnly":false}';
    const child =
      '{"code":null,"dependencies":{"box":["Toy::Box::a"]},"key":"Toy::Thing::t","properties":{"Size":1},"readOnly":true}';
    const live = '{"id":"id-a","parentId":null,"state":{"Size":2},"type":"Toy::Box"}';
    const inside = '{"id":"id-t","parentId":"id-a","state":{"Size":2},"type":"Toy::Thing"}';
    const text = JSON.stringify({
      adopts: ['"Toy::Box::a"', '"Toy::Box::b"'],
      allowedDeletions: ['"Toy::Box::c"', '"Toy::Box::d"'],
      engine: "1.0.0",
      live: [live, inside],
      purpose: "apply",
      resources: [box, child],
      stack: {
        account: "840541460064",
        directory: ".",
        partition: "aws",
        projectName: "shop",
        region: "eu-west-2",
        stage: "dev",
      },
      stored: ['["parameter /shop/table","3"]'],
    });
    expect(planDigest(whole)).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it.each<readonly [string, Partial<DigestInput>]>([
    ["engine", { engine: "1.0.1" }],
    ["purpose", { purpose: "destroy" }],
    ...(["directory", "projectName", "stage", "region", "account", "partition"] as const).map(
      (fact) => [fact, { stack: { ...stack, [fact]: "other" } }] as const,
    ),
    ["resource's key", withBox({ key: "Toy::Box::z" })],
    ["property", withBox({ properties: { Colour: "blue" } })],
    ["dependency", withBox({ dependencies: { peer: [{ key: "Toy::Thing::t" }] } })],
    ["ARN of a dependency", withArn("arn:y")],
    ["reading instead of writing", withBox({ readOnly: true })],
    ["code", withBox({ code: code("b0cV") })],
    ["container image", withBox({ image: image("sha256:a") })],
    ["live type", withLive({ type: "Toy::Box" })],
    ["live id", withLive({ id: "id-u" })],
    ["live parent", withLive({ parentId: "id-b" })],
    ["live state", withLive({ state: { Size: 3 } })],
    ["adoption", { adopts: ["Toy::Box::a"] }],
    ["deletion that is allowed", { allowedDeletions: [] }],
    ["use of stored values", { stored: [] }],
    ["version of a stored value", { stored: [["parameter /shop/table", "4"]] }],
  ])("moves with another %s", (_what, more) => {
    const others = [whole, { ...whole, ...withArn("arn:x") }].map(planDigest);
    expect(others).not.toContain(planDigest({ ...whole, ...more }));
  });

  it.each<readonly [string, Partial<DigestInput>]>([
    ["the repository that it came from", { stack: { ...stack, source: "7/." } }],
    ["where the spec says it", withBox({ at: { file: "resources.js", line: 3 } })],
    ["the bytes of code of one digest", withBox({ code: { ...code("9fQ1"), files: 2 } })],
    ["an image that nobody asked for", withBox({ image: "left" })],
    ["what AWS derives", withLive({ attributes: { Arn: "arn:b" } })],
  ])("does not move with %s", (_what, more) => {
    expect(planDigest({ ...whole, ...more })).toBe(planDigest(whole));
  });

  it("does not depend on the order in which AWS or the spec lists things", () => {
    const some = [
      ...["id-b", "id-c", "id-d"].map((id) => ({ ...live, id })),
      ...["id-b", "id-c"].flatMap((parentId) => ["id-1", "id-2"].map((id) => ({ ...inside, id, parentId }))),
      { ...live, type: "Toy::Thing", id: "id-3" },
    ];
    const names = ["e", "f", "g"];
    const shuffled = <Value>(values: readonly Value[]) =>
      fc.shuffledSubarray([...values], { minLength: values.length });
    const inputs = fc.record({
      resources: shuffled(names.map((name) => wantBox(name))),
      live: shuffled(some),
      adopts: shuffled(names),
      allowedDeletions: shuffled(names),
    });
    const digests = new Set(fc.sample(inputs, 50).map((input) => planDigest({ ...whole, ...input })));
    expect(digests.size).toBe(1);
  });
});
