import { expect, it } from "vitest";
import { allPages } from "../../../src/github/paging.ts";

it("a paged list is read to the page that names no next one, whatever the pages' sizes", async () => {
  const pages: readonly unknown[][] = [[1, 2], [], [3]];
  const asked: unknown[] = [];
  const found = await allPages(
    async (_route, parameters = {}) => {
      asked.push(parameters.page);
      const index = Number(parameters.page) - 1;
      const headers = index + 1 < pages.length ? { link: '<https://x?page=2>; rel="next"' } : {};
      return { status: 200, data: { items: pages[index] }, headers };
    },
    "GET /x",
    {},
    (data) => (typeof data === "object" && data !== null && "items" in data ? data.items : undefined),
  );
  expect(found).toEqual([1, 2, 3]);
  expect(asked).toEqual([1, 2, 3]);
});

it("what is no list is no empty list", async () => {
  const found = allPages(
    async () => ({ status: 200, data: { message: "hello" }, headers: {} }),
    "GET /x",
    {},
  );
  await expect(found).rejects.toMatchObject({
    code: "GITHUB_ERROR",
    message: expect.stringContaining("GET /x"),
  });
});
