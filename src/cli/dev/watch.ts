/** Tells of changes in folders, several at once as one. */
import { existsSync, statSync, watch } from "node:fs";
import { basename, dirname, isAbsolute, relative, sep } from "node:path";

/** An editor writes several files at once, and some of them twice. */
const QUIET_MS = 150;

/** What no stack reads. */
const IGNORED = /(^|[\\/])(\.git|node_modules)([\\/]|$)/;

/** The stack's folder, and that of built code where it lies elsewhere. */
export function foldersOf(stack: string, code: string | undefined): readonly string[] {
  if (code === undefined) return [stack];
  const inside = relative(stack, code);
  const isInside = !isAbsolute(inside) && inside.split(sep)[0] !== "..";
  return isInside ? [stack] : [stack, code];
}

export function watchFolders(
  folders: readonly string[],
  onChange: (paths: readonly string[]) => void,
): () => void {
  const stops = folders.map((folder) => watchComing(folder, onChange));
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * The same for a folder that is not there yet, or is deleted and made anew, as builds do: it is looked for whenever something happens in the
 * nearest folder above it that is there.
 */
function watchComing(folder: string, onChange: (paths: readonly string[]) => void): () => void {
  let inside: { readonly id: string; readonly stop: () => void } | undefined;
  let above: { readonly id: string; readonly stop: () => void } | undefined;
  const look = (isFirst = false): void => {
    const now = nearest(dirname(folder));
    const aboveId = `${now} ${idOf(now) ?? ""}`;
    if (above?.id !== aboveId) {
      above?.stop();
      const watcher = watch(now, () => lookSafely());
      // The folder above may go, too.
      watcher.on("error", () => {});
      above = { id: aboveId, stop: () => watcher.close() };
    }
    const id = idOf(folder);
    if (id === inside?.id) return;
    inside?.stop();
    inside = id === undefined ? undefined : { id, stop: watchFolder(folder, onChange, !isFirst) };
  };
  let again: NodeJS.Timeout | undefined;
  /** A folder may go between the look for it and the watch. */
  const lookSafely = (): void => {
    try {
      look();
    } catch {
      clearTimeout(again);
      again = setTimeout(lookSafely, QUIET_MS);
    }
  };
  look(true);
  return () => {
    clearTimeout(again);
    above?.stop();
    inside?.stop();
  };
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

/** Another one for a folder that was made anew under the same name. */
function idOf(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true ? `${found.dev}/${found.ino}/${found.birthtimeMs}` : undefined;
}

/** @param isNew it was made just now, perhaps with files in it */
function watchFolder(
  folder: string,
  onChange: (paths: readonly string[]) => void,
  isNew: boolean,
): () => void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const note = (path: string): void => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed].sort();
      changed = new Set();
      onChange(paths);
    }, QUIET_MS);
  };
  const watcher = watch(folder, { recursive: true }, (_, path) => {
    if (path !== null && !IGNORED.test(path)) note(path);
  });
  if (isNew) note(basename(folder));
  watcher.on("error", () => {});
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** Runs `work` once at a time; what is asked for while it runs leads to one more run. With nothing asked for, it only waits. */
export function oneAtATime<Subject>(
  work: (subjects: readonly Subject[]) => Promise<void>,
): (subjects: readonly Subject[]) => Promise<void> {
  let waiting: Subject[] = [];
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    try {
      while (waiting.length > 0) {
        const now = waiting;
        waiting = [];
        await work([...new Set(now)]);
      }
    } finally {
      running = undefined;
    }
  };
  return async (subjects) => {
    waiting.push(...subjects);
    if (waiting.length > 0) running ??= runAll();
    await running;
  };
}
