/** A periodic task: never runs concurrently with itself, and continues after a failure. */

interface Every {
  start(): void;
  /** Once now, waiting for one that is under way first. Rejects when it fails. */
  now(): Promise<void>;
  /** No more; resolves when the one under way is done. */
  stop(): Promise<void>;
}

export function every(
  milliseconds: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void = () => {},
): Every {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  let stopped = false;

  const once = (): Promise<void> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      once().catch(onError).finally(schedule);
    }, milliseconds);
    timer.unref();
  };
  return {
    start: () => {
      if (timer === undefined) schedule();
    },
    now: once,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}
