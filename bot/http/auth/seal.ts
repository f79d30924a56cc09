/** Values stored in the browser: encrypted and authenticated, so that it can neither read nor change them. */
import { hkdfSync } from "node:crypto";
import { defaults, seal, unseal } from "iron-webcrypto";
import { at, number } from "../../../src/github/json.ts";

export interface Seal {
  /** `purpose` binds the text: what was sealed for one cannot be opened as another. `until` is in ms since 1970. */
  seal(purpose: string, value: unknown, until: number): Promise<string>;
  /** Undefined if the text is forged, damaged, sealed for another purpose, or expired. */
  open(purpose: string, text: string, now: number): Promise<unknown>;
}

/** Seals with keys derived from a secret that all replicas share. */
export function createSeal(secret: string): Seal {
  const password = (purpose: string): string =>
    Buffer.from(hkdfSync("sha256", secret, "", `gatewright cookie 2 ${purpose}`, 32)).toString("base64url");
  return {
    // The library's expiry uses the machine's clock with a minute of tolerance; ours uses the bot's clock.
    seal: (purpose, value, until) => seal({ value, until }, password(purpose), defaults),
    async open(purpose, text, now) {
      const content = await unseal(text, password(purpose), defaults).catch(() => undefined);
      return number(at(content, "until")) > now ? at(content, "value") : undefined;
    },
  };
}
