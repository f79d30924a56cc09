/**
 * Lets the event loop take in what has arrived, and no longer. The embedded database computes in this thread and never
 * waits for anything: without this, one statement would follow the other and no socket would be read in between.
 */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
