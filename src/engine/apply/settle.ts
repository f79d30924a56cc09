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
  const ready = wait.readiness(live) === "pending" ? await untilUsable(awaited, wait) : live;
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

/** Tells those who make it ready as soon as they can start. */
function untilUsable(awaited: Awaited, wait: Wait): Promise<Live> {
  const { world, key, live } = awaited;
  let made = false;
  // One that is not seen for a moment is still being made.
  let last = live;
  return poll(
    awaited,
    wait,
    async () => {
      last = (await look(awaited)) ?? last;
      if (!made && wait.isMade?.(last) !== false) {
        made = true;
        world.live.set(key, last);
        world.pending.delete(key);
        world.onMade?.(key);
      }
      return last;
    },
    (one) => wait.readiness(one) !== "pending",
  );
}

/** Returns when a deleted resource is gone, for types whose deletion others wait for. */
export async function untilGone(awaited: Awaited): Promise<void> {
  const { wait } = awaited.type;
  if (wait?.deletion !== true) return;
  await poll(
    awaited,
    { ...wait, awaiting: () => `${awaited.live.name} to be deleted` },
    () => look(awaited),
    (one) => one === undefined,
  );
}

function poll<Value extends Live | undefined>(
  { world, key, live }: Awaited,
  wait: Wait,
  seen: () => Promise<Value>,
  until: (value: Value) => boolean,
): Promise<Value> {
  const { deadlineMs } = wait;
  const since = world.aws.clock.now();
  let awaiting = wait.awaiting(live);
  let told: string | undefined;
  const look = async (): Promise<Value> => {
    const value = await seen();
    if (value !== undefined) awaiting = wait.awaiting(value);
    if (!until(value) && awaiting !== told && world.aws.clock.now() - since >= MOMENT_MS) {
      told = awaiting;
      world.onWait?.(key, { awaiting, since, until: since + deadlineMs });
    }
    return value;
  };
  return waitFor({ clock: world.aws.clock, signal: world.signal }, look, {
    // What is awaited at the end may be known better than at the beginning.
    get awaiting() {
      return awaiting;
    },
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
