import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listTree } from "../state/files.ts";
import { commitAt } from "../state/history.ts";
import type { Repository } from "../state/types.ts";

/** Writes a commit's files to a folder, as actions/checkout does: symlinks stay symlinks, submodules empty folders. */
export function checkout(repository: Repository, sha: string, folder: string): void {
  const { objects } = repository;
  for (const [path, { mode, sha: blob }] of listTree(objects, commitAt(objects, sha).tree)) {
    const target = join(folder, path);
    mkdirSync(mode === "160000" ? target : dirname(target), { recursive: true });
    if (mode === "160000") continue;
    const content = objects.blobs.get(blob) ?? Buffer.alloc(0);
    if (mode === "120000") symlinkSync(content.toString(), target);
    else writeFileSync(target, content);
    if (mode === "100755") chmodSync(target, 0o755);
  }
}
