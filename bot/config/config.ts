/** The bot's configuration from process.env, checked before anything else happens. */
import { readFileSync } from "node:fs";
import { createPrivateKey } from "node:crypto";
import { givenRoot } from "../../src/github/attestation/given-root.ts";
import { fail } from "../../src/model/errors.ts";
import { type RoleRule, readRoleRules } from "./role-rules.ts";

export interface BotConfig {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly host: string;
  readonly port: number;
  /** GitHub's REST API. */
  readonly apiUrl: string;
  /** GitHub's pages, for sign-in and links. */
  readonly serverUrl: string;
  /** Where people reach this bot's pages; no links to run pages without it. */
  readonly publicUrl: string | undefined;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string } | undefined;
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  readonly region: string | undefined;
  readonly awsEndpoint: string | undefined;
  readonly roleRules: readonly RoleRule[];
  /** The text of a file with the trusted roots of attestations; undefined: they are fetched. */
  readonly trustedRoot: string | undefined;
  readonly logLevel: string;
  /** How long one request to GitHub may take. */
  readonly githubTimeoutMs: number;
  /** Milliseconds between checks for missed deliveries; 0 turns them off. */
  readonly redeliveryEveryMs: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws GatewrightErrors `BOT_CONFIG_…` that name the variable, the accepted form and where to find the value. */
export function readConfig(env: Environment): BotConfig {
  const webhookSecret = env.WEBHOOK_SECRET ?? "";
  if (webhookSecret === "" || webhookSecret === "development") {
    const found =
      webhookSecret === "" ? "WEBHOOK_SECRET is not set" : 'WEBHOOK_SECRET is the default "development"';
    fail("BOT_CONFIG_SECRET", `${found}: anyone could send commands`, {
      hint: "Set it to the webhook secret from the GitHub App's settings, at least 16 random characters (openssl rand -hex 32).",
    });
  }
  if (webhookSecret.length < 16) {
    fail(
      "BOT_CONFIG_SECRET",
      `WEBHOOK_SECRET has ${webhookSecret.length} characters; accepted: at least 16`,
      {
        hint: "Create one with `openssl rand -hex 32` and set it in the GitHub App's settings too.",
      },
    );
  }
  return {
    appId: positive(env.APP_ID, "APP_ID", undefined, "the App's number on its settings page"),
    privateKey: readPrivateKey(env),
    webhookSecret,
    ...readAddresses(env),
    oauth:
      env.GITHUB_CLIENT_ID && env.GITHUB_CLIENT_SECRET
        ? { clientId: env.GITHUB_CLIENT_ID, clientSecret: env.GITHUB_CLIENT_SECRET }
        : undefined,
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined,
    awsEndpoint: env.AWS_ENDPOINT_URL || undefined,
    roleRules: readRoleRules(env.GATEWRIGHT_ROLES, "GATEWRIGHT_ROLES"),
    trustedRoot: givenRoot(env.GATEWRIGHT_TRUSTED_ROOT),
    logLevel: readLogLevel(env.LOG_LEVEL),
    // GitHub itself gives up on a request after 10 seconds.
    githubTimeoutMs: positive(env.GITHUB_TIMEOUT_SECONDS, "GITHUB_TIMEOUT_SECONDS", 30, "seconds") * 1000,
    redeliveryEveryMs:
      env.REDELIVERY_SECONDS === "0"
        ? 0
        : positive(env.REDELIVERY_SECONDS, "REDELIVERY_SECONDS", 300, "seconds, or 0 for never") * 1000,
  };
}

/** The bot's address, data directory and GitHub addresses: everything that setup needs. */
type Addresses = Pick<BotConfig, "host" | "port" | "apiUrl" | "serverUrl" | "publicUrl" | "dataDirectory">;

