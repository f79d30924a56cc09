/** What the bot needs to work, compared with what it has: its address, its GitHub App, its AWS credentials. Pure. */
import { isIP } from "node:net";
import type { Identity } from "../../../src/aws/identity.ts";
import { userErrors } from "../../../src/model/errors.ts";

export interface Check {
  /** `warning`: it may work. */
  readonly state: "good" | "warning" | "bad";
  readonly what: string;
  readonly found: string;
  /** What to do about it. */
  readonly mend?: string | undefined;
  /** The installation whose people see all of it; undefined for everybody. */
  readonly of?: number | undefined;
  /** The person who sees all of it, too. */
  readonly person?: string | undefined;
  /** What others see instead of what was found; without it they only learn that there is something. */
  readonly discreet?: string | undefined;
}

/**
 * The checks as a person may see them. An App can be installed in accounts that know nothing of each other: of an installation that
 * GitHub does not show to this person, only their number is told, and whether all is well there.
 */
export function seenBy(
  checks: readonly Check[],
  { login, installations }: { readonly login: string; readonly installations: ReadonlySet<number> },
): readonly Check[] {
  const isSeen = ({ of, person }: Check): boolean =>
    of === undefined || installations.has(of) || person?.toLowerCase() === login.toLowerCase();
  const hidden = checks.filter((check) => !isSeen(check) && check.discreet === undefined);
  const wrong = hidden.filter(({ state }) => state !== "good").length;
  const others: readonly Check[] =
    hidden.length === 0
      ? []
      : [
          {
            state: wrong === 0 ? "good" : "warning",
            what: "Other installations",
            found: `${hidden.length} that GitHub does not show to you, ${wrong === 0 ? "all well" : `${wrong} of them not well`}`,
            ...(wrong === 0 ? {} : { mend: "Whoever has access there sees on this page what is missing." }),
          },
        ];
  return [
    ...checks.flatMap((check) => {
      const { state, what, discreet } = check;
      if (isSeen(check)) return check;
      return discreet === undefined ? [] : { state, what, found: discreet };
    }),
    ...others,
  ];
}

/** What the App has to be allowed, and to be told. */
export interface Needed {
  readonly permissions: Readonly<Record<string, { readonly level: "read" | "write"; readonly why: string }>>;
  readonly events: readonly string[];
}

export interface Granted {
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/**
 * Whether GitHub can reach the address. It is not called: a bot behind a proxy need not reach itself. An Enterprise Server may stand in
 * the bot's own network.
 */
export function addressCheck(publicUrl: string | undefined, serverUrl = "https://github.com"): Check {
  const what = "Public address";
  if (publicUrl === undefined || !URL.canParse(publicUrl))
    return {
      state: "bad",
      what,
      found: publicUrl === undefined ? "PUBLIC_URL is not set" : `${publicUrl} is not an address`,
      mend: "Set PUBLIC_URL to scheme and host, such as https://gatewright.example.com. Without it comments have no links and there are no pages.",
    };
  const { hostname, protocol } = new URL(publicUrl);
  const isCloud = /(^|\.)(github|ghe)\.com$/.test(new URL(serverUrl).hostname);
  if (isThisMachine(hostname) || (isCloud && isLocal(hostname)))
    return {
      state: "bad",
      what,
      found: `${publicUrl} is an address of this machine${isCloud ? " or of a private network" : ""}: GitHub cannot reach it, so no command arrives`,
      mend: isCloud
        ? "Use the address under which the internet reaches this bot. To try it out, a tunnel (such as smee.io or cloudflared) gives you one."
        : `Use the address under which ${serverUrl} reaches this bot.`,
    };
  if (protocol !== "https:")
    return {
      state: "warning",
      what,
      found: `${publicUrl} is not encrypted: anybody on the way can read sign-ins and webhooks`,
      mend: "Put a proxy with a certificate in front of the bot, and use its https address.",
    };
  return { state: "good", what, found: publicUrl };
}

function isThisMachine(host: string): boolean {
  return /^(\[::1?\]|0\.0\.0\.0|127\.[\d.]+|(.+\.)?localhost)$/.test(host);
}

/** Names and addresses that no other machine reaches, or only those of the same network: RFC 1918, 3927, 4193, 6761, 6762. */
function isLocal(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(name) === 6)
    return name === "::1" || name === "::" || /^(f[cd]|fe[89ab])/.test(name) || name.startsWith("::ffff:");
  if (isIP(name) === 4) return /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(name);
  return !name.includes(".") || /\.(localhost|local|internal|test|invalid|lan|home\.arpa)$/.test(name);
}

