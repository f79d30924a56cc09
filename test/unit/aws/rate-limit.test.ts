import { describe, expect, it } from "vitest";
import { createBudget, type Rated } from "../../../src/aws/rate-limit.ts";
import { apiGateway } from "../../../src/resources/ApiGatewayV2/service.ts";
import { iam } from "../../../src/resources/IAM/service.ts";
import { lambda } from "../../../src/resources/Lambda/service.ts";
import { createFakeClock } from "../../fakes/clock.ts";

/** Sends `count` requests as fast as the budget lets them and says when each left, in seconds. */
async function departures(count: number, service: Rated, operation: string): Promise<number[]> {
  const clock = createFakeClock();
  const start = clock.now();
  const budget = createBudget(clock);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await budget(service, operation);
      times.push((clock.now() - start) / 1000);
    }),
  );
  return times;
}

describe("the request budget", () => {
  it("lets API Gateway's burst go at once and then keeps below ten a second", async () => {
    const times = await departures(138, apiGateway, "GetRoutes");
    expect(times.filter((at) => at === 0)).toHaveLength(38);
    // AWS's own bucket, checked at every departure: 40 at once, 10 a second after.
    let tokens = 40;
    let last = 0;
    for (const at of times) {
      tokens = Math.min(40, tokens + (at - last) * 10) - 1;
      last = at;
      expect(tokens).toBeGreaterThanOrEqual(0);
    }
    expect(times.at(-1)).toBeLessThan(((138 - 38) / 10) * 1.06);
  });

  it("keeps CreateDeployment to one in five seconds", async () => {
    const times = await departures(3, apiGateway, "CreateDeployment");
    expect(times[1]).toBeGreaterThanOrEqual(5);
    expect(times[2]).toBeGreaterThanOrEqual(10);
  });

  it("counts Lambda's GetFunction apart from its other calls", async () => {
    expect((await departures(60, lambda, "GetFunction")).every((at) => at === 0)).toBe(true);
    expect((await departures(60, lambda, "CreateFunction")).every((at) => at === 0)).toBe(false);
  });

  it("does not hold back services without a published rate", async () => {
    expect((await departures(200, iam, "GetRole")).every((at) => at === 0)).toBe(true);
  });
});
