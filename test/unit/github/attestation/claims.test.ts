import { describe, expect, it } from "vitest";
import {
  type Claims,
  deviation,
  PROVENANCE,
  type WantedBuild,
} from "../../../../src/github/attestation/claims.ts";

const HEAD = "1".repeat(40);
const MERGE = "2".repeat(40);
const SHOP = "https://github.com/acme/shop";
const FILE = `${SHOP}/.github/workflows/build.yml`;

const WANTED: WantedBuild = {
  serverUrl: "https://github.com",
  repositoryId: 7,
  workflow: "build.yml",
  runId: 57,
  sha: HEAD,
  digest: `sha256:${"a".repeat(64)}`,
  hosted: true,
};

const PUSHED: Claims = {
  issuer: "https://token.actions.githubusercontent.com",
  signer: `${FILE}@refs/heads/main`,
  workflow: `${FILE}@refs/heads/main`,
  repository: SHOP,
  repositoryId: "7",
  commit: HEAD,
  ref: "refs/heads/main",
  event: "push",
  run: `${SHOP}/actions/runs/57/attempts/2`,
  runner: "github-hosted",
  predicateType: PROVENANCE,
  subjects: ["b".repeat(64), "a".repeat(64)],
};

/** `pull_request` runs the merge of the head, and that is what the token names. */
const OF_PULL: Claims = {
  ...PUSHED,
  event: "pull_request",
  ref: "refs/pull/12/merge",
  commit: MERGE,
  signer: `${FILE}@refs/pull/12/merge`,
  workflow: `${FILE}@refs/pull/12/merge`,
};

const signedBy = (workflow: string): Partial<Claims> => ({ workflow, signer: workflow });

describe("an attestation is taken", () => {
  it.each<[string, Partial<Claims>]>([
    ["of a push of the commit", {}],
    ["of an enterprise with an issuer of its own", { issuer: `${PUSHED.issuer}/acme` }],
    ["of a branch with @ in its name", { ref: "refs/heads/v@2", ...signedBy(`${FILE}@refs/heads/v@2`) }],
    [
      "of a repository that was renamed since",
      {
        repository: "https://github.com/acme/old",
        ...signedBy("https://github.com/acme/old/.github/workflows/build.yml@refs/heads/main"),
        run: "https://github.com/acme/old/actions/runs/57/attempts/1",
      },
    ],
  ])("%s", (_, changed) => {
    expect(deviation(WANTED, { ...PUSHED, ...changed }, undefined)).toBeUndefined();
  });

  it("of the merge that a pull request's run builds, when it is of the head", () => {
    expect(deviation(WANTED, OF_PULL, HEAD)).toBeUndefined();
  });

  it.each([
    ["any version", "acme/tools/.github/workflows/attest.yml"],
    ["one version", "acme/tools/.github/workflows/attest.yml@refs/tags/v1"],
  ])("of the reusable workflow that the stage names, of %s", (_, signerWorkflow) => {
    const signer = "https://github.com/acme/tools/.github/workflows/attest.yml@refs/tags/v1";
    expect(deviation({ ...WANTED, signerWorkflow }, { ...PUSHED, signer }, undefined)).toBeUndefined();
  });

  it("of a runner of one's own, unless the stage wants GitHub's", () => {
    const own = { ...PUSHED, runner: "self-hosted" };
    expect(deviation({ ...WANTED, hosted: false }, own, undefined)).toBeUndefined();
  });

  it("of GitHub with data residency, whose tokens have an issuer of their own", () => {
    const moved = (text: string): string => text.replace("https://github.com", "https://acme.ghe.com");
    const claims = {
      ...PUSHED,
      issuer: "https://token.actions.acme.ghe.com",
      repository: moved(SHOP),
      ...signedBy(moved(PUSHED.workflow)),
      run: moved(PUSHED.run),
    };
    const wanted = { ...WANTED, serverUrl: "https://acme.ghe.com" };
    expect(deviation(wanted, claims, undefined)).toBeUndefined();
    expect(deviation(wanted, PUSHED, undefined)).toContain("githubusercontent");
  });
});