/** @param where the page on which the App's owner changes it */
export function appChecks(granted: Granted, needed: Needed, where: string): readonly Check[] {
  const missing = lacking(granted, needed);
  const events = needed.events.filter((event) => !granted.events.includes(event));
  return [
    missing.length === 0
      ? {
          state: "good",
          what: "Permissions of the App",
          found: `all ${Object.keys(needed.permissions).length} that are needed`,
        }
      : {
          state: "bad",
          what: "Permissions of the App",
          found: `missing: ${missing.join("; ")}`,
          mend: `Set them on ${where} under Permissions & events. GitHub then asks the owners of each installation to accept them.`,
        },
    events.length === 0
      ? { state: "good", what: "Events of the App", found: `all ${needed.events.length} that are needed` }
      : {
          state: "bad",
          what: "Events of the App",
          found: `missing: ${events.join(", ")}`,
          mend: `Subscribe to them on ${where} under Permissions & events. An event can be chosen once its permission is set.`,
        },
  ];
}

interface Installed extends Pick<Granted, "permissions"> {
  readonly id: number;
  /** `acme` */
  readonly account: string;
  /** Its settings on GitHub. */
  readonly url: string;
  readonly isSuspended: boolean;
}

/** A permission that the App asks for is not given before the installation's owner accepts it. */
export function installationChecks(
  installed: readonly Installed[],
  needed: Needed,
  installUrl: string,
): readonly Check[] {
  if (installed.length === 0)
    return [
      {
        state: "bad",
        what: "Installations",
        found: "the App is installed nowhere",
        mend: `Install it on the repositories that it deploys: ${installUrl}`,
      },
    ];
  return installed.map(({ id: of, account, url, permissions, isSuspended }): Check => {
    const what = `Installation in ${account}`;
    if (isSuspended)
      return { state: "bad", what, of, found: "it is suspended", mend: `Its owner ends that on ${url}` };
    const missing = lacking({ permissions }, needed);
    return missing.length === 0
      ? { state: "good", what, of, found: "has accepted all permissions" }
      : {
          state: "bad",
          what,
          of,
          found: `has not accepted: ${missing.join("; ")}`,
          mend: `Its owner accepts them on ${url}`,
        };
  });
}

/** `actions: read (reads workflow runs …)` */
function lacking({ permissions }: Pick<Granted, "permissions">, needed: Needed): readonly string[] {
  return Object.entries(needed.permissions).flatMap(([name, { level, why }]) => {
    const has = permissions[name];
    const isEnough = has === level || has === "admin" || (level === "read" && has === "write");
    return isEnough ? [] : [`${name}: ${level} (${why.replaceAll("`", "")})`];
  });
}

/** Where GitHub sends what happens. Undefined: GitHub did not say. */
export function webhookCheck(url: string | undefined, wanted: string): readonly Check[] {
  if (url === undefined) return [];
  const what = "Webhook";
  if (url === wanted) return [{ state: "good", what, found: url }];
  return [
    {
      state: "bad",
      what,
      found: url === "" ? "GitHub has no address to send to" : `GitHub sends to ${url}`,
      mend: `On the App's settings page, set the webhook URL to ${wanted}`,
    },
  ];
}

/** Whose the App is: an account, which may have an installation of it. */
export interface AppOwner {
  readonly login: string;
  readonly isPerson: boolean;
  readonly installation: number | undefined;
}

/** GitHub numbers its installations from 1. */
const NONE = 0;

/** The AWS account is a matter of who owns the App: of its people where it is installed there, and of the person. Of nobody where that is unknown. */
export function ownersOnly(checks: readonly Check[], owner: AppOwner | undefined): readonly Check[] {
  return checks.map((check) => ({
    ...check,
    of: owner?.installation ?? NONE,
    ...(owner?.isPerson === true ? { person: owner.login } : {}),
    discreet: check.state === "good" ? "there" : "not all that is needed is there",
  }));
}

/** The answer of GetCallerIdentity, or what came instead of it. */
export function awsCheck(
  answer: { readonly identity: Identity } | { readonly error: unknown },
  region: string | undefined,
): readonly Check[] {
  const regional: Check =
    region === undefined
      ? {
          state: "warning",
          what: "AWS region",
          found: "AWS_REGION is not set",
          mend: "Every stage then needs a region of its own in .github/gatewright.yml.",
        }
      : { state: "good", what: "AWS region", found: region };
  const what = "AWS credentials";
  if ("identity" in answer) {
    const { account, arn } = answer.identity;
    return [{ state: "good", what, found: `account ${account}, as ${arn}` }, regional];
  }
  const [known] = userErrors(answer.error) ?? [];
  return [
    {
      state: "bad",
      what,
      found: known === undefined ? "AWS did not say whose they are" : `${known.code}: ${known.message}`,
      mend:
        known?.hint ??
        "Give the bot's process credentials: a role of its machine or container, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    },
    regional,
  ];
}
