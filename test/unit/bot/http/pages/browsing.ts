/** A person who goes from page to page, without a browser. */
import type { PagesWorld } from "../../../../acceptance/pages-world.ts";

export interface Browsing {
  get(path: string, cookie?: string, more?: RequestInit): Promise<Response>;
  /** The way of a browser from a page to GitHub and back; gives the cookie. */
  signIn(login: string, path?: string): Promise<{ readonly cookie: string; readonly landed: string }>;
}

export const location = (answer: Response): string => answer.headers.get("location") ?? "";
export const jar = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

export function browsingOf(world: Pick<PagesWorld, "url" | "browserIs">): Browsing {
  const get: Browsing["get"] = (path, cookie = "", more = {}) =>
    fetch(path.startsWith("http") ? path : `${world.url}${path}`, {
      redirect: "manual",
      ...more,
      headers: { cookie, ...more.headers },
    });
  return {
    get,
    signIn: async (login, path = "/runs") => {
      world.browserIs(login);
      const asked = await get(path);
      const begun = await get(location(asked));
      const back = await get(location(begun));
      const done = await get(location(back), jar(begun));
      return { cookie: jar(done), landed: location(done) };
    },
  };
}
