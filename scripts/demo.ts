/**
 * `npm run demo`: the whole of it on this machine, with nothing but what `npm ci` and PyPI bring. A local AWS and a local
 * GitHub are started, the built Action plans pull requests, the built bot hears of comments and merges by signed
 * webhooks, applies, and the API answers. Ends non-zero when anything is not as told; `--keep` leaves all of it running.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { createScreen, type Screen } from "./demo/screen.ts";
import { tellStory } from "./demo/story.ts";
import { type Ends, startWorld, type World } from "./demo/world.ts";

const HELP = `npm run demo [-- --keep]

  --keep   leave everything running at the end, and print the addresses; Ctrl-C ends it
`;

async function demo(screen: Screen, ends: Ends, keep: boolean): Promise<void> {
  screen.chapter("A local AWS, a local GitHub and the bot");
  const world = await startWorld(screen, ends);
  try {
    const endpoint = await tellStory(world, screen);
    const summary = screen.end();
    console.log(`\n${screen.paint.green(`Everything was as it should be: ${summary}.`)}`);
    if (keep) await kept(screen, world, endpoint);
  } catch (error) {
    if (keep) {
      console.error(`\n${screen.paint.red(String(error))}`);
      await kept(screen, world, undefined);
    }
    throw error;
  }
}

/** Until Ctrl-C. */
async function kept({ paint }: Screen, world: World, endpoint: string | undefined): Promise<void> {
  const { github, bot, aws, folder } = world;
  const pulls = world.repository.issues.map(
    ({ number }) => `${github.world.urls.html}/acme/shop/pull/${number}`,
  );
  const rows = [
    ["GitHub, pull requests", pulls.join("  ")],
    ["Bot, runs and locks", `${bot.url}/runs (signed in as ana)`],
    ["Bot, health and metrics", `${bot.url}/readyz  ${bot.url}/metrics`],
    ["AWS endpoint", `${aws.url} (AWS_ENDPOINT_URL; any keys; eu-west-2)`],
    ...(endpoint === undefined ? [] : [["API", `curl ${endpoint}/hello`]]),
    ["Bot's log and data", folder],
  ];
  console.log("\nEverything is left running:\n");
  for (const [what = "", where = ""] of rows) console.log(`  ${what.padEnd(24)} ${paint.cyan(where)}`);
  console.log("\nCtrl-C ends it.");
  await once(process, "SIGINT");
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { keep: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const screen = createScreen();
  const ends: Ends = [];
  try {
    await Promise.race([demo(screen, ends, values.keep === true), interrupted(values.keep === true)]);
    return 0;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.error(`\n${screen.paint.red("The demo failed:")} ${text}\n\nThe bot's log is in .demo/bot.log.`);
    return 1;
  } finally {
    for (const end of ends.toReversed()) await Promise.resolve(end()).catch(() => undefined);
  }
}

/** Ctrl-C and SIGTERM end the demo in order; with --keep Ctrl-C is how it is meant to end, once it is kept. */
function interrupted(keep: boolean): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (signal: string): void => reject(new Error(`ended by ${signal}`));
    process.once("SIGTERM", stop);
    if (!keep) process.once("SIGINT", stop);
  });
}

process.exitCode = await main();
