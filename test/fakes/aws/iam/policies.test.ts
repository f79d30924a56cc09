import { describe, expect, it } from "vitest";
import { account, DOCUMENT, lambdaRole, plain, refusal, TRUST } from "../testing.ts";

const OTHER = DOCUMENT.replace("logs:*", "sqs:*");
const MANAGED = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const decode = (text: string | undefined) => decodeURIComponent(text ?? "");

async function policy(options: Parameters<typeof account>[0] = {}) {
  const clients = account(options);
  const made = await clients.iam.createPolicy({ PolicyName: "p", PolicyDocument: DOCUMENT });
  const PolicyArn = made.Policy?.Arn ?? "";
  return { ...clients, PolicyArn };
}

describe("policies", () => {
  it("M-13 a policy, as it comes back; description and tags only from GetPolicy", async () => {
    const { iam } = account();
    const input = {
      PolicyName: "p",
      PolicyDocument: DOCUMENT,
      Description: "d",
      Tags: [{ Key: "a", Value: "1" }],
    };
    await iam.createPolicy(input);
    const PolicyArn = "arn:aws:iam::123456789012:policy/p";
    expect((await iam.getPolicy({ PolicyArn })).Policy).toMatchObject({
      Arn: PolicyArn,
      AttachmentCount: 0,
      DefaultVersionId: "v1",
      Description: "d",
      IsAttachable: true,
      Path: "/",
      PermissionsBoundaryUsageCount: 0,
      PolicyId: expect.stringMatching(/^ANPA/),
      Tags: [{ Key: "a", Value: "1" }],
    });
    const listed = (await iam.listPolicies({ Scope: "Local" })).Policies;
    expect(listed?.length).toBe(1);
    expect(listed?.[0]?.Description).toBeUndefined();
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: "v1" });
    expect(decode(PolicyVersion?.Document)).toBe(DOCUMENT);
    expect(await refusal(iam.createPolicy(input))).toBe(
      "EntityAlreadyExistsException: A policy called p already exists. Duplicate names are not allowed.",
    );
  });

  it("M-14 five versions; numbers are never used twice; the default cannot be deleted", async () => {
    const { iam, PolicyArn } = await policy();
    const add = () => iam.createPolicyVersion({ PolicyArn, PolicyDocument: OTHER, SetAsDefault: true });
    for (let i = 0; i < 4; i++) await add();
    expect(await refusal(add())).toMatch(
      /^LimitExceededException: A managed policy can have up to 5 versions/,
    );
    const last = iam.deletePolicyVersion({ PolicyArn, VersionId: "v5" });
    expect(await refusal(last)).toBe(
      "DeleteConflictException: Cannot delete the default version of a policy.",
    );
    await iam.deletePolicyVersion({ PolicyArn, VersionId: "v1" });
    expect((await add()).PolicyVersion?.VersionId).toBe("v6");
    const versions = (await iam.listPolicyVersions({ PolicyArn })).Versions;
    expect(versions?.map((v) => v.VersionId)).toEqual(["v6", "v5", "v4", "v3", "v2"]);
    expect(versions?.[0]?.Document).toBeUndefined();
    await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: "v2" });
    expect((await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId).toBe("v2");
  });

  it("M-15 a policy in use or with further versions cannot be deleted", async () => {
    const { iam, PolicyArn } = await policy();
    await lambdaRole(iam);
    await iam.attachRolePolicy({ RoleName: "r", PolicyArn });
    expect((await iam.getPolicy({ PolicyArn })).Policy?.AttachmentCount).toBe(1);
    const remove = () => refusal(iam.deletePolicy({ PolicyArn }));
    expect(await remove()).toBe("DeleteConflictException: Cannot delete a policy attached to entities.");
    const entities = await iam.listEntitiesForPolicy({ PolicyArn });
    expect(entities.PolicyRoles?.map((role) => role.RoleName)).toEqual(["r"]);
    await iam.detachRolePolicy({ RoleName: "r", PolicyArn });
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: OTHER });
    expect(await remove()).toMatch(/^DeleteConflictException: This policy has more than one version/);
    await iam.deletePolicyVersion({ PolicyArn, VersionId: "v2" });
    expect(await remove()).toBe("not refused");
    expect(await remove()).toMatch(/^NoSuchEntityException/);
  });

  it("M-20 users and groups hold a policy as roles do", async () => {
    const { fake, iam, PolicyArn } = await policy();
    const record = fake.state.policies.get(PolicyArn);
    if (record !== undefined) record.heldBy = { users: ["u"], groups: ["g"] };
    const all = await iam.listEntitiesForPolicy({ PolicyArn });
    expect([all.PolicyUsers, all.PolicyGroups]).toEqual([[{ UserName: "u" }], [{ GroupName: "g" }]]);
    const boundaries = await iam.listEntitiesForPolicy({
      PolicyArn,
      PolicyUsageFilter: "PermissionsBoundary",
    });
    expect([boundaries.PolicyUsers, boundaries.PolicyGroups]).toEqual([[], []]);
    expect(await refusal(iam.deletePolicy({ PolicyArn }))).toMatch(/^DeleteConflict/);
  });

  it("M-16 documents are checked: grammar, actions, resources, principals, size", async () => {
    const { iam } = account();
    const put = (document: string) =>
      refusal(iam.createPolicy({ PolicyName: "p", PolicyDocument: document }));
    expect(await put("{")).toMatch(/^MalformedPolicyDocumentException: Syntax errors in policy/);
    expect(await put(TRUST)).toMatch(/should not specify a principal|must contain resources/);
    expect(await put(DOCUMENT.replace('"Allow"', '"Maybe"'))).toMatch(/^MalformedPolicyDocument/);
    expect(await put(DOCUMENT.replace("logs:*", "logs"))).toMatch(/must be prefaced by a vendor/);
    expect(await put(DOCUMENT.replace('"Resource":"*"', '"Resource":"bucket"'))).toMatch(
      'Resource bucket must be in ARN format or "*".',
    );
    expect(await put(DOCUMENT.replace("2012-10-17", "2013-01-01"))).toMatch(/^MalformedPolicyDocument/);
    expect(await put(JSON.stringify({ Version: "2012-10-17", Statement: [] }))).toMatch(
      /^MalformedPolicyDocument/,
    );
    expect(await put(DOCUMENT.replace("logs:*", `logs:${"x".repeat(6200)}`))).toMatch(
      /quota for PolicySize: 6144/,
    );
    expect(await put(DOCUMENT.replace('"logs:*"', '["logs:*","sqs:Send*"]'))).toBe("not refused");
  });

  it("M-17 AWS-managed policies are there, attachable, and cannot be deleted", async () => {
    const { iam } = account({ managedPolicies: ["service-role/Mine"] });
    expect((await iam.getPolicy({ PolicyArn: MANAGED })).Policy?.PolicyName).toBe(
      "AWSLambdaBasicExecutionRole",
    );
    expect(await refusal(iam.deletePolicy({ PolicyArn: MANAGED }))).toMatch(/^AccessDenied/);
    const mine = await iam.getPolicy({ PolicyArn: "arn:aws:iam::aws:policy/service-role/Mine" });
    expect(mine.Policy?.Path).toBe("/service-role/");
    expect((await iam.listPolicies({ Scope: "Local" })).Policies).toEqual([]);
  });

  it("M-18 policy tags", async () => {
    const { iam, PolicyArn } = await policy();
    await iam.tagPolicy({ PolicyArn, Tags: [{ Key: "a", Value: "1" }] });
    expect((await iam.listPolicyTags({ PolicyArn })).Tags).toEqual([{ Key: "a", Value: "1" }]);
    await iam.untagPolicy({ PolicyArn, TagKeys: ["a"] });
    expect((await iam.listPolicyTags({ PolicyArn })).Tags).toEqual([]);
  });
});

describe("STS", () => {
  it("M-19 says who we are, in the configured account", async () => {
    const { sts } = account({ account: "210987654321" });
    expect(plain(await sts.getCallerIdentity({}))).toMatchObject({
      Account: "210987654321",
      Arn: "arn:aws:sts::210987654321:assumed-role/deployer/session",
    });
  });
});
