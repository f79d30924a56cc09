/** The clocks of the bot and GitHub differ: the App's tokens are refused until the bot corrects for the difference. */
import { expect, test } from "vitest";
import { startBotWorld } from "./world.ts";

const MINUTE = 60_000;

test.each([
  ["behind GitHub's, so its tokens have already expired", 20 * MINUTE],
  ["ahead of GitHub's, so its tokens are from the future", -20 * MINUTE],
])("the bot's clock is %s", async (_what, skew) => {
  const world = await startBotWorld({ github: { now: () => new Date(Date.now() + skew) } });
  try {
    const { reviewed, repository, apis, name } = world.scenario();
    const { pull, planId } = await reviewed();
    expect((await world.ask(pull, `/apply ${planId}`)).reaction).toBe("rocket");
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
    expect(repository.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(["success"]);
    const refused = world.github.requests.filter(({ status }) => status === 401);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ operation }) => operation))).toEqual(
      new Set(["apps/get-authenticated", "apps/create-installation-access-token"]),
    );
  } finally {
    await world.close();
  }
});
