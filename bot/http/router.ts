/** Finds the route of a request. Pure. */
import type { Handler, Route } from "./web/answer.ts";

export type Match =
  | {
      readonly kind: "route";
      readonly route: Route;
      readonly handle: Handler;
      readonly params: Readonly<Record<string, string>>;
    }
  /** The path exists, under other methods. */
  | { readonly kind: "method"; readonly allow: readonly string[] }
  | { readonly kind: "none" };

/** The first route that fits. HEAD is answered by GET's route. */
export function match(routes: readonly Route[], method: string, path: string): Match {
  const allow = new Set<string>();
  for (const route of routes) {
    const params = parameters(route.path, path);
    if (params === undefined) continue;
    if (route.method === method || (route.method === "GET" && method === "HEAD"))
      return { kind: "route", route, handle: route.handle, params };
    allow.add(route.method);
    if (route.method === "GET") allow.add("HEAD");
  }
  return allow.size === 0 ? { kind: "none" } : { kind: "method", allow: [...allow] };
}

function parameters(pattern: string, path: string): Record<string, string> | undefined {
  if (!pattern.includes(":")) return pattern === path ? {} : undefined;
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== value) return undefined;
      continue;
    }
    const decoded = decode(value);
    if (decoded === undefined || decoded === "") return undefined;
    params[segment.slice(1)] = decoded;
  }
  return params;
}

/** Undefined for a broken escape: such a path is nobody's. */
function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
