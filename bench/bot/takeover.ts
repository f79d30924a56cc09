/** How long the run of a killed process waits until another replica, or the restarted process, continues it. */
import { join } from "node:path";
import { parseApplyMarker } from "../../src/report/markdown/marker.ts";
import { type BotProcess, appEnvironment, startBot } from "../../test/acceptance/bot-process.ts";
import { startBotWorld } from "../../test/acceptance/bot/world.ts";
import { awsEnvironment } from "../../test/acceptance/world.ts";
import { freePort } from "../../test/free-port.ts";
import { createAwsProxy } from "../../test/fakes/proxy/proxy.ts";
import type { Measured } from "../result.ts";
import { median } from "./numbers.ts";
import { kill, until } from "./process.ts";
import { type Kind, setting } from "./settings.ts";

const ROUNDS = 3;
/** Latency of a call to AWS: long enough to kill the bot during an apply. */
const LATENCY_MS = 500;

interface Line {
  readonly msg?: string;
  readonly attempt?: number;
  readonly kind?: string;
  readonly time?: number;
}

const linesOf = (bot: Pick<BotProcess, "log">): readonly Line[] =>
  bot
    .log()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Line);

/** The newest apply that this process has started, in this attempt. */
const begun = (bot: Pick<BotProcess, "log">, attempt: number): Line | undefined =>
  linesOf(bot).findLast(
    (line) => line.msg === "a run begins" && line.kind === "apply" && line.attempt === attempt,
  );

export async function measureTakeover(kind: Kind): Promise<Measured[]> {
  const where = await setting(kind);
  const world = await startBotWorld({ stopped: true });
  const behind = await world.aws.listen();
  const proxy = createAwsProxy({ upstream: behind.url });
  const front = await proxy.listen();
  const bots = new Set<BotProcess>();
  const webhooks = Number(new URL(world.app.webhook.url ?? "").port);
  const start = async (port: number): Promise<BotProcess> => {
    const env = {
      ...appEnvironment(world.github, world.app, port),
      ...awsEnvironment(front.url),
      ...where.env,
      DATA_DIRECTORY: join(world.folder, "data"),
      REDELIVERY_SECONDS: "0",
    };
    const bot = await startBot({ port, env });
    bots.add(bot);
    return bot;
  };
  const end = async (bot: BotProcess): Promise<void> => {
    await kill(bot);
    bots.delete(bot);
  };
  try {
    const waits: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Webhooks go to the first process, but any process may take the run.
      const first = await start(webhooks);
      const { pull, planId } = await world.scenario().reviewed();
      const second = kind === "postgres" ? await start(await freePort()) : undefined;
      const all = [first, ...(second === undefined ? [] : [second])];
      proxy.reset();
      Object.assign(proxy.options, { latencyMs: LATENCY_MS });
      world.ana.comment(pull, `/apply ${planId}`);
      await until("the apply writes", () => proxy.calls.some(({ write }) => write));
      const owner = all.find((bot) => begun(bot, 1) !== undefined);
      if (owner === undefined) throw new Error("nobody carries the apply out");
      await end(owner);
      const killed = Date.now();
      const heir = all.find((bot) => bot !== owner) ?? (await start(webhooks));
      await until("somebody goes on", () => begun(heir, 2) !== undefined);
      waits.push((begun(heir, 2)?.time ?? Number.NaN) - killed);
      Object.assign(proxy.options, { latencyMs: 0 });
      await world.told(pull, "the apply", (body) => parseApplyMarker(body)?.state === "done");
      await end(heir);
    }
    const how =
      kind === "postgres" ? "another replica goes on" : "the process, started again at once, goes on";
    return [
      {
        what: `${where.what}: from kill -9 during an apply until ${how}`,
        unit: "s",
        measured: median(waits) / 1000,
      },
    ];
  } finally {
    await Promise.all([...bots].map(kill));
    await Promise.all([front.close(), behind.close()]);
    await world.close();
    where.stop();
  }
}
