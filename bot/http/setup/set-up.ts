/**
 * First setup: a bot without an App serves only this. It asks GitHub to create the App from a manifest and stores
 * the credentials in the data directory. The person must have the key that the bot printed at its start.
 */
import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { addressCheck, appChecks } from "../checks/judge.ts";
import { awsChecks, type WhoAmI } from "../checks/read.ts";
import { appManifest, PERMISSIONS, SET_UP_PATH, WEBHOOK_EVENTS } from "./app-manifest.ts";
import type { Log } from "../../services/services.ts";
import { type Call, type Env, type Handler, plain, type Routes, seeOther } from "../web/context.ts";
import { isSameSecret } from "../web/same-secret.ts";
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
import { messageOf } from "../../../src/model/errors.ts";

export interface SetUpParts {
  /** GitHub's pages and REST API. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly publicUrl: string | undefined;
  readonly dataDirectory: string;
  readonly log: Log;
  readonly version: string;
  readonly region: string | undefined;
  /** Whose the AWS credentials of this process are. */
  readonly identity: WhoAmI;
}

/** The file with the App's credentials; `inPlace` where the next start reads it. */
export interface WrittenFile {
  readonly file: string;
  readonly inPlace: boolean;
}

interface SetUp {
  /** For `createServer`. */
  readonly server: ServerOptions;
  /** `/?key=…`, shown in the terminal. */
  readonly path: string;
  /** Resolves with the written file once the App is created. */
  readonly done: Promise<WrittenFile>;
}

const COOKIE = "gatewright-set-up";
const MOST_STATES = 100;

export function createSetUp(parts: SetUpParts): SetUp {
  const key = randomBytes(18).toString("base64url");
  /** States sent to GitHub, each with the requested public address. */
  const states = new Map<string, string>();
  const { promise: done, resolve: finish } = Promise.withResolvers<WrittenFile>();
  const { version, log } = parts;

  const owner =
    (handle: Handler): Handler =>
    (call) => {
      const given = call.req.query("key");
      if (given !== undefined && isSameSecret(given, key)) {
        // Remove the key from the address: browsers keep addresses in their history and send them as referrers.
        setCookie(call, COOKIE, key, { path: "/", httpOnly: true, sameSite: "Lax" });
        return seeOther(call, "/");
      }
      return isSameSecret(getCookie(call, COOKIE) ?? "", key) ? handle(call) : lockedPage(call, version);
    };

  const begin: Handler = async (call) =>
    wishesPage(call, version, wishesOf(parts, call), {
      checks: await awsChecks(parts.identity, parts.region),
    });

  const confirm: Handler = (call) => {
    const wishes = wishesOf(parts, call);
    const problem = problemOf(wishes);
    if (problem !== undefined) return wishesPage(call, version, wishes, { problem });
    const state = randomBytes(24).toString("base64url");
    states.set(state, wishes.publicUrl);
    for (const [oldest] of states) if (states.size > MOST_STATES) states.delete(oldest);
    const owned = wishes.organization === "" ? "" : `/organizations/${wishes.organization}`;
    const action = `${parts.serverUrl}${owned}/settings/apps/new?state=${state}`;
    const manifest = JSON.stringify(appManifest(wishes.name, wishes.publicUrl));
    // The form submits to GitHub, which may redirect straight back.
    const formsTo = `${new URL(parts.serverUrl).origin} ${wishes.publicUrl}`;
    return confirmPage(call, version, {
      action,
      manifest,
      formsTo,
      address: addressCheck(wishes.publicUrl, parts.serverUrl),
    });
  };

  const receive: Handler = async (call) => {
    // The state is enough: only a person with the key got one, and the public address may not have the cookie yet.
    const state = call.req.query("state") ?? "";
    const publicUrl = states.get(state);
    states.delete(state);
    if (publicUrl === undefined) return stalePage(call, version);
    try {
      const { app, granted, permissionsUrl } = await convertManifest(parts, call.req.query("code") ?? "");
      const file = await writeEnvFile(parts.dataDirectory, {
        APP_ID: String(app.id),
        PRIVATE_KEY: app.privateKey,
        WEBHOOK_SECRET: app.webhookSecret,
        GITHUB_CLIENT_ID: app.clientId,
        GITHUB_CLIENT_SECRET: app.clientSecret,
        PUBLIC_URL: publicUrl,
      });
      const inPlace = file.endsWith(".env");
      log.info({ file, app: app.slug, inPlace }, "created the App and wrote its credentials");
      finish({ file, inPlace });
      const installUrl = `${parts.serverUrl}/${appsPath(parts.serverUrl)}/${app.slug}/installations/new`;
      return donePage(call, version, {
        installUrl,
        file,
        waits: !inPlace,
        checks: [
          addressCheck(publicUrl, parts.serverUrl),
          ...appChecks(granted, { permissions: PERMISSIONS, events: WEBHOOK_EVENTS }, permissionsUrl),
          ...(await awsChecks(parts.identity, parts.region)),
        ],
      });
    } catch (error) {
      const words = messageOf(error);
      log.error({ error: words }, "setup failed");
      return failedPage(call, version, words);
    }
  };

  const routes: Routes = new Hono<Env>();
  routes.get("/", owner(begin));
  routes.get("/setup", owner(confirm));
  routes.get(SET_UP_PATH, receive);
  routes.get("/healthz", (call) => plain(call, 200, "alive"));
  routes.get("/readyz", (call) => plain(call, 503, "not set up"));
  return {
    path: `/?key=${key}`,
    done,
    server: { log, routes, notFound: (call) => lockedPage(call, version) },
  };
}

/** The path of an App's page differs on Enterprise Server. */
function appsPath(serverUrl: string): string {
  return serverUrl === "https://github.com" ? "apps" : "github-apps";
}

function wishesOf({ publicUrl }: SetUpParts, { req }: Call): Wishes {
  const given = (name: keyof Wishes): string | undefined => req.query(name)?.trim();
  // Suggest the host as the browser sees it; the person can correct it.
  const guess = publicUrl ?? `http://${req.header("host") ?? "localhost"}`;
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
