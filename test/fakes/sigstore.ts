/**
 * A Sigstore of one's own, of @sigstore/mock's parts: it signs attestations as actions/attest does, with any claims of a job, and has the
 * trusted root that verifies them.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { initializeCA, initializeCTLog, initializeTLog, initializeTSA } from "@sigstore/mock";
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from "@sigstore/protobuf-specs";

/** A job's token and what it builds, in Fulcio's and SLSA's words. */
export interface Attested {
  readonly serverUrl: string;
  readonly issuer: string;
  /** `acme/shop` */
  readonly repository: string;
  readonly repositoryId: number;
  /** `.github/workflows/build.yml` */
  readonly workflow: string;
  /** Whose job signs; default: the workflow's own. */
  readonly signer?: string | undefined;
  readonly sha: string;
  readonly ref: string;
  readonly event: string;
  readonly runId: number;
  readonly runner: string;
  readonly predicateType: string;
  /** In hex. */
  readonly digest: string;
}

export interface FakeSigstore {
  /** The JSON of its trusted root, on one line. */
  readonly root: string;
  attest(job: Attested): Promise<Readonly<Record<string, unknown>>>;
}

/** Rekor's answer: https://github.com/sigstore/rekor/blob/main/openapi.yaml. */
interface LogEntry {
  readonly logIndex: number;
  readonly logID: string;
  readonly integratedTime: number;
  readonly body: string;
  readonly verification: {
    readonly signedEntryTimestamp: string;
    readonly inclusionProof: {
      readonly logIndex: number;
      readonly rootHash: string;
      readonly treeSize: number;
      readonly hashes: readonly string[];
      readonly checkpoint: string;
    };
  };
}

const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const SHA256 = "2.16.840.1.101.3.4.2.1";
const POLICY = "1.3.6.1.4.1.57264.2";
const FULCIO = "1.3.6.1.4.1.57264.1.";

const pair = (): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } =>
  generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const sha256 = (data: Uint8Array | string): Buffer => createHash("sha256").update(data).digest();
const base64 = (data: Uint8Array): string => Buffer.from(data).toString("base64");
const bytes = (view: ArrayBufferView<ArrayBuffer>): Buffer =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength);

