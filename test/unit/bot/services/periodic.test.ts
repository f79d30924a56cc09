import { describe, expect, it } from "vitest";
import { every } from "../../../../bot/services/periodic.ts";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("something done again and again", () => {
  it("is never done twice at the same time, and a failure does not end it", async () => {
    let active = 0;
    let times = 0;
    const errors: unknown[] = [];
    const again = every(
      5,
      async () => {
        active += 1;
        expect(active).toBe(1);
        times += 1;
        await pause(10);
        active -= 1;
        if (times === 2) throw new Error("once");
      },
      (error) => errors.push(error),
    );
    again.start();
    again.start();
    await pause(20);
    await Promise.all([again.now().catch(() => {}), again.now().catch(() => {})]);
    while (times < 6) await pause(5);
    await again.stop();
    expect(active).toBe(0);
    const counted = times;
    await pause(30);
    expect(times).toBe(counted);
    expect(errors.length).toBeLessThanOrEqual(1);
  });

  it("tells who asked for it now that it failed", async () => {
    const again = every(1000, async () => {
      throw new Error("no");
    });
    await expect(again.now()).rejects.toThrow("no");
    await again.stop();
  });
});
