/**
 * Programs that tests need and npm cannot install: a Postgres server (for replicas of the bot) and Chromium (for its pages).
 * Installs them from Debian's packages where that is allowed; elsewhere it prints the command to run. By hand:
 * `node scripts/setup-debian.ts`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Need {
  readonly package: string;
  readonly isThere: () => boolean;
}

const POSTGRES = "/usr/lib/postgresql";

const NEEDS: readonly Need[] = [
  {
    package: "postgresql",
    isThere: () =>
      existsSync(POSTGRES) &&
      readdirSync(POSTGRES).some((version) => existsSync(`${POSTGRES}/${version}/bin/initdb`)),
  },
  { package: "chromium", isThere: () => existsSync("/usr/bin/chromium") },
];

/** Installs what is missing. Throws an error with the command to run if it is not allowed to, or fails. */
function setUpDebian(say: (text: string) => void): void {
  const missing = NEEDS.filter(({ isThere }) => !isThere()).map((need) => need.package);
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(`Missing: ${missing.join(", ")}. Install it with: sudo sh -c '${command}'`);
  }
  say(`Installing ${missing.join(" and ")} from Debian's packages (about a minute)…`);
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status !== 0)
    throw new Error(`${command} failed:\n${`${stdout}${stderr}`.trim().split("\n").slice(-15).join("\n")}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    setUpDebian(console.log);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