/** @param logged with public logs, as the instance for public repositories; without: as GitHub's own, for private ones */
export async function createFakeSigstore({ logged = true } = {}): Promise<FakeSigstore> {
  // Of whole seconds: the mock's time-stamps have no others that the library reads. A minute on: its certificates are valid from when they
  // are made, which is later than this on a slow machine.
  const now = new Date(Math.floor(Date.now() / 1000) * 1000 + 60_000);
  const ctlog = await initializeCTLog(pair(), now);
  const ca = await initializeCA(pair(), logged ? ctlog : undefined, now);
  const tlog = await initializeTLog("https://rekor.sigstore.dev", pair(), now);
  const tsa = await initializeTSA(pair(), now);
  const since = new Date(Date.now() - 3_600_000);
  const key = (rawBytes: Buffer) => ({
    rawBytes,
    keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
    validFor: { start: since, end: undefined },
  });
  const authority = (certificates: readonly Buffer[]) => ({
    subject: { commonName: "sigstore", organization: "sigstore.mock" },
    uri: "https://fulcio.sigstore.dev",
    certChain: { certificates: certificates.map((rawBytes) => ({ rawBytes })) },
    validFor: { start: since, end: undefined },
    operator: "",
  });
  const log = (publicKey: Buffer, baseUrl: string) => ({
    baseUrl,
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: key(publicKey),
    logId: { keyId: sha256(publicKey) },
    checkpointKeyId: undefined,
    operator: "",
  });
  const root: TrustedRoot = {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: logged ? [log(tlog.publicKey, "https://rekor.sigstore.dev")] : [],
    ctlogs: logged ? [log(ctlog.publicKey, "https://ctfe.sigstore.dev")] : [],
    certificateAuthorities: [authority([bytes(ca.rootCertificate)])],
    timestampAuthorities: [authority([bytes(tsa.intCertificate), bytes(tsa.rootCertificate)])],
  };

  const stamped = async (signature: Buffer): Promise<string> =>
    base64(
      bytes(
        await tsa.timestamp({
          artifactHash: sha256(signature),
          hashAlgorithmOID: SHA256,
          nonce: 1,
          policyOID: POLICY,
          certReq: true,
        }),
      ),
    );

  const entryOf = async (payload: Buffer, signature: Buffer, pem: string, envelope: object) => {
    const entry: Readonly<Record<string, LogEntry>> = await tlog.log({
      apiVersion: "0.0.1",
      kind: "dsse",
      spec: {
        envelopeHash: { algorithm: "sha256", value: sha256(JSON.stringify(envelope)).toString("hex") },
        payloadHash: { algorithm: "sha256", value: sha256(payload).toString("hex") },
        signatures: [{ signature: base64(signature), verifier: base64(Buffer.from(pem)) }],
      },
    });
    const [made] = Object.values(entry);
    if (made === undefined) throw new Error("the log made no entry");
    const { inclusionProof: proof, signedEntryTimestamp } = made.verification;
    return {
      logIndex: String(made.logIndex),
      logId: { keyId: base64(Buffer.from(made.logID, "hex")) },
      kindVersion: { kind: "dsse", version: "0.0.1" },
      integratedTime: String(made.integratedTime),
      inclusionPromise: { signedEntryTimestamp },
      inclusionProof: {
        logIndex: String(proof.logIndex),
        rootHash: base64(Buffer.from(proof.rootHash, "hex")),
        treeSize: String(proof.treeSize),
        hashes: proof.hashes.map((hash) => base64(Buffer.from(hash, "hex"))),
        checkpoint: { envelope: proof.checkpoint },
      },
      canonicalizedBody: made.body,
    };
  };

  return {
    root: JSON.stringify(TrustedRoot.toJSON(root)),
    attest: async (job) => {
      const { publicKey, privateKey } = pair();
      const certificate = bytes(
        await ca.issueCertificate({
          publicKey: Buffer.from(publicKey.export({ format: "der", type: "spki" })),
          subjectAltName: job.signer ?? workflowOf(job),
          extensions: fieldsOf(job),
        }),
      );
      const pem = `-----BEGIN CERTIFICATE-----\n${base64(certificate).replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
      const payload = Buffer.from(
        JSON.stringify({
          _type: "https://in-toto.io/Statement/v1",
          subject: [{ name: "orders", digest: { sha256: job.digest } }],
          predicateType: job.predicateType,
          predicate: {},
        }),
      );
      const encoded = Buffer.concat([
        Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `),
        payload,
      ]);
      const signature = sign("sha256", encoded, privateKey);
      const envelope = {
        payload: base64(payload),
        payloadType: PAYLOAD_TYPE,
        signatures: [{ sig: base64(signature) }],
      };
      return {
        mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
        verificationMaterial: {
          certificate: { rawBytes: base64(certificate) },
          tlogEntries: logged ? [await entryOf(payload, signature, pem, envelope)] : [],
          timestampVerificationData: {
            rfc3161Timestamps: logged ? [] : [{ signedTimestamp: await stamped(signature) }],
          },
        },
        dsseEnvelope: envelope,
      };
    },
  };
}

const repositoryOf = ({ serverUrl, repository }: Attested): string => `${serverUrl}/${repository}`;
const workflowOf = (job: Attested): string => `${repositoryOf(job)}/${job.workflow}@${job.ref}`;

function fieldsOf(job: Attested): { readonly oid: string; readonly value: string }[] {
  const fields: Readonly<Record<string, string>> = {
    8: job.issuer,
    9: job.signer ?? workflowOf(job),
    11: job.runner,
    12: repositoryOf(job),
    13: job.sha,
    14: job.ref,
    15: String(job.repositoryId),
    18: workflowOf(job),
    20: job.event,
    21: `${repositoryOf(job)}/actions/runs/${job.runId}/attempts/1`,
  };
  return Object.entries(fields).map(([number, value]) => ({ oid: FULCIO + number, value }));
}
