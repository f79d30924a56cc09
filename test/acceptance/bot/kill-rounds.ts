/**
 * Many points per kill: every story waits at a point of its own while all of them are held in one process. How many can
 * wait at once is what the bot's workers take side by side.
 */
import type { Point } from "./kill-gate.ts";

export type Command = "apply" | "plan";

/** One story: a command, and the point at which its process is killed. */
export interface Task {
  readonly command: Command;
  readonly point: Point;
}

/** What of the bot is at work at a point. */
type Worker = "delivery" | "run" | "report";

/** What `queue.work` gives places to, less one or two, so that the others still get to their points. */
const PLACES: Readonly<Record<Worker, number>> = { delivery: 3, run: 6, report: 2 };

function workerOf({ command, point: { write } }: Task): Worker {
  if (write.endsWith(" eyes") || (command === "apply" && write === "github POST issues/comments"))
    return "delivery";
  return write.startsWith("aws ") || write === "github POST check-runs" ? "run" : "report";
}

/** Rounds that hold every task once, each as full as it can be. */
export function roundsOf(tasks: readonly Task[]): readonly (readonly Task[])[] {
  const rounds: Task[][] = [];
  const taken: Record<Worker, number> = { delivery: 0, run: 0, report: 0 };
  for (const task of tasks) {
    const worker = workerOf(task);
    const round = Math.floor(taken[worker] / PLACES[worker]);
    taken[worker] += 1;
    rounds[round] = [...(rounds[round] ?? []), task];
  }
  return rounds;
}

/** Every point, where there is time: `KILL_POINTS=all` (`npm run test:soak`). */
const ALL = process.env.KILL_POINTS === "all";

/**
 * Of an apply both sides of all writes to AWS, of everything told to GitHub the moment after (the one before the next
 * write is almost the same); of a plan, the reading and its comment.
 */
export function mostOf(tasks: readonly Task[]): readonly Task[] {
  if (ALL) return tasks;
  return tasks.filter(({ command, point: { write, when } }) =>
    command === "apply"
      ? write.startsWith("aws ") || when === "after"
      : when === "after" && write === "github POST issues/comments",
  );
}

/** One full round, spread over the story. */
export function someOf(tasks: readonly Task[], shift = 0): readonly Task[] {
  if (ALL) return tasks;
  const of = (worker: Worker): readonly Task[] => {
    const own = tasks.filter((task) => workerOf(task) === worker);
    const places = PLACES[worker];
    return Array.from({ length: Math.min(places, own.length) }, (_, place) =>
      own.at((Math.floor((place * own.length) / places) + shift) % own.length),
    ).filter((task) => task !== undefined);
  };
  return [...of("delivery"), ...of("run"), ...of("report")];
}
