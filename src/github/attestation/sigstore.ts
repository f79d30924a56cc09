/** Signatures of attestations, verified with Sigstore's own library. Loaded where a stage wants attestations. */
import { X509Certificate } from "node:crypto";
import { bundleFromJSON, isBundleWithDsseEnvelope, type SerializedBundle } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { at, list, text } from "../json.ts";
import type { Claims } from "./claims.ts";

/** What a signature is verified against, and how much of it there has to be. */
export interface Trust {
  readonly root: TrustedRoot;
  /** Entries in a public log of signatures, and in one of certificates. GitHub's own instance, for private repositories, has neither. */
  readonly logs: number;
  readonly certificateLogs: number;
}

/** As much as the root's instance offers. */
export function trustIn(root: TrustedRoot): Trust {
  return { root, logs: Math.min(root.tlogs.length, 1), certificateLogs: Math.min(root.ctlogs.length, 1) };
}

/** @param json as `gh attestation trusted-root` writes it, one line of its output */
export function rootFromJson(json: string): TrustedRoot {
  return TrustedRoot.fromJSON(JSON.parse(json));
}

/** Who signed the certificate: `sigstore.dev`, or `GitHub, Inc.`. A claim, which says only which root to try. */
export function authorityOf(bundle: unknown): string | undefined {
  const material = at(bundle, "verificationMaterial");
  const [first] = list(at(material, "x509CertificateChain", "certificates"));
  const bytes = text(at(material, "certificate", "rawBytes")) || text(at(first, "rawBytes"));
  try {
    const { issuer } = new X509Certificate(Buffer.from(bytes, "base64"));
    // Node writes names as RFC 2253 does, with a backslash before a comma.
    return /^O=(.*)$/m.exec(issuer)?.[1]?.replace(/\\(.)/g, "$1");
  } catch {
    return undefined;
  }
}

/** Fulcio's fields: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md. */
const FIELDS = {
  runner: 11,
  repository: 12,
  commit: 13,
  ref: 14,
  repositoryId: 15,
  workflow: 18,
  event: 20,
  run: 21,
} as const;

/**
 * What the attestation says.
 * @throws Error when it is none, or its signature is not good
 */
export function verified(bundle: unknown, { root, logs, certificateLogs }: Trust): Claims {
  const parsed = bundleFromJSON(bundle as SerializedBundle);
  if (!isBundleWithDsseEnvelope(parsed)) throw new Error("it holds no statement");
  const { payload, payloadType } = parsed.content.dsseEnvelope;
  if (payloadType !== "application/vnd.in-toto+json") throw new Error(`its statement is ${payloadType}`);
  const verifier = new Verifier(toTrustMaterial(root), {
    tlogThreshold: logs,
    ctlogThreshold: certificateLogs,
    timestampThreshold: 1,
  });
  const { identity } = verifier.verify(toSignedEntity(parsed));
  if (identity === undefined) throw new Error("it was signed with a key, not by a workflow");
  const fields = new Map(identity.oids?.map(({ oid, value }) => [oid?.id.join("."), value]));
  const field = (name: keyof typeof FIELDS): string =>
    utf8String(fields.get(`1.3.6.1.4.1.57264.1.${FIELDS[name]}`));
  const statement: unknown = JSON.parse(payload.toString("utf8"));
  return {
    issuer: identity.extensions?.issuer ?? "",
    signer: identity.subjectAlternativeName ?? "",
    workflow: field("workflow"),
    repository: field("repository"),
    repositoryId: field("repositoryId"),
    commit: field("commit"),
    ref: field("ref"),
    event: field("event"),
    run: field("run"),
    runner: field("runner"),
    predicateType: text(at(statement, "predicateType")),
    subjects: list(at(statement, "subject")).map((subject) => text(at(subject, "digest", "sha256"))),
  };
}

/** DER's UTF8String: a tag, the length in one byte or in as many as the first says, the text. Empty for anything else. */
function utf8String(bytes: Uint8Array | undefined): string {
  const [tag, first = 0] = bytes ?? [];
  if (bytes === undefined || tag !== 0x0c) return "";
  const start = first < 0x80 ? 2 : 2 + (first & 0x7f);
  const length = first < 0x80 ? first : bytes.slice(2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes.length === start + length ? Buffer.from(bytes.slice(start)).toString("utf8") : "";
}
