/** Waits for what AWS creates, changes or deletes slowly, using the type's `wait`. */
import { MOMENT_MS } from "../../aws/patient.ts";
import { waitFor } from "../../aws/retry.ts";
import { fail } from "../../model/errors.ts";
import type { Live, ResourceType, Wait } from "../../resources/type.ts";
import type { World } from "./world.ts";

/** The resource to wait for. */
interface Awaited {
  readonly world: World;
  readonly type: ResourceType;
  readonly key: string;
  readonly live: Live;
}

/** Most of these take minutes; polling more often only uses up the account's rate. */
const LONGEST_PAUSE_MS = 10_000;

/** Returns the resource once it is ready. Throws with AWS's reason if it failed. */
export async function untilReady(awaited: Awaited): Promise<Live> {
  const { type, key, live } = awaited;
  const { wait } = type;
  if (wait === undefined) return live;
  const ready =
    wait.readiness(live) === "pending"
      ? // One that is not seen for a moment is still being made.
        await poll(
          awaited,
          wait,
          async () => (await look(awaited)) ?? live,
          (one) => wait.readiness(one) !== "pending",
        )
      : live;
  if (wait.readiness(ready) !== "failed") return ready;
  return fail(
    "RESOURCE_FAILED",
    `${key} (${ready.id}) failed: ${wait.why?.(ready) || "AWS gives no reason"}`,
    {
      hint: "Fix what AWS reports and apply again: the next plan replaces it.",
      resource: key,
    },
  );
}

/** Returns when a deleted resource is gone, for types whose deletion others wait for. */
export async function untilGone(awaited: Awaited): Promise<void> {
  const { wait } = awaited.type;
  if (wait?.deletion !== true) return;
  await poll(
    awaited,
    { ...wait, awaiting: ({ name }) => `${name} to be deleted` },
    () => look(awaited),
    (one) => one === undefined,
  );
}

function poll<Value>(
  { world, key, live }: Awaited,
  wait: Wait,
  seen: () => Promise<Value>,
  until: (value: Value) => boolean,
): Promise<Value> {
  const { deadlineMs } = wait;
  const awaiting = wait.awaiting(live);
  const since = world.aws.clock.now();
  let told = false;
  const look = async (): Promise<Value> => {
    if (!told && world.aws.clock.now() - since >= MOMENT_MS) {
      told = true;
      world.onWait?.(key, { awaiting, since, until: since + deadlineMs });
    }
    return seen();
  };
  return waitFor(world.aws, look, {
    awaiting,
    deadlineMs,
    until,
    resource: key,
    longestPauseMs: LONGEST_PAUSE_MS,
  });
}

/** Reads the same resource again. */
async function look({ world, type, live }: Awaited): Promise<Live | undefined> {
  const parent = [...world.live.values()].find(({ id }) => id === live.parentId);
  const found = await type.read({
    aws: world.aws,
    stack: world.stack,
    lookups: [{ name: live.name }],
    parents: parent === undefined ? [] : [parent],
    once: (_key, make) => make(),
  });
  return found.find(({ id }) => id === live.id);
}
