/** Paths inside a source: posix, relative, without `.` and `..`; the root is `""`. */
import { posix } from "node:path";
import { fail } from "../model/errors.ts";

/** The path as a source knows it. A path that would leave the source's root is refused. */
export function normalisePath(path: string): string {
  const found = tryNormalise(path);
  if (found !== undefined) return found;
  return fail("SOURCE_OUTSIDE", `"${path}" is outside the source; accepted: a relative path inside it`);
}

/** Like {@link normalisePath}, with `undefined` for a path that leaves the root. */
export function tryNormalise(path: string): string | undefined {
  if (path.startsWith("/") || path.includes("\0")) return undefined;
  const normal = posix.normalize(path).replace(/\/$/, "");
  if (normal === "..") return undefined;
  if (normal.startsWith("../")) return undefined;
  return normal === "." ? "" : normal;
}

/** True for the folder itself and everything under it. Both are normal. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** True for a relative path that stays inside, as a user writes one; a backslash separates as well. */
export function isInside(path: string): boolean {
  return path !== "" && !/^([/\\~]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes("..");
}

/** Joins a folder and a path under it; `..` is worked out. */
export function joinPath(folder: string, path: string): string {
  return normalisePath(folder === "" ? path : `${folder}/${path}`);
}

/** The order of a listing: by code unit, so that it is the same on every machine. */
export function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}
