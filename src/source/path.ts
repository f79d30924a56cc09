/** Paths inside a source: posix, relative, without `.` and `..`; the root is `""`. */
import { posix } from "node:path";
import { fail } from "../model/errors.ts";

/** Normalises a path. Throws SOURCE_OUTSIDE for a path that leaves the source's root. */
export function normalisePath(path: string): string {
  const found = tryNormalise(path);
  if (found !== undefined) return found;
  return fail("SOURCE_OUTSIDE", `"${path}" is outside the source; accepted: a relative path inside it`);
}

/** Like {@link normalisePath}, but returns `undefined` for a path that leaves the root. */
export function tryNormalise(path: string): string | undefined {
  if (path.startsWith("/") || path.includes("\0")) return undefined;
  const normal = posix.normalize(path).replace(/\/$/, "");
  if (normal === "..") return undefined;
  if (normal.startsWith("../")) return undefined;
  return normal === "." ? "" : normal;
}

/** True for the folder itself and everything under it. Both paths must be normalised. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** True if a path written by a user is relative and stays inside. A backslash is a separator too. */
export function isInside(path: string): boolean {
  return path !== "" && !/^([/\\~]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes("..");
}

/** Joins a folder and a path under it, and resolves `..`. */
export function joinPath(folder: string, path: string): string {
  return normalisePath(folder === "" ? path : `${folder}/${path}`);
}

/** Sorts a listing by code unit, so that the order is the same on every machine. */
export function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}
