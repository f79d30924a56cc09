/** What a database of an earlier version holds is there after the start of a newer bot. */
import { describe, expect, it, onTestFinished } from "vitest";
import { openEmbedded } from "../../../bot/db/connect/embedded.ts";
import { connectPostgres } from "../../../bot/db/connect/postgres.ts";
import { migrate } from "../../../bot/db/schema/migrate.ts";
import { MIGRATIONS } from "../../../bot/db/schema/migrations.ts";
import type { Database } from "../../../bot/db/sql/database.ts";
import { createStore } from "../../../bot/db/store.ts";
import { systemClock } from "../../../src/index.ts";
import { aStack } from "../../fakes/store.ts";
import { postgres } from "./stores.ts";

const DATABASES: readonly [string, () => Promise<Database>][] = [
  ["embedded", () => openEmbedded({})],
  ["postgres", async () => connectPostgres({ url: (await postgres()).database("earlier") })],
];

const RUN = "0b9f1c52-6f0a-4a43-9a5e-2b8a0c1d2e3f";
const GROUP = "7d444840-9dc0-8d24-9d5c-0123456789ab";

/** A note of version 1. */
const NOTES: readonly (readonly [string, string])[] = [
  ["outcome/1/5", "done"],
  ["reply/1/5", "77"],
  ["plan-comment/1/7/v1.2", "78"],
  [`comment/${GROUP}`, "79"],
  [`check/${RUN}`, "80"],
  ["drift-issue/1/dev/apps/a", "12"],
  ["failed-merge/1/dev", "13"],
  ["reviewed/1/7/dev/apps/a", '{"planId":"0123456789ab","sha":"1a2b"}'],
  ["adopt/reviewed/1/7/dev/apps/a", "my-api\nother"],
  ["settings/1", '{"stages":{"dev":{}}}'],
  ["project/1/dev/shop/x", "apps/a"],
  ["catch-up/newest", "1767225600123"],
  ["drift-looked/1/dev/apps/a", "1767225600000"],
];

describe.each(DATABASES)("a database of version 1, %s", (_name, open) => {
  it("keeps what was noted, in tables of its own", async () => {
    const db = await open();
    onTestFinished(() => db.close());
    await migrate(db, MIGRATIONS.slice(0, 1));
    const at = new Date("2026-01-01T00:00:00Z");
    await db.query(
      `insert into gatewright.run (id, group_id, stack_key, repository_id, request, state, created_at, plan)
       values ($1, $2, '1/dev/.', 1, $5::json, 'succeeded', $3, $4::json)`,
      [
        RUN,
        GROUP,
        at,
        '{"id":"x","counts":{"create":1},"text":"\\u0000","problems":[{"severity":"error"}]}',
        '{"text":"\\u0000 \\"kind\\":\\"destroy\\"","stack":{"repository":{"id":1},"stage":"dev","directory":"."},"kind":"apply"}',
      ],
    );
    for (const command of ["/apply", "/plan"])
      await db.query("insert into gatewright.command values (1, 5, $1, 'first', $2)", [command, at]);
    for (const [key, value] of NOTES)
      await db.query("insert into gatewright.note values ($1, $2, $3)", [key, value, at]);
    await migrate(db);

    const store = createStore(db, systemClock);
    const stack = { ...aStack(), directory: "apps/a" };
    expect(await store.claim("command/1/5", "second")).toBeUndefined();
    expect(await store.claim("command/1/5", "first")).toEqual({ outcome: "done" });
    const found = await db.query("select kind, blocked from gatewright.run");
    expect(found).toMatchObject([{ kind: "apply", blocked: true }]);
    const posted = (kind: Parameters<typeof store.getPosted>[0]["kind"], key: string) =>
      store.getPosted({ repositoryId: 1, kind, key });
    expect(await posted("reply", "5")).toBe(77);
    expect(await posted("plan-comment", "7/v1.2")).toBe(78);
    expect(await posted("group-comment", GROUP)).toBe(79);
    expect(await posted("check", RUN)).toBe(80);
    expect(await posted("drift-issue", "dev/apps/a")).toBe(12);
    expect(await posted("failed-merge", "dev")).toBe(13);
    expect(await store.reviewedPlan(stack, 7)).toEqual({ digest: "0123456789ab", sha: "1a2b" });
    expect(await store.adoptedNames(stack, 7)).toEqual(["my-api", "other"]);
    expect(await store.lastSettings(1)).toEqual({ stages: { dev: {} } });
    const project = { repositoryId: 1, stage: "dev", name: "shop/x", directory: "." };
    expect(await store.claimProject(project)).toBe("apps/a");
    expect(await store.redeliveredUntil()).toEqual(new Date(1_767_225_600_123));
  });
});
