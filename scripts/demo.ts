/**
 * `npm run demo`: the whole workflow on this machine, with only what `npm ci` and PyPI install. It starts a local AWS and a
 * local GitHub. The built Action plans pull requests; the bot receives comments and merges by signed webhooks and applies
 * them; the API responds. Exits with 1 if any result is not as expected. `--keep` leaves everything running.
 */
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { createScreen, type Screen } from "./demo/screen.ts";
import { tellStory } from "./demo/story.ts";
import { type Ends, startWorld, type World } from "./demo/world.ts";

const HELP = `npm run demo [-- --keep]

  --keep   leave everything running at the end and print the addresses; press Ctrl-C to stop
`;

/** Plays the story once. Returns the endpoint of the API, for --keep. */
async function demo(screen: Screen, ends: Ends, onWorld: (world: World) => void): Promise<string> {
  screen.chapter("Start a local AWS, a local GitHub and the bot");
  const world = await startWorld(screen, ends);
  onWorld(world);
  const endpoint = await tellStory(world, screen);
  console.log(`\n${screen.colors.green(`Every result was as expected: ${screen.end()}.`)}`);
  return endpoint;
}

function tellAddresses({ colors }: Screen, world: World, endpoint: string | undefined): void {
  const { github, bot, aws, folder } = world;
  const pulls = world.repository.issues.map(
    ({ number }) => `${github.world.urls.html}/acme/shop/pull/${number}`,
  );
  const rows = [
    ["Pull requests", pulls.join("  ")],
    ["Runs and locks", `${bot.url}/runs (you are signed in as ana)`],
    ["Health, metrics", `${bot.url}/readyz  ${bot.url}/metrics`],
    ["AWS endpoint", `AWS_ENDPOINT_URL=${aws.url} AWS_REGION=eu-west-2, any keys`],
    ...(endpoint === undefined ? [] : [["API", `curl ${endpoint}/hello`]]),
    ["Log and database", folder],
  ];
  console.log("\nEverything is still running:\n");
  for (const [what = "", where = ""] of rows) console.log(`  ${what.padEnd(18)} ${colors.cyan(where)}`);
  console.log("\nPress Ctrl-C to stop.");
}

/** Resolves when somebody wants to stop. */
function interruption(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(signal));
  });
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
  const interrupted = interruption();
  let world: World | undefined;
  let endpoint: string | undefined;
  let code = 0;
  let early = false;
  try {
    const stopped = interrupted.then((signal) => {
      early = true;
      return Promise.reject(new Error(`stopped by ${signal}`));
    });
    endpoint = await Promise.race([demo(screen, ends, (started) => (world = started)), stopped]);
  } catch (error) {
    screen.mute();
    const text = error instanceof Error ? error.message : String(error);
    console.error(`\n${screen.colors.red("The demo failed:")} ${text}`);
    if (world !== undefined) console.error(`\nThe bot's log: ${world.folder}/bot.log`);
    code = 1;
  }
  if (values.keep === true && world !== undefined && !early) {
    tellAddresses(screen, world, endpoint);
    await interrupted;
  }
  for (const end of ends.toReversed()) await Promise.resolve(end()).catch(() => undefined);
  // After a failure the logs are still needed.
  if (code === 0 && world !== undefined) rmSync(world.folder, { recursive: true, force: true });
  return code;
}

// Not exitCode: work that is still going on after Ctrl-C must not keep the process alive.
process.exit(await main());
