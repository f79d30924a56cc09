/**
 * Signed webhooks accepted a second while 500 runs are queued, and the bot's memory before and after. Eight runs are running and
 * wait for an AWS that never answers, so that nearly all others stay queued.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { SECRET, startBotWorld } from "../../test/acceptance/bot/world.ts";
import type { BotProcess } from "../../test/acceptance/bot-process.ts";
import type { Measured } from "../result.ts";
import type { Mix, Target } from "./examples.ts";
import { send, startProbot } from "./load.ts";
import { median } from "./numbers.ts";
import { kill, memoryOf, metricOf, portOf, processorOf, until } from "./process.ts";
import { type Kind, setting } from "./settings.ts";
import { installationOf, manyStacks, queueRuns } from "./stacks.ts";

const QUEUED = 500;
/** The places of one repository, of eight. */
const AT_ONCE = 6;
const COUNT = 10_000;
const ROUNDS = 5;
const CONNECTIONS = 64;
/** The minimum share of what Probot alone accepts in the same rounds. A share is valid even if the machine's speed changes. */
const LEAST_SHARE: Readonly<Record<Kind, number>> = { embedded: 0.55, postgres: 0.4 };

interface Silent {
  readonly url: string;
  close(): void;
}

/** Accepts every request and never answers. */
async function silentAws(): Promise<Silent> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The median of five seconds: the specs of the running runs are evaluated in threads of their own, which end after that. */
async function memoryAtRest(bot: BotProcess): Promise<number> {
  const found: number[] = [];
  for (let look = 0; look < 20; look += 1) {
    await sleep(250);
    found.push(memoryOf(bot));
  }
  return median(found);
}

export async function measureWebhooks(kind: Kind): Promise<Measured[]> {
  const where = await setting(kind);
  const aws = await silentAws();
  const world = await startBotWorld({ stopped: true, env: { ...where.env, AWS_ENDPOINT_URL: aws.url } });
  const probot = await startProbot(SECRET);
  let bot: BotProcess | undefined;
  try {
    const stacks = manyStacks(world, QUEUED);
    await queueRuns(world, where, stacks);
    // The database was created by another process, so this is the bot's memory after a normal start.
    const started = await world.start();
    bot = started;
    const queued = (state: string): Promise<number> =>
      metricOf(started, `gatewright_queue_runs{state="${state}"}`);
    await until("six runs wait for AWS", async () => (await queued("running")) === AT_ONCE);
    const { repository } = stacks.scenario;
    const small = stacks.scenario.open({ "README.md": "# Shop\n" }, { branch: "readme" });
    const target: Target = {
      installation: installationOf(world),
      repository: {
        id: repository.id,
        name: repository.name,
        owner: { login: "acme", name: "acme" },
        default_branch: repository.defaultBranch,
      },
      sha: repository.refs.get(`refs/heads/${repository.defaultBranch}`) ?? "",
      pull: { number: small.number, sha: small.pull.head.sha },
    };
    const idle = await memoryAtRest(started);
    const load = { secret: SECRET, connections: CONNECTIONS, count: COUNT, target };
    const timed = async (process: { readonly pid: number; readonly port: number }, mix: Mix) => {
      const before = processorOf(process);
      const sent = await send({ ...load, mix, port: process.port });
      return { ...sent, processor: (1000 * (processorOf(process) - before)) / COUNT };
    };
    const rounds = async (mix: Mix) => {
      const own: Awaited<ReturnType<typeof timed>>[] = [];
      const alone: Awaited<ReturnType<typeof timed>>[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        // In turn, so that a change of the machine's speed affects both.
        alone.push(await timed(probot, mix));
        own.push(await timed({ pid: started.pid, port: portOf(started) }, mix));
        if (round === 0 && mix === "usual") after = memoryOf(started);
      }
      const ofBoth = (value: (one: (typeof own)[number]) => number) => ({
        own: median(own.map(value)),
        alone: median(alone.map(value)),
      });
      const ratios = own.map(({ perSecond }, index) => perSecond / (alone[index]?.perSecond ?? Number.NaN));
      return {
        perSecond: ofBoth(({ perSecond }) => perSecond),
        p99: ofBoth(({ p99 }) => p99),
        processor: ofBoth(({ processor }) => processor),
        ratio: median(ratios),
      };
    };
    let after = idle;
    const usual = await rounds("usual");
    const merges = await rounds("merges");
    // A run gives AWS up after a while and makes room for the next one.
    if ((await queued("queued")) < 0.9 * QUEUED) throw new Error("the runs did not stay queued");
    const name = `${where.what}: webhooks, ${QUEUED} runs queued`;
    const worst = `${name}, every one a merge`;
    const crowd = `p99 with ${CONNECTIONS} at once`;
    return [
      { what: "Probot alone: webhooks", unit: "a second", measured: usual.perSecond.alone },
      { what: `Probot alone: ${crowd}`, unit: "ms", measured: usual.p99.alone },
      { what: "Probot alone: its processor time for one", unit: "µs", measured: usual.processor.alone },
      { what: name, unit: "a second", measured: usual.perSecond.own },
      {
        what: `${name}: share of Probot alone, in turn`,
        unit: "of 1",
        least: LEAST_SHARE[kind],
        measured: usual.ratio,
      },
      { what: `${name}: ${crowd}`, unit: "ms", measured: usual.p99.own },
      { what: `${name}: the bot's processor time for one`, unit: "µs", measured: usual.processor.own },
      { what: worst, unit: "a second", measured: merges.perSecond.own },
      { what: `${worst}: ${crowd}`, unit: "ms", measured: merges.p99.own },
      { what: `${where.what}: memory at rest`, unit: "MB", measured: idle },
      {
        what: `${where.what}: memory after ${COUNT.toLocaleString("en")} webhooks`,
        unit: "MB",
        measured: after,
      },
      {
        what: `${where.what}: memory after ${(2 * ROUNDS * COUNT).toLocaleString("en")}`,
        unit: "MB",
        measured: memoryOf(started),
      },
    ];
  } finally {
    probot.stop();
    aws.close();
    if (bot !== undefined) await kill(bot);
    await world.close();
    where.stop();
  }
}
