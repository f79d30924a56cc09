import { describe, expect, it } from "vitest";
import { BEGINNING, eventsAfter, logLines } from "../../../../src/cli/dev/logs.ts";

describe("what functions print", () => {
  const event = (timestamp: number, message: string) => ({ timestamp, message });

  it("is shown once, also where several lines have one time", () => {
    const one = eventsAfter(BEGINNING, [event(1, "a"), event(2, "b")]);
    expect(one.fresh).toHaveLength(2);
    const two = eventsAfter(one.position, [event(2, "b"), event(2, "c"), event(3, "d")]);
    expect(two.fresh).toEqual([event(2, "c"), event(3, "d")]);
    const three = eventsAfter(two.position, [event(3, "d")]);
    expect(three.fresh).toEqual([]);
    expect(eventsAfter(three.position, [event(3, "d"), event(3, "e")]).fresh).toEqual([event(3, "e")]);
  });

  it("is shown under the function's name, without Lambda's own lines and without control characters", () => {
    const lines = logLines("shop", [
      event(1, "START RequestId: 1 Version: $LATEST"),
      event(1, "one\ntwo\u001b[31m\n"),
      event(1, "END RequestId: 1"),
      event(1, "REPORT RequestId: 1\tDuration: 3 ms"),
    ]);
    expect(lines).toEqual(["  shop: one", expect.stringMatching(/^ {2}shop: two/)]);
    expect(lines.join()).not.toContain("\u001b");
  });

  it("is not what Node 24 warns of in the local AWS's own program", () => {
    const lines = logLines("shop", [
      event(1, "(node:3110) [DEP0169] DeprecationWarning: `url.parse()` behavior is not standardized"),
      event(1, "(Use `node --trace-deprecation ...` to show where the warning was created)"),
      event(1, "(node:3110) Warning: mine"),
    ]);
    expect(lines).toEqual(["  shop: (node:3110) Warning: mine"]);
  });
});
