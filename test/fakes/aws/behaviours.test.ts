import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const FOLDER = import.meta.dirname;

/** Ids and titles of all tests below this folder that hold a behaviour. */
function tested(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .flatMap((file) => [
      ...readFileSync(join(FOLDER, file), "utf8").matchAll(/it\((["'])([A-Z]{1,2}-\d+ .*?)\1,/g),
    ])
    .map((match) => match[2] ?? "")
    .sort();
}

it("BEHAVIOURS.md lists exactly what the tests hold", () => {
  const listed = [
    ...readFileSync(join(FOLDER, "BEHAVIOURS.md"), "utf8").matchAll(/^\| ([A-Z]{1,2}-\d+) \| (.*?) \|/gm),
  ]
    .map((match) => `${match[1]} ${match[2]}`)
    .sort();
  expect(tested()).toEqual(listed);
  const ids = listed.map((row) => row.split(" ", 1)[0]);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});
