import type { Json, JsonObject } from "../json.ts";
import type { Answer, Call } from "./call.ts";

function number(value: string | undefined, fallback: number, most: number): number {
  const given = Number(value ?? fallback);
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : fallback;
}

function link(url: URL, pages: Readonly<Record<string, number>>): string {
  return Object.entries(pages)
    .map(([rel, page]) => {
      const target = new URL(url);
      target.searchParams.set("page", String(page));
      return `<${target.href}>; rel="${rel}"`;
    })
    .join(", ");
}

/**
 * One page of a list, 30 by default and 100 at most, with GitHub's `Link` header. `wrap` is for the lists
 * that come as `{total_count, …}`.
 */
export function paged<T>(
  call: Call,
  items: readonly T[],
  view: (item: T) => Json,
  wrap?: (page: Json[], total: number) => JsonObject,
): Answer {
  const size = number(call.query.per_page, 30, 100);
  const page = number(call.query.page, 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(items.length / size));
  const views = items.slice((page - 1) * size, page * size).map(view);
  const pages = {
    ...(page > 1 ? { prev: Math.min(page - 1, last) } : {}),
    ...(page < last ? { next: page + 1, last } : {}),
    ...(page > 1 ? { first: 1 } : {}),
  };
  return {
    status: 200,
    body: wrap ? wrap(views, items.length) : views,
    headers: Object.keys(pages).length > 0 ? { link: link(call.url, pages) } : {},
  };
}

/** The page a cursor names, for lists that are paged by `cursor` instead of by number. */
export function pagedByCursor<T extends { readonly id: number }>(
  call: Call,
  items: readonly T[],
  view: (item: T) => Json,
): Answer {
  const size = number(call.query.per_page, 30, 100);
  const start = call.query.cursor ? items.findIndex(({ id }) => `v1_${id}` === call.query.cursor) : 0;
  const next = items[start + size];
  const url = new URL(call.url);
  url.searchParams.set("cursor", `v1_${next?.id}`);
  return {
    status: 200,
    body: start < 0 ? [] : items.slice(start, start + size).map(view),
    headers: next && start >= 0 ? { link: `<${url.href}>; rel="next"` } : {},
  };
}
