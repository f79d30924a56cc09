/** Looks for secrets wherever the bot leaves something: its pages as a signed-in person sees them, its database, any text. */
import pg from "pg";
import { account } from "../../fakes/github/state/world.ts";
import { type BotWorld, SECRET } from "./world.ts";

/** Signs ana in through GitHub and returns the cookies. */
export async function signIn({ github }: BotWorld, url: string): Promise<string> {
  github.signIn.browser = account(github.world, "ana");
  const jar = new Map<string, string>();
  let next = `${url}/login`;
  for (let hops = 0; hops < 6; hops += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(next, { headers: { cookie }, redirect: "manual" });
    for (const set of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=");
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) break;
    next = new URL(location, next).href;
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** The list of runs and the page of each, for ana. */
export async function runPages(world: BotWorld, url: string): Promise<readonly string[]> {
  const cookie = await signIn(world, url);
  const read = async (path: string): Promise<string> =>
    (await fetch(`${url}${path}`, { headers: { cookie } })).text();
  const list = await read("/runs");
  const runs = [...new Set(list.match(/\/runs\/[0-9a-f-]{36}/g) ?? [])];
  const pages = [list];
  for (const run of runs) pages.push(await read(run));
  return pages;
}

/** All rows of all tables, as JSON. */
export async function everythingIn(database: string): Promise<string> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const dump: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query(`select * from ${name}`);
    dump.push(name, JSON.stringify(rows));
  }
  await client.end();
  return dump.join("\n");
}

/** What the App and its installations have: by name. */
export function secretsOfTheApp({ app, github }: BotWorld): readonly (readonly [string, string])[] {
  const key = (app.privateKey ?? "").split("\n").filter((line) => line.length > 40);
  const tokens = [...github.world.tokens.keys()];
  if (key.length <= 5 || !tokens.some((token) => token.startsWith("ghs_")))
    throw new Error("an App has a key and tokens");
  return [
    ["webhookSecret", SECRET],
    ["clientSecret", app.clientSecret],
    ...key.map((line, index) => [`line ${index} of the private key`, line] as const),
    ...tokens.map((token, index) => [`token ${index}`, token] as const),
  ];
}

/** The names of the secrets in the text, plain or in base64. */
export function shownIn(text: string, secrets: ReadonlyMap<string, string>): readonly string[] {
  return [...secrets]
    .filter(
      ([, secret]) =>
        text.includes(secret) ||
        text.includes(Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1)),
    )
    .map(([name]) => name);
}

/** Whatever was sent to GitHub's API that was not a question: comments, checks, deployments, issues. */
export function sentToGitHub({ github }: BotWorld): string {
  const sent = github.requests.filter(({ method, operation }) => method !== "GET" && operation !== undefined);
  return JSON.stringify(sent.map(({ path, query, body }) => ({ path, query, body })));
}