export function readAddresses(env: Environment): Addresses {
  const serverUrl =
    trimmed(env.GITHUB_SERVER_URL) ??
    (env.GHE_HOST ? `${env.GHE_PROTOCOL ?? "https"}://${env.GHE_HOST}` : "https://github.com");
  return {
    host: env.HOST ?? "0.0.0.0",
    port: positive(env.PORT, "PORT", 3000, "a port number", 65_535),
    serverUrl: web(serverUrl, "GITHUB_SERVER_URL"),
    apiUrl: web(
      trimmed(env.GITHUB_API_URL) ?? (env.GHE_HOST ? `${serverUrl}/api/v3` : "https://api.github.com"),
      "GITHUB_API_URL",
    ),
    publicUrl: origin(trimmed(env.PUBLIC_URL)),
    dataDirectory: env.DATA_DIRECTORY || "./data",
  };
}

/** Accepts only an origin: a path in the address would break links and sign-in. */
function origin(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).origin === url) return url;
  return fail(
    "BOT_CONFIG_INVALID",
    `PUBLIC_URL is "${url}"; accepted: scheme and host, such as https://gatewright.example`,
    {
      hint: "Give the bot a host name of its own; a path in front of it is not supported.",
    },
  );
}

function trimmed(url: string | undefined): string | undefined {
  return url ? url.replace(/\/+$/, "") : undefined;
}

function positive(
  value: string | undefined,
  name: string,
  fallback: number | undefined,
  what: string,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if ((value === undefined || value === "") && fallback !== undefined) return fallback;
  const parsed = Number(value);
  if (Number.isInteger(parsed) && parsed > 0 && parsed <= most) return parsed;
  return fail("BOT_CONFIG_INVALID", `${name} is ${value ? `"${value}"` : "not set"}; accepted: ${what}`, {
    hint: "docs/bot.md lists every variable; starting the bot with no configuration walks you through creating the App.",
  });
}

function web(url: string, name: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  return fail("BOT_CONFIG_INVALID", `${name} is "${url}"; accepted: an http or https address`, {
    hint: "Leave it out for github.com; docs/bot.md has the addresses of GitHub Enterprise Server.",
  });
}

/** Errors do not show the value: it contains a password. */
function readDatabaseUrl(value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  if (URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol)) return value;
  return fail("BOT_CONFIG_INVALID", "DATABASE_URL is not the address of a Postgres server", {
    hint: "Accepted: postgres://user:password@host:5432/database; characters such as @ and / in the password as %40 and %2F.",
  });
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

function readLogLevel(value: string | undefined): string {
  if (value === undefined || value === "") return "info";
  if (LOG_LEVELS.includes(value)) return value;
  return fail("BOT_CONFIG_INVALID", `LOG_LEVEL is "${value}"; accepted: ${LOG_LEVELS.join(", ")}`, {
    hint: "Leave it out for info.",
  });
}

/** PEM, base64 of PEM (for systems that cannot keep line breaks), or a file. */
function readPrivateKey(env: Environment): string {
  const raw = env.PRIVATE_KEY || (env.PRIVATE_KEY_PATH ? readKeyFile(env.PRIVATE_KEY_PATH) : "");
  if (raw === "") {
    fail("BOT_CONFIG_KEY", "neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set", {
      hint: "Generate a private key on the App's settings page and give its text or its path.",
    });
  }
  const pem = raw.includes("-----BEGIN")
    ? raw.replaceAll("\\n", "\n")
    : Buffer.from(raw, "base64").toString("utf8");
  try {
    createPrivateKey(pem);
  } catch {
    // Do not show the key, even a broken one.
    fail("BOT_CONFIG_KEY", "the private key is not a readable PEM key", {
      hint: "Give the complete .pem file, from -----BEGIN to -----END, or its base64.",
    });
  }
  return pem;
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return fail("BOT_CONFIG_KEY", `could not read ${path}, the file in PRIVATE_KEY_PATH`, {
      hint: "Check the path and its permissions.",
    });
  }
}
