/** The roots of who signs attestations: given in a file, or fetched through TUF from a server of this test's own. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { canonicalize } from "@tufjs/canonical-json";
import { Metadata, MetadataKind } from "@tufjs/models";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { GITHUB_ROOT } from "../../../../src/github/attestation/github-root.ts";
import { useProxyOf } from "../../../../src/model/node/proxy.ts";
import { type Mirror, trustedRoots } from "../../../../src/github/attestation/trusted-roots.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { createFakeSigstore, type FakeSigstore } from "../../../fakes/sigstore.ts";

let sigstore: FakeSigstore;
beforeAll(async () => {
  sigstore = await createFakeSigstore();
});

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: (path: string) => string | undefined | "hang"): Promise<{
  readonly url: string;
  readonly paths: string[];
  readonly server: Server;
}> {
  const paths: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    paths.push(url);
    const body = answer(url);
    if (body === "hang") return;
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths, server };
}

/** A TUF repository with one target, whose metadata one key signs. */
function tufRepository(
  target: string,
  key = keyPair(),
): { readonly root: string; file(path: string): string | undefined } {
  const expires = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");
  const common = { spec_version: "1.0.31", version: 1, expires };
  const signed = (body: object): string => {
    const sig = sign("sha256", Buffer.from(canonicalize(body)), key.privateKey).toString("hex");
    return JSON.stringify({ signatures: [{ keyid: key.id, sig }], signed: body });
  };
  const role = { keyids: [key.id], threshold: 1 };
  const root = signed({
    ...common,
    _type: "root",
    consistent_snapshot: true,
    keys: { [key.id]: key.public },
    roles: { root: role, timestamp: role, snapshot: role, targets: role },
  });
  const digest = createHash("sha256").update(target).digest("hex");
  const targets = signed({
    ...common,
    _type: "targets",
    targets: { "trusted_root.json": { length: Buffer.byteLength(target), hashes: { sha256: digest } } },
  });
  const snapshot = signed({ ...common, _type: "snapshot", meta: { "targets.json": { version: 1 } } });
  const timestamp = signed({ ...common, _type: "timestamp", meta: { "snapshot.json": { version: 1 } } });
  const files = new Map([
    ["/timestamp.json", timestamp],
    ["/1.snapshot.json", snapshot],
    ["/1.targets.json", targets],
    [`/targets/${digest}.trusted_root.json`, target],
  ]);
  return { root, file: (path) => files.get(path) };
}

function keyPair(): { readonly id: string; readonly public: object; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const key = {
    keytype: "ecdsa",
    scheme: "ecdsa-sha2-nistp256",
    keyval: { public: String(publicKey.export({ format: "pem", type: "spki" })) },
  };
  const id = createHash("sha256").update(canonicalize(key)).digest("hex");
  return { id, public: key, privateKey };
}

const mirror = (url: string, root: string): Mirror => ({
  authority: "sigstore.mock",
  url,
  firstRoot: async () => root,
});

describe("roots that are fetched", () => {
  it("are fetched once a day, for whom they are of", async () => {
    const repository = tufRepository(sigstore.root);
    const { url, paths } = await serve(repository.file);
    const clock = createFakeClock();
    const roots = trustedRoots({ clock, mirrors: [mirror(url, repository.root)] });
    const [[trust], [same]] = await Promise.all([roots.for("sigstore.mock"), roots.for("sigstore.mock")]);
    expect(trust).toBe(same);
    expect(trust).toMatchObject({ logs: 1, certificateLogs: 1 });
    expect(paths.filter((path) => path === "/timestamp.json")).toHaveLength(1);
    await clock.sleep(25 * 3_600_000);
    await roots.for("sigstore.mock");
    expect(paths.filter((path) => path === "/timestamp.json")).toHaveLength(2);
  });

  it("come through the proxy of the environment", async () => {
    const repository = tufRepository(sigstore.root);
    const { url } = await serve(repository.file);
    const { url: http_proxy, paths, server } = await serve(() => undefined);
    server.on("connect", ({ url: asked = "" }, client, head) => {
      paths.push(asked);
      const there = connect(Number(new URL(url).port), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        there.write(head);
        there.pipe(client).pipe(there);
      });
      for (const one of [client, there]) one.on("error", () => one.destroy());
    });
    const roots = trustedRoots({ mirrors: [mirror("http://tuf.example", repository.root)] });
    const direct = useProxyOf({ http_proxy }, expect.unreachable);
    try {
      expect(await roots.for("sigstore.mock")).toHaveLength(1);
    } finally {
      direct();
    }
    expect(new Set(paths)).toEqual(new Set(["tuf.example:80"]));
  });

  it("are none for an authority that nobody knows, which asks nothing", async () => {
    expect(await trustedRoots().for("evil.example")).toEqual([]);
    expect(await trustedRoots().for(undefined)).toEqual([]);
  });

  it.each<[string, () => Promise<Mirror>]>([
    ["who does not answer", async () => mirror((await serve(() => "hang")).url, tufRepository("{}").root)],
    ["who has nothing", async () => mirror((await serve(() => undefined)).url, tufRepository("{}").root)],
    [
      "who is not whom the first root names",
      async () => mirror((await serve(tufRepository(sigstore.root).file)).url, tufRepository("{}").root),
    ],
    [
      "whose root was exchanged",
      async () => {
        const { root, file } = tufRepository(sigstore.root);
        const other = (path: string) =>
          path.startsWith("/targets/") ? "x".repeat(sigstore.root.length) : file(path);
        return mirror((await serve(other)).url, root);
      },
    ],
  ])("are an error that says where from, of somebody %s", async (_, make) => {
    const made = await make();
    const roots = trustedRoots({ mirrors: [made], timeoutMs: 100 });
    await expect(roots.for("sigstore.mock")).rejects.toMatchObject({
      code: "ATTESTATION_ROOT",
      message: expect.stringContaining(made.url),
      hint: expect.stringContaining("GATEWRIGHT_TRUSTED_ROOT"),
    });
  });

  it("are asked for again after a failure", async () => {
    const repository = tufRepository(sigstore.root);
    let down = true;
    const { url } = await serve((path) => (down ? undefined : repository.file(path)));
    const roots = trustedRoots({ mirrors: [mirror(url, repository.root)] });
    await expect(roots.for("sigstore.mock")).rejects.toThrow();
    down = false;
    expect(await roots.for("sigstore.mock")).toHaveLength(1);
  });

  it("begin, for GitHub's own instance, with a root that its keys have signed", () => {
    const root = Metadata.fromJSON(MetadataKind.Root, JSON.parse(GITHUB_ROOT));
    expect(() => root.verifyDelegate("root", root)).not.toThrow();
    expect(root.signed.roles.root?.threshold).toBe(3);
  });
});

describe("roots that are given", () => {
  it.each([
    ["one document", (root: string) => JSON.stringify(JSON.parse(root), null, 2), 1],
    ["one a line, as gh prints them", (root: string) => `${root}\n${root}\n`, 2],
  ])("are those of the file: %s", async (_, write, count) => {
    expect(await trustedRoots({ given: write(sigstore.root) }).for("whoever")).toHaveLength(count);
  });

  it("are an error when they are none", async () => {
    await expect(trustedRoots({ given: "{" }).for("whoever")).rejects.toMatchObject({
      code: "ATTESTATION_ROOT",
      message: expect.stringContaining("GATEWRIGHT_TRUSTED_ROOT"),
    });
  });
});
