/** Prepared statements give what PGlite's own queries give, each time, and outlive errors and changed tables. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createStatements, type Statements } from "../../../../../bot/db/connect/prepared.ts";
import { makeDatabaseIn } from "../../../../embedded-database.ts";

const folder = mkdtempSync(join(tmpdir(), "gatewright-prepared-"));
let instance: PGlite;
let statements: Statements;
beforeAll(async () => {
  await makeDatabaseIn(folder);
  instance = await PGlite.create(join(folder, "postgres"));
});
afterAll(async () => {
  await instance?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await instance.exec(
    "deallocate all; drop table if exists thing; create table thing (id integer primary key, name text)",
  );
  statements = createStatements(instance);
});

const names = async (): Promise<readonly unknown[]> =>
  (await instance.query<{ name: unknown }>("select name from thing order by id")).rows.map(
    ({ name }) => name,
  );
const inPostgres = async (): Promise<unknown> =>
  (await instance.query("select count(*)::int as n from pg_prepared_statements")).rows;

it("every type of a value and of a column is the same as in a query of PGlite, also by the plan that is kept", async () => {
  const text = `select $1::text as text, $2::int as number, $3::bigint as big, $4::boolean as yes, $5::timestamptz as at,
    $6::json as json, $7::jsonb as list, $8::text[] as texts, $9::uuid as id, null as nothing, 1.5 as decimal, '\\x01'::bytea as bytes`;
  const values = [
    "ü'\"$1",
    7,
    9007199254740993n,
    false,
    new Date(1_700_000_000_123),
    { a: [1, null] },
    '[{"b":2}]',
    ["x", 'y"', "a,b"],
    "0b7f3a5e-1f0c-4c55-9a51-0d4d3a1c9f10",
  ];
  const { rows } = await instance.query(text, values);
  for (let time = 0; time < 8; time += 1) expect(await statements.query(text, values)).toEqual(rows);
  const nothing = values.map(() => null);
  expect(await statements.query(text, nothing)).toEqual((await instance.query(text, nothing)).rows);
});

it("a statement is parsed once", async () => {
  for (const id of [1, 2, 3]) {
    await statements.query("insert into thing values ($1, $2)", [id, `n${id}`]);
    await statements.exec("select name from thing");
  }
  expect(await names()).toEqual(["n1", "n2", "n3"]);
  expect(await inPostgres()).toEqual([{ n: 2 }]);
});

it("no more statements are kept than a bot has", async () => {
  for (let number = 0; number < 450; number += 1)
    expect(await statements.query(`select ${number} as n`)).toEqual([{ n: number }]);
  expect(await statements.query("select 0 as n")).toEqual([{ n: 0 }]);
  expect(await inPostgres()).toEqual([{ n: 200 }]);
});

it("an error has Postgres's code, and the statement goes on", async () => {
  const insert = (id: unknown) => statements.query("insert into thing values ($1, 'n') returning id", [id]);
  await insert(1);
  await expect(insert(1)).rejects.toMatchObject({ code: "23505", constraint: "thing_pkey" });
  await expect(insert("one")).rejects.toMatchObject({ code: "22P02" });
  await expect(statements.query("select nonsense")).rejects.toMatchObject({ code: "42703" });
  await expect(statements.query("select nonsense")).rejects.toMatchObject({ code: "42703" });
  expect(await insert(2)).toEqual([{ id: 2 }]);
});

it("a transaction that fails leaves nothing, and nothing comes in between", async () => {
  const insert = "insert into thing values ($1, $2)";
  const failing = instance.transaction(async (transaction) => {
    const query = statements.within(transaction);
    await query(insert, [1, "inside"]);
    expect(await query("select name from thing")).toEqual([{ name: "inside" }]);
    await query(insert, [1, "again"]);
  });
  const beside = statements.query(insert, [2, "beside"]);
  await expect(failing).rejects.toMatchObject({ code: "23505" });
  await beside;
  expect(await names()).toEqual(["beside"]);
  let late: ReturnType<Statements["within"]> | undefined;
  await instance.transaction(async (transaction) => {
    late = statements.within(transaction);
    await late(insert, [1, "good"]);
  });
  expect(await names()).toEqual(["good", "beside"]);
  await expect(late?.("select 1")).rejects.toThrow("closed");
});

it.each([
  ["a statement", (text: string) => statements.query(text)],
  ["a script", (text: string) => statements.exec(`${text}; select 1`)],
  ["a transaction", (text: string) => instance.transaction((inner) => statements.within(inner)(text))],
])("%s that changes a table changes what its statements give", async (_, change) => {
  await statements.query("insert into thing values (1, 'n')");
  const all = () => statements.query("select * from thing");
  expect(await all()).toEqual([{ id: 1, name: "n" }]);
  await change("alter table thing add column more integer default 5");
  expect(await all()).toEqual([{ id: 1, name: "n", more: 5 }]);
});
