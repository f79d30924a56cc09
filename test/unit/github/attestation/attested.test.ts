/** Attestations from a GitHub over HTTP, with real signatures. Every case differs from a good one in a single thing. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PROVENANCE } from "../../../../src/github/attestation/claims.ts";
import { type TrustedRoots, trustedRoots } from "../../../../src/github/attestation/trusted-roots.ts";
import { artifactsOf } from "../../../../src/github/built/artifacts.ts";
import { connectGitHub } from "../../../../src/github/client.ts";
import { fail } from "../../../../src/model/errors.ts";
import { createFakeGitHub, type FakeGitHub } from "../../../fakes/github/fake-github.ts";
import type { Permissions, Repository, WorkflowRun } from "../../../fakes/github/state/types.ts";
import { type Attested, createFakeSigstore, type FakeSigstore } from "../../../fakes/sigstore.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { artifactDigest } from "../../../fakes/artifact-digest.ts";

let sigstore: FakeSigstore;
let closed: FakeSigstore;
beforeAll(async () => {
  [sigstore, closed] = await Promise.all([createFakeSigstore(), createFakeSigstore({ logged: false })]);
});

let fake: FakeGitHub;
let repository: Repository;
let run: WorkflowRun;
let sha: string;

beforeEach(async () => {
  fake = createFakeGitHub();
  await fake.listen();
  repository = fake.repository("acme/shop", { private: true });
  sha = repository.refs.get("refs/heads/main") ?? "";
  run = fake.workflowRun(repository, {
    workflow: "build.yml",
    sha,
    event: "push",
    artifacts: { orders: { "handler.mjs": "export {};" } },
    conclusion: "success",
  });
});
afterEach(async () => {
  await fake.close();
  expect(fake.violations).toEqual([]);
});

const good = (): Attested => ({
  serverUrl: fake.world.urls.html,
  issuer: `https://token.actions.${new URL(fake.world.urls.html).host}`,
  repository: "acme/shop",
  repositoryId: repository.id,
  workflow: ".github/workflows/build.yml",
  sha,
  ref: "refs/heads/main",
  event: "push",
  runId: run.id,
  runner: "github-hosted",
  predicateType: PROVENANCE,
  digest: artifactDigest(run, "orders").slice("sha256:".length),
});

/** Keeps the attestation where GitHub would, whatever it says of itself. */
async function attest(
  changed: Partial<Attested> = {},
  { by = sigstore, bundle = (made: object): object => made } = {},
): Promise<void> {
  const made = bundle(await by.attest({ ...good(), ...changed }));
  fake.attest(repository, artifactDigest(run, "orders"), JSON.parse(JSON.stringify(made)));
}

/** A run for the pull request of a new head into `base` has built the head's code, of their merge. */
async function attestPull(base: string): Promise<void> {
  const ana = fake.person("ana");
  repository.collaborators.set("ana", "write");
  ana.push(repository, "topic", { "a.js": "a" });
  const pull = ana.openPullRequest(repository, { head: "topic", base, title: "A" });
  sha = pull.pull.head.sha;
  run = fake.workflowRun(repository, {
    workflow: "build.yml",
    sha,
    artifacts: { orders: { "handler.mjs": "export {};" } },
    conclusion: "success",
  });
  const ref = `refs/pull/${pull.number}/merge`;
  await attest({ event: "pull_request", ref, sha: repository.refs.get(ref) ?? "" });
}

const both = (): TrustedRoots => trustedRoots({ given: `${sigstore.root}\n${closed.root}\n` });

const PERMISSIONS: Permissions = { actions: "read", attestations: "read", contents: "read" };

const MAIN: { readonly branch: string | undefined } = { branch: "main" };

function asked(roots = both(), permissions = PERMISSIONS, { branch } = MAIN) {
  const { request, fetch } = connectGitHub({
    token: fake.actionsToken(repository, permissions),
    apiUrl: fake.world.urls.api,
  });
  return artifactsOf(request, {
    fetch,
    place: { owner: "acme", repo: "shop" },
    repositoryId: repository.id,
    wanted: { workflow: "build.yml", sha, headRepositoryId: repository.id },
    attestation: { serverUrl: fake.world.urls.html, hosted: true, roots, branch },
    clock: createFakeClock(),
  });
}

async function answer(roots?: TrustedRoots): Promise<string> {
  const choice = await asked(roots).find("orders");
  return "found" in choice ? "taken" : `${choice.missing.code}: ${choice.missing.message}`;
}

describe("an artifact with an attestation", () => {
  it("is taken, and said to be attested", async () => {
    await attest();
    expect((await asked().read("orders")).from).toBe("run 1 of build.yml, attested");
  });

  it("is taken when GitHub's own instance has signed, which has a clock instead of logs", async () => {
    await attest({}, { by: closed });
    expect(await answer()).toBe("taken");
  });

  it("is taken when one of several is good", async () => {
    await attest({ runId: run.id + 1 });
    await attest();
    expect(await answer()).toBe("taken");
  });

  it("is taken as what a pull request's run builds: the merge of the head", async () => {
    await attestPull("main");
    expect(await answer()).toBe("taken");
  });

  it("is asked for once, however often the artifact is", async () => {
    await attest();
    const artifacts = asked();
    await Promise.all([artifacts.find("orders"), artifacts.read("orders"), artifacts.find("orders")]);
    expect(fake.requests.filter(({ operation }) => operation === "repos/list-attestations")).toHaveLength(1);
  });
});

