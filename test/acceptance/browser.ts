/** A real browser for tests: Debian's Chromium, headless, started once per test file. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A missing browser fails the tests; they are never skipped. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(PATH))
    throw new Error(
      `${PATH} is missing: the pages are tested in a real browser. Install it with: sudo apt-get install --yes chromium (or name another one in CHROMIUM)`,
    );
  return chromium.launch({ executablePath: PATH, args: FLAGS });
}
