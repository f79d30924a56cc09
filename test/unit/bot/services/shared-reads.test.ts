import { describe, expect, test } from "vitest";
import { sharedReads } from "../../../../bot/services/shared-reads.ts";

function counting(answer: (route: string) => unknown = () => []) {
  const sent: string[] = [];
  const request = sharedReads(async (route, parameters) => {
    sent.push(`${route} ${JSON.stringify(parameters ?? {})}`);
    return { status: 200, data: answer(route), headers: {} };
  });
  return { sent, request };
}

describe("reads of one command", () => {
  test("are sent once, also side by side", async () => {
    const { sent, request } = counting();
    await Promise.all([1, 2, 3].map(() => request("GET /reviews", { page: 1 })));
    await request("GET /reviews", { page: 1 });
    expect(sent).toEqual(['GET /reviews {"page":1}']);
  });

  test("are told apart by their parameters", async () => {
    const { sent, request } = counting();
    for (const page of [1, 2, 1]) await request("GET /reviews", { page });
    expect(sent).toHaveLength(2);
  });

  test("are sent again after a write, and writes always", async () => {
    const { sent, request } = counting();
    for (const route of ["GET /labels", "POST /labels", "POST /labels", "GET /labels"]) await request(route);
    expect(sent).toHaveLength(4);
  });

  test("that failed are sent again", async () => {
    let broken = true;
    const { request, sent } = counting(() => {
      if (broken) throw new Error("away");
      return "there";
    });
    await expect(request("GET /x")).rejects.toThrow("away");
    broken = false;
    expect((await request("GET /x")).data).toBe("there");
    expect(sent).toHaveLength(2);
  });
});