describe("an attestation is refused when it is", () => {
  it.each<[string, Partial<Claims>, string]>([
    ["no provenance", { predicateType: "https://spdx.dev/Document/v2.3" }, "no build provenance"],
    ["of another artifact", { subjects: ["b".repeat(64)] }, "another artifact"],
    ["of no artifact", { subjects: [] }, "another artifact"],
    ["signed with another issuer's token", { issuer: "https://accounts.example" }, "accounts.example"],
    ["signed with a token of a host that only begins so", { issuer: `${PUSHED.issuer}.evil` }, ".evil"],
    ["of another repository", { repositoryId: "8" }, "another repository"],
    ["of a repository elsewhere", { repository: "https://git.example/acme/shop" }, "another repository"],
    ["of another workflow", signedBy(`${SHOP}/.github/workflows/evil.yml@refs/heads/main`), "evil.yml"],
    [
      "of a workflow of that name in another repository",
      signedBy("https://github.com/evil/shop/.github/workflows/build.yml@refs/heads/main"),
      "evil/shop",
    ],
    [
      "of a file that only ends so",
      signedBy(`${SHOP}/.github/workflows/x/.github/workflows/build.yml@refs/heads/main`),
      "not by build.yml",
    ],
    [
      "signed by a workflow that the workflow calls",
      { signer: "https://github.com/acme/tools/.github/workflows/attest.yml@refs/tags/v1" },
      "acme/tools",
    ],
    ["of another run", { run: `${SHOP}/actions/runs/570/attempts/1` }, "570"],
    ["of another commit", { commit: "4".repeat(40) }, "4444444"],
    ["of the base, as pull_request_target is", { event: "pull_request_target", commit: MERGE }, "2222222"],
    ["built on a runner of one's own", { runner: "self-hosted" }, "self-hosted"],
  ])("%s", (_, changed, said) => {
    expect(deviation(WANTED, { ...PUSHED, ...changed }, HEAD)).toContain(said);
  });

  it.each([
    ["by code.workflow itself", PUSHED.signer],
    ["by another file there", "https://github.com/acme/tools/.github/workflows/other.yml@refs/tags/v1"],
    [
      "by a file that begins so",
      "https://github.com/acme/tools/.github/workflows/attest.yml.yml@refs/tags/v1",
    ],
    [
      "by a repository of another owner",
      "https://github.com/evil/tools/.github/workflows/attest.yml@refs/tags/v1",
    ],
    ["elsewhere", "https://git.example/acme/tools/.github/workflows/attest.yml@refs/tags/v1"],
    ["by another version", "https://github.com/acme/tools/.github/workflows/attest.yml@refs/heads/main"],
  ])("signed %s, and the stage names a reusable workflow", (_, signer) => {
    const named = "acme/tools/.github/workflows/attest.yml";
    const signerWorkflow = signer.endsWith("attest.yml@refs/heads/main") ? `${named}@refs/tags/v1` : named;
    expect(deviation({ ...WANTED, signerWorkflow }, { ...PUSHED, signer }, HEAD)).toContain(
      `not by ${named}`,
    );
  });

  it.each<[string, Partial<Claims>, string | undefined]>([
    ["of the merge of another head", {}, "3".repeat(40)],
    ["of a merge that GitHub no longer has", {}, undefined],
    [
      "of a branch that is called like a merge",
      {
        ref: "refs/heads/refs/pull/12/merge",
        ...signedBy(`${FILE}@refs/heads/refs/pull/12/merge`),
      },
      HEAD,
    ],
    ["of another event", { event: "push" }, HEAD],
  ])("%s", (_, changed, merged) => {
    expect(deviation(WANTED, { ...OF_PULL, ...changed }, merged)).toContain("2222222");
  });
});
