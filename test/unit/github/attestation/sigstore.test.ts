/**
 * A real attestation, made by GitHub and kept by its command line as a test's example: test/fixtures/attestation, from
 * https://github.com/cli/cli/tree/trunk/pkg/cmd/attestation/test/data (MIT).
 */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PROVENANCE } from "../../../../src/github/attestation/claims.ts";
import { authorityOf, rootFromJson, trustIn, verified } from "../../../../src/github/attestation/sigstore.ts";
import { createFakeSigstore } from "../../../fakes/sigstore.ts";

const read = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/attestation/${name}`, import.meta.url), "utf8");
const bundle: unknown = JSON.parse(read("reusable-workflow.sigstore.json"));
const DEMO = "https://github.com/malancas/attest-demo";

it("of Sigstore's public instance says who built what", () => {
  expect(authorityOf(bundle)).toBe("sigstore.dev");
  expect(verified(bundle, trustIn(rootFromJson(read("trusted-root.json"))))).toEqual({
    issuer: "https://token.actions.githubusercontent.com",
    signer:
      "https://github.com/github/artifact-attestations-workflows/.github/workflows/attest.yml@09b495c3f12c7881b3cc17209a327792065c1a1d",
    workflow: `${DEMO}/.github/workflows/shared.yml@refs/heads/main`,
    repository: DEMO,
    repositoryId: "804070735",
    commit: "95baf27389e83e6a5c48f42e190d48d7abcea19e",
    ref: "refs/heads/main",
    event: "workflow_dispatch",
    run: `${DEMO}/actions/runs/9228858953/attempts/1`,
    runner: "github-hosted",
    predicateType: PROVENANCE,
    subjects: ["49a3aa6075e0f49f82843e74b5baa614ad2a588e6675612bf108a0a008c5ac25"],
  });
});

it("is not good for anybody else's root", async () => {
  const { root } = await createFakeSigstore();
  expect(() => verified(bundle, trustIn(rootFromJson(root)))).toThrow();
});

it.each([undefined, {}, { verificationMaterial: { certificate: { rawBytes: "eA==" } } }])(
  "has no authority that could be named: %j",
  (other) => {
    expect(authorityOf(other)).toBeUndefined();
  },
);

/** Self-signed, of `O=GitHub, Inc., CN=Fulcio Intermediate l1`: the names of the instance for private repositories. */
const OF_GITHUB =
  "MIIBxDCCAWugAwIBAgIUB57lOHGMURAINeFV5gl3C8tYpuAwCgYIKoZIzj0EAwIwODEVMBMGA1UECgwMR2l0SHViLCBJbmMuMR8wHQYDVQQDDBZGdWxjaW8gSW50ZXJtZWRpYXRlIGwxMB4XDTI2MTEyOTE0MTEyN1oXDTM2MTEyNjE0MTEyN1owODEVMBMGA1UECgwMR2l0SHViLCBJbmMuMR8wHQYDVQQDDBZGdWxjaW8gSW50ZXJtZWRpYXRlIGwxMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbXOHs1J1ebEi8uPJTySoUqNaz0N4/WGXKW6OAx7+izIeX+w1v8JDTlVPboxHISxfbm+rXerDqeQCs7qUMHR9zKNTMFEwHQYDVR0OBBYEFFNg7jqO5Zj/Pu5BfvrFVA6J0WjcMB8GA1UdIwQYMBaAFFNg7jqO5Zj/Pu5BfvrFVA6J0WjcMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgKX4n1MbnMqb/+ei+ZR6FgUmygMuAVaCBeILBJRbBb6gCIDiqijXazGWpUEe7kVPAjLwhBu0w5XH8KF0F1jHnmMl/";

it("of GitHub's own instance names its authority as the mirror does, comma and all", () => {
  const rawBytes = OF_GITHUB;
  expect(authorityOf({ verificationMaterial: { certificate: { rawBytes } } })).toBe("GitHub, Inc.");
});
