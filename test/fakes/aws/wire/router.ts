import type { OperationShape } from "./shapes.ts";

interface Route {
  operation: OperationShape;
  segments: string[];
  /** What the query must say: `Operation=Tag`. */
  query: [name: string, value: string][];
  literals: number;
}

export interface RestMatch {
  operation: OperationShape;
  labels: Record<string, string>;
}

export type Query = Readonly<Record<string, string | string[] | null | undefined>>;
export type RestRouter = (method: string, path: string, query: Query) => RestMatch | undefined;

/**
 * Matches REST paths to operations; where two templates match, the one with more literal segments wins, then the one whose
 * query says more (`/distribution?WithTags`).
 */
export function createRestRouter(operations: OperationShape[]): RestRouter {
  const table = new Map<string, Route[]>();
  for (const operation of operations) {
    const [path = "", search = ""] = operation.path.split("?");
    const segments = path.split("/").filter(Boolean);
    const query = [...new URLSearchParams(search)];
    const literals = segments.filter((s) => !s.startsWith("{")).length;
    const route = { operation, segments, query, literals };
    const key = `${operation.method} ${segments.length}`;
    const routes = table.get(key) ?? [];
    routes.push(route);
    table.set(key, routes);
  }
  for (const routes of table.values())
    routes.sort((a, b) => b.literals - a.literals || b.query.length - a.query.length);

  return (method, path, query) => {
    const parts = path.split("/").filter(Boolean);
    for (const route of table.get(`${method} ${parts.length}`) ?? []) {
      if (route.query.some(([name, value]) => (query[name] ?? undefined) !== value)) continue;
      const labels = matchSegments(route.segments, parts);
      if (labels !== undefined) return { operation: route.operation, labels };
    }
    return undefined;
  };
}

function matchSegments(segments: string[], parts: string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] ?? "";
    const part = parts[i] ?? "";
    if (segment.startsWith("{")) labels[segment.replace(/[{}+]/g, "")] = decodeURIComponent(part);
    else if (segment !== part) return undefined;
  }
  return labels;
}
