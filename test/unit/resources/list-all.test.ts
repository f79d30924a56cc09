import { describe, expect, it } from "vitest";
import { listAll } from "../../../src/resources/list-all.ts";

describe("whole lists", () => {
  it("follow the token to the end, with the largest page", async () => {
    const asked: object[] = [];
    const pages = [{ Items: [1, 2], NextToken: "a" }, { NextToken: "b" }, { Items: [3], NextToken: "" }];
    const items = await listAll<number>(async (paging) => {
      asked.push(paging);
      return pages[asked.length - 1] ?? {};
    });
    expect(items).toEqual([1, 2, 3]);
    expect(asked).toEqual([
      { MaxResults: "500" },
      { MaxResults: "500", NextToken: "a" },
      { MaxResults: "500", NextToken: "b" },
    ]);
  });
});
