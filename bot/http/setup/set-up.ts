/**
 * Set-up from nothing: a bot without an App serves only this. It asks GitHub to make the App from a manifest and keeps
 * the credentials in the data directory. Who sets it up must know the key that the bot printed at its start.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { appManifest, SET_UP_PATH } from "./app-manifest.ts";
import type { Log } from "../../services/services.ts";
import { type Answer, type Call, plain, redirect } from "../web/answer.ts";
import type { ServerOptions } from "../server.ts";
import { convertManifest } from "./convert.ts";
import { writeEnvFile } from "./env-file.ts";
import {
  confirmPage,
  donePage,
  failedPage,
  lockedPage,
  stalePage,
  type Wishes,
  wishesPage,
} from "./pages.ts";

export interface SetUpParts {
  /** GitHub's pages and REST API. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly publicUrl: string | undefined;
  readonly dataDirectory: string;
  readonly log: Log;
  readonly version: string;
}

export interface SetUp {
  /** For `createServer`. */
  readonly server: ServerOptions;
  /** `/?key=…`: for the terminal. */
  readonly path: string;
  /** Resolves with the written file once the App is made. */
  readonly done: Promise<{ readonly file: string; readonly inPlace: boolean }>;
}

const COOKIE = "gatewright-set-up";
const MOST_STATES = 100;

export function createSetUp(parts: SetUpParts): SetUp {
  const key = randomBytes(18).toString("base64url");
  /** States given to GitHub, with the address that was wished for. */
  const states = new Map<string, string>();
  let finish: (it: { readonly file: string; readonly inPlace: boolean }) => void = () => {};
  const done = new Promise<{ readonly file: string; readonly inPlace: boolean }>((resolve) => {
    finish = resolve;
  });
  const { version, log } = parts;

  const owner =
    (handle: (call: Call) => Answer) =>
    (call: Call): Answer => {
      const given = call.url.searchParams.get("key");
      // Out of the address bar: addresses are kept in histories and sent along.
      if (given !== null && same(given, key))
        return redirect("/", { "set-cookie": `${COOKIE}=${key}; Path=/; HttpOnly; SameSite=Lax` });
      return same(cookieOf(call.request), key) ? handle(call) : lockedPage(version);
    };

  const begin = (call: Call): Answer => wishesPage(version, wishesOf(parts, call));

  const confirm = (call: Call): Answer => {
    const wishes = wishesOf(parts, call);
    const problem = problemOf(wishes);
    if (problem !== undefined) return wishesPage(version, wishes, problem);
    const state = randomBytes(24).toString("base64url");
    states.set(state, wishes.publicUrl);
    for (const [oldest] of states) if (states.size > MOST_STATES) states.delete(oldest);
    const owned = wishes.organization === "" ? "" : `/organizations/${wishes.organization}`;
    const action = `${parts.serverUrl}${owned}/settings/apps/new?state=${state}`;
    const manifest = JSON.stringify(appManifest(wishes.name, wishes.publicUrl));
    // To GitHub and, should it ask nothing, straight back.
    const formsTo = `${new URL(parts.serverUrl).origin} ${wishes.publicUrl}`;
    return confirmPage(version, action, manifest, formsTo);
  };

  const receive = async ({ url }: Call): Promise<Answer> => {
    // The state alone lets in: it was given only to who had the key, and the public address may have no cookie yet.
    const state = url.searchParams.get("state") ?? "";
    const publicUrl = states.get(state);
    states.delete(state);
    if (publicUrl === undefined) return stalePage(version);
    try {
      const app = await convertManifest(parts.apiUrl, url.searchParams.get("code") ?? "");
      const file = await writeEnvFile(parts.dataDirectory, {
        APP_ID: String(app.id),
        PRIVATE_KEY: app.privateKey,
        WEBHOOK_SECRET: app.webhookSecret,
        GITHUB_CLIENT_ID: app.clientId,
        GITHUB_CLIENT_SECRET: app.clientSecret,
        PUBLIC_URL: publicUrl,
      });
      const inPlace = file.endsWith(".env");
      log.info({ file, app: app.slug, inPlace }, "the App is made; its credentials are written");
      finish({ file, inPlace });
      const installUrl = `${parts.serverUrl}/${appsPath(parts.serverUrl)}/${app.slug}/installations/new`;
      return donePage(version, { installUrl, file, waits: !inPlace });
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      log.error({ error: words }, "the set-up failed");
      return failedPage(version, words);
    }
  };

  return {
    path: `/?key=${key}`,
    done,
    server: {
      log,
      notFound: () => lockedPage(version),
      routes: [
        { method: "GET", path: "/", handle: owner(begin) },
        { method: "GET", path: "/setup", handle: owner(confirm) },
        { method: "GET", path: SET_UP_PATH, handle: receive },
        { method: "GET", path: "/healthz", handle: () => plain(200, "alive") },
        { method: "GET", path: "/readyz", handle: () => plain(503, "not set up") },
      ],
    },
  };
}

/** An Enterprise Server has its Apps elsewhere. */
function appsPath(serverUrl: string): string {
  return serverUrl === "https://github.com" ? "apps" : "github-apps";
}

function wishesOf({ publicUrl }: SetUpParts, { url, request }: Call): Wishes {
  const given = (name: keyof Wishes): string | undefined => url.searchParams.get(name)?.trim();
  // Only a suggestion, which a person looks at: what the browser calls this server.
  const guess = publicUrl ?? `http://${request.headers.host ?? "localhost"}`;
  return {
    name: given("name") ?? "gatewright",
    publicUrl: (given("publicUrl") ?? guess).replace(/\/+$/, ""),
    organization: given("organization") ?? "",
  };
}

function problemOf({ name, publicUrl, organization }: Wishes): string | undefined {
  if (!/^https?:\/\/[\w.-]+(:\d+)?$/.test(publicUrl))
    return `"${publicUrl}" is not an address without a path; accepted: https://gatewright.example.com`;
  if (!/^[\w .-]{1,34}$/.test(name))
    return `"${name}" is not an App's name; accepted: 1 to 34 letters, digits, spaces, . and -`;
  if (!/^([A-Za-z\d](?:[A-Za-z\d]|-(?=[A-Za-z\d])){0,38})?$/.test(organization))
    return `"${organization}" is not an organization's name; accepted: its name in the address github.com/NAME`;
  return undefined;
}

function cookieOf({ headers }: IncomingMessage): string {
  return /(?:^|;\s*)gatewright-set-up=([\w-]+)/.exec(headers.cookie ?? "")?.[1] ?? "";
}

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
