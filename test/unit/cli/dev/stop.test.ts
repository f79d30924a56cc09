import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { untilStopped } from "../../../../src/cli/dev/stop.ts";

describe("the end", () => {
  it("comes with a signal, at once with another, which is not the same one passed on by npx", async () => {
    const signals = new EventEmitter();
    const log: string[] = [];
    let now = 5;
    const stopped = untilStopped(
      signals,
      () => log.push("leaves"),
      () => now,
    ).then(() => log.push("stopped"));
    signals.emit("SIGINT");
    now += 10;
    signals.emit("SIGINT");
    await stopped;
    expect(log).toEqual(["stopped"]);
    now += 5_000;
    signals.emit("SIGTERM");
    expect(log).toEqual(["stopped", "leaves"]);
  });
});
