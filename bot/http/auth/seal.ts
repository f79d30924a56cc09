/** Values that a browser keeps for us: encrypted and authenticated, so that it can neither read nor change them. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

export interface Seal {
  /** `purpose` binds the text: what was sealed for one cannot be opened as another. */
  seal(purpose: string, value: unknown, until: number): string;
  /** Undefined for what is forged, damaged, sealed for something else, or past its time. */
  open(purpose: string, text: string, now: number): unknown;
}

/** AES-256-GCM under a key of its own, derived from a secret that all replicas share. */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "gatewright cookies 1", 32));
  return {
    seal(purpose, value, until) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
      const sealed = [cipher.update(JSON.stringify({ value, until })), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString("base64url");
    },
    open(purpose, text, now) {
      const bytes = Buffer.from(text, "base64url");
      if (bytes.length < 29) return undefined;
      try {
        const opening = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(12, 28));
        const content = Buffer.concat([opening.update(bytes.subarray(28)), opening.final()]);
        const { value, until }: { value?: unknown; until?: unknown } = JSON.parse(content.toString());
        return typeof until === "number" && until > now ? value : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
