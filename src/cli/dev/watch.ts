/** Tells of changes in folders, several at once as one. */
import { existsSync, watch } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";

/** An editor writes several files at once, and some of them twice. */
const QUIET_MS = 150;

/** What no stack reads. */
const IGNORED = /(^|[\\/])(\.git|node_modules)([\\/]|$)/;

/** The stack's folder, and that of built code where it lies elsewhere and is there. */
export function foldersOf(stack: string, code: string | undefined): readonly string[] {
  if (code === undefined || !existsSync(code)) return [stack];
  const inside = relative(stack, code);
  const isInside = !isAbsolute(inside) && inside.split(sep)[0] !== "..";
  return isInside ? [stack] : [stack, code];
}

export function watchFolders(
  folders: readonly string[],
  onChange: (paths: readonly string[]) => void,
): () => void {
  const stops = folders.map((folder) => watchFolder(folder, onChange));
  return () => {
    for (const stop of stops) stop();
  };
}

function watchFolder(folder: string, onChange: (paths: readonly string[]) => void): () => void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, (_, path) => {
    if (path === null || IGNORED.test(path)) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed].sort();
      changed = new Set();
      onChange(paths);
    }, QUIET_MS);
  });
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
