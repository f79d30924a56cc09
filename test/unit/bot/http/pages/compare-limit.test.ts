/** How often one person may ask for a comparison, with a clock of the test's. */
import { Hono } from "hono";
import { expect, test } from "vitest";
import type { Guard } from "../../../../../bot/http/auth/guard.ts";
import { compareRoutes } from "../../../../../bot/http/pages/compare/routes.ts";
import type { Env } from "../../../../../bot/http/web/context.ts";
import type { Run } from "../../../../../src/model/run.ts";
import { aStack, createMemoryStore, createRun } from "../../../../fakes/store.ts";

const MINUTE = 60_000;

test("a person may ask ten times in ten minutes, however long that goes on", async () => {
  let now = 1_800_000_000_000;
  const store = createMemoryStore();
  const stack = aStack();
  const session = { login: "ana", userId: 7, id: "s", token: "t" };
  const guard: Guard = {
    page: (handle) => (call) => handle(call, session),
    stream: () => () => new Response(),
    run: async (_, id) => (await store.getRun(id)) as Run,
    still: async () => true,
  };
  const access = {
    canRead: async () => true,
    installations: async () => [7],
    readable: async () => [{ id: stack.repository.id, fullName: "acme/shop" }],
    named: async () => undefined,
  };
  const publicUrl = "https://bot.example.com";
  const routes = new Hono<Env>();
  routes.route("/", compareRoutes({ store, guard, access, publicUrl, now: () => now, version: "1" }));
  let asked = 0;
  const ask = async (): Promise<number> => {
    asked += 1;
    const { id } = await createRun(store, {
      group: crypto.randomUUID(),
      text: "/apply",
      stack,
      kind: "apply",
      cause: { by: "command", login: "ana", pull: 1, commentId: asked },
      sha: String(asked).padStart(40, "0"),
      adopt: [],
    });
    const { status, headers } = await routes.request(`/runs/${id}/compare`, {
      method: "POST",
      headers: { origin: publicUrl, "content-type": "application/x-www-form-urlencoded" },
    });
    const made = /^\/runs\/(.+)$/.exec(headers.get("location") ?? "")?.[1];
    // The comparison is over, so that the next one is not refused because of it.
    if (made !== undefined) await store.requestCancel(made);
    return status;
  };
  const patient: number[] = [];
  for (let time = 0; time < 15; time += 1) {
    patient.push(await ask());
    now += 5 * MINUTE;
  }
  expect(new Set(patient)).toEqual(new Set([303]));
  now += 20 * MINUTE;
  const hasty: number[] = [];
  for (let time = 0; time < 11; time += 1) hasty.push(await ask());
  expect(hasty).toEqual([...Array<number>(10).fill(303), 429]);
});