describe("an artifact is refused", () => {
  it("without an attestation", async () => {
    expect(await answer()).toBe(
      'CODE_NOT_ATTESTED: the artifact "orders" of run 1 of build.yml has no attestation',
    );
  });

  it.each<[string, () => Promise<void>, string]>([
    ["of another repository", () => attest({ repositoryId: 1 }), "another repository"],
    ["of another workflow", () => attest({ workflow: ".github/workflows/evil.yml" }), "evil.yml"],
    ["of another commit", () => attest({ sha: "4".repeat(40) }), "4444444"],
    ["of another run", () => attest({ runId: 1 }), "runs/1/"],
    ["of another artifact", () => attest({ digest: "b".repeat(64) }), "another artifact"],
    ["of another kind", () => attest({ predicateType: "https://spdx.dev/Document" }), "no build provenance"],
    ["of another issuer", () => attest({ issuer: "https://accounts.example" }), "accounts.example"],
    ["of a runner that is not GitHub's", () => attest({ runner: "self-hosted" }), "self-hosted"],
    [
      "signed by a workflow of somebody else's",
      () => attest({ signer: "https://github.com/evil/x/.github/workflows/a.yml@refs/heads/main" }),
      "evil/x",
    ],
    [
      "of a Sigstore that is not trusted",
      async () => attest({}, { by: await createFakeSigstore() }),
      "its signature is not good",
    ],
    [
      "whose statement was changed after it was signed",
      () => attest({}, { bundle: (made) => changed(made, /acme|orders/, "others") }),
      "its signature is not good",
    ],
    [
      "without its entry in the log",
      () => attest({}, { bundle: (made) => without(made, "tlogEntries") }),
      "its signature is not good",
    ],
    [
      "without the time of its signature",
      () =>
        attest(
          {},
          {
            by: closed,
            bundle: (made) => without(made, "timestampVerificationData", { rfc3161Timestamps: [] }),
          },
        ),
      "its signature is not good",
    ],
    ["that is no bundle", () => attest({}, { bundle: () => ({ mediaType: "x" }) }), "not good"],
  ])("with one %s", async (_, make, said) => {
    await make();
    const why = await answer();
    expect(why).toMatch(/^CODE_ATTESTATION_WRONG: /);
    expect(why).toContain(said);
  });

  it("that was built of the reviewed head and of a branch that nobody has reviewed", async () => {
    const eve = fake.person("eve");
    repository.collaborators.set("eve", "write");
    eve.push(repository, "evil", { ".github/workflows/build.yml": "run: evil" });
    await attestPull("evil");
    expect(await answer()).toMatch(/^CODE_ATTESTATION_WRONG: .* which main does not have/);
  });

  it("that is of a merge, where nobody knows the branch that is deployed", async () => {
    await attestPull("main");
    const choice = await asked(both(), PERMISSIONS, { branch: undefined }).find("orders");
    expect(choice).toMatchObject({ missing: { code: "CODE_ATTESTATION_WRONG" } });
  });

  it("with one of which GitHub gives only the address, as newer versions of its API do", async () => {
    fake.attest(repository, artifactDigest(run, "orders"), null);
    expect(await answer()).toContain("GitHub gave its address");
  });

  it("when the trusted root cannot be had: what is unknown opens nothing", async () => {
    await attest();
    const unreachable: TrustedRoots = {
      for: async () => fail("ATTESTATION_ROOT", "the trusted root could not be fetched", { hint: "Later." }),
    };
    expect(await answer(unreachable)).toContain("ATTESTATION_ROOT");
    await expect(asked(unreachable).read("orders")).rejects.toMatchObject({
      code: "ATTESTATION_ROOT",
      hint: "Later.",
    });
  });

  it("when GitHub may not be asked, with the permission that is missing", async () => {
    await attest();
    const artifacts = asked(both(), { actions: "read", contents: "read" });
    await expect(artifacts.find("orders")).rejects.toMatchObject({
      hint: expect.stringContaining("attestations: read"),
    });
  });
});

interface Bundle {
  readonly verificationMaterial: object;
  readonly dsseEnvelope: { readonly payload: string };
}

function changed(made: object, what: RegExp, to: string): object {
  const { dsseEnvelope } = made as Bundle;
  const payload = Buffer.from(dsseEnvelope.payload, "base64").toString().replace(what, to);
  return { ...made, dsseEnvelope: { ...dsseEnvelope, payload: Buffer.from(payload).toString("base64") } };
}

function without(made: object, part: string, empty: unknown = []): object {
  const { verificationMaterial } = made as Bundle;
  return { ...made, verificationMaterial: { ...verificationMaterial, [part]: empty } };
}
