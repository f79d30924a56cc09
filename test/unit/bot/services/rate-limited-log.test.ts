import { expect, it } from "vitest";
import { rateLimitedLog } from "../../../../bot/services/rate-limited-log.ts";

it("speaks now and then, and counts what it left out", () => {
  const said: [string, number][] = [];
  let now = 0;
  const say = rateLimitedLog<string>(
    (what, leftOut) => said.push([what, leftOut]),
    100,
    () => now,
  );
  for (const what of ["a", "b", "c"]) say(what);
  now = 100;
  for (const what of ["d", "e"]) say(what);
  now = 250;
  say("f");
  expect(said).toEqual([
    ["a", 0],
    ["d", 2],
    ["f", 1],
  ]);
});
