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

describe("roles", () => {
  it("M-01 a role's defaults; the trust policy comes back URL-encoded", async () => {
    const { iam } = account();
    await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: TRUST });
    const { Role } = await iam.getRole({ RoleName: "r" });
    expect(Role).toMatchObject({
      Arn: "arn:aws:iam::123456789012:role/r",
      MaxSessionDuration: 3600,
      Path: "/",
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      RoleName: "r",
    });
    expect(Role?.Description).toBeUndefined();
    expect(Role?.Tags).toBeUndefined();
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/);
    expect(decode(Role?.AssumeRolePolicyDocument)).toBe(TRUST);
  });

  it("M-02 names are unique without regard to case", async () => {
    const { iam } = account();
    await lambdaRole(iam, "Role");
    const call = iam.createRole({ RoleName: "role", AssumeRolePolicyDocument: TRUST });
    expect(await refusal(call)).toBe("EntityAlreadyExistsException: Role with name role already exists.");
    expect(await refusal(iam.getRole({ RoleName: "none" }))).toBe(
      "NoSuchEntityException: The role with name none cannot be found.",
    );
  });

  it("M-03 UpdateRole without MaxSessionDuration sets it back to one hour; the description stays", async () => {
    const { iam } = account();
    await iam.createRole({
      RoleName: "r",
      AssumeRolePolicyDocument: TRUST,
      MaxSessionDuration: 7200,
      Description: "d",
    });
    await iam.updateRole({ RoleName: "r", Description: "e" });
    expect((await iam.getRole({ RoleName: "r" })).Role).toMatchObject({
      MaxSessionDuration: 3600,
      Description: "e",
    });
    await iam.updateRole({ RoleName: "r", MaxSessionDuration: 7200 });
    expect((await iam.getRole({ RoleName: "r" })).Role).toMatchObject({
      MaxSessionDuration: 7200,
      Description: "e",
    });
    const { Role } = await iam.updateRoleDescription({ RoleName: "r", Description: "" });
    expect(Role?.Description).toBeUndefined();
    expect(Role?.MaxSessionDuration).toBe(7200);
  });

  it("M-04 session length, path, name and trust policy are checked", async () => {
    const { iam } = account();
    const create = (more: object) =>
      refusal(iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: TRUST, ...more }));
    expect(await create({ MaxSessionDuration: 3599 })).toMatch(/^ValidationError/);
    expect(await create({ MaxSessionDuration: 43_201 })).toMatch(/^ValidationError/);
    expect(await create({ Path: "a" })).toMatch(/^ValidationError/);
    expect(await create({ RoleName: "a b" })).toMatch(/^ValidationError/);
    expect(await create({ RoleName: "x".repeat(65) })).toMatch(/^ValidationError/);
    expect(await create({ AssumeRolePolicyDocument: DOCUMENT })).toMatch(/^MalformedPolicyDocumentException/);
    expect(await create({ AssumeRolePolicyDocument: "{" })).toMatch(/^MalformedPolicyDocumentException/);
    const odd = TRUST.replace("lambda.amazonaws.com", "lambda");
    expect(await create({ AssumeRolePolicyDocument: odd })).toMatch(
      /Invalid principal in policy: "SERVICE":"lambda"/,
    );
  });

  it("M-05 the trust policy is replaced by a call of its own", async () => {
    const { iam } = account();
    await lambdaRole(iam);
    const PolicyDocument = TRUST.replace("lambda", "apigateway");
    await iam.updateAssumeRolePolicy({ RoleName: "r", PolicyDocument });
    const { Role } = await iam.getRole({ RoleName: "r" });
    expect(decode(Role?.AssumeRolePolicyDocument)).toBe(PolicyDocument);
  });

  it("M-06 a role with policies or in an instance profile cannot be deleted", async () => {
    const { fake, iam } = account();
    await lambdaRole(iam);
    const remove = () => refusal(iam.deleteRole({ RoleName: "r" }));
    fake.state.instanceProfiles.set("i", new Set(["r"]));
    expect(await remove()).toMatch(
      /^DeleteConflictException: .*must remove roles from instance profile first/,
    );
    const profiles = await iam.listInstanceProfilesForRole({ RoleName: "r" });
    expect(profiles.InstanceProfiles?.map((p) => p.InstanceProfileName)).toEqual(["i"]);
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName: "i", RoleName: "r" });
    await iam.attachRolePolicy({ RoleName: "r", PolicyArn: MANAGED });
    expect(await remove()).toMatch(/must detach all policies first/);
    await iam.detachRolePolicy({ RoleName: "r", PolicyArn: MANAGED });
    await iam.putRolePolicy({ RoleName: "r", PolicyName: "i", PolicyDocument: DOCUMENT });
    expect(await remove()).toMatch(/must delete policies first/);
    await iam.deleteRolePolicy({ RoleName: "r", PolicyName: "i" });
    expect(await remove()).toBe("not refused");
  });

  it("M-07 inline policies: URL-encoded, replaced by name, 10,240 characters together", async () => {
    const { iam } = account();
    await lambdaRole(iam);
    await iam.putRolePolicy({ RoleName: "r", PolicyName: "i", PolicyDocument: DOCUMENT });
    await iam.putRolePolicy({ RoleName: "r", PolicyName: "i", PolicyDocument: OTHER });
    const read = await iam.getRolePolicy({ RoleName: "r", PolicyName: "i" });
    expect(decode(read.PolicyDocument)).toBe(OTHER);
    expect((await iam.listRolePolicies({ RoleName: "r" })).PolicyNames).toEqual(["i"]);
    const large = DOCUMENT.replace("logs:*", `logs:${"x".repeat(10_300)}`);
    const call = iam.putRolePolicy({ RoleName: "r", PolicyName: "j", PolicyDocument: large });
    expect(await refusal(call)).toMatch(/^LimitExceededException/);
    const none = iam.getRolePolicy({ RoleName: "r", PolicyName: "none" });
    expect(await refusal(none)).toMatch(
      /^NoSuchEntityException: The role policy with name none cannot be found/,
    );
  });

  it("M-08 attaching twice is the same as once; a policy must exist; ten at most", async () => {
    const { iam } = account({ quotas: { attachedPoliciesPerRole: 1 } });
    await lambdaRole(iam);
    const attach = (PolicyArn: string) => refusal(iam.attachRolePolicy({ RoleName: "r", PolicyArn }));
    expect(await attach("arn:aws:iam::aws:policy/NoSuch")).toMatch(
      /^NoSuchEntityException: .*not attachable/,
    );
    expect(await attach(MANAGED)).toBe("not refused");
    expect(await attach(MANAGED)).toBe("not refused");
    expect(await attach("arn:aws:iam::aws:policy/ReadOnlyAccess")).toMatch(
      /Cannot exceed quota for PoliciesPerRole: 1/,
    );
    expect((await iam.listAttachedRolePolicies({ RoleName: "r" })).AttachedPolicies).toEqual([
      { PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: MANAGED },
    ]);
    await iam.detachRolePolicy({ RoleName: "r", PolicyArn: MANAGED });
    const again = iam.detachRolePolicy({ RoleName: "r", PolicyArn: MANAGED });
    expect(await refusal(again)).toMatch(/^NoSuchEntityException/);
  });

  it("M-09 tags: keys without regard to case, GetRole shows them, ListRoles does not", async () => {
    const { iam } = account();
    await lambdaRole(iam);
    await iam.tagRole({ RoleName: "r", Tags: [{ Key: "A", Value: "1" }] });
    await iam.tagRole({ RoleName: "r", Tags: [{ Key: "a", Value: "2" }] });
    expect((await iam.listRoleTags({ RoleName: "r" })).Tags).toEqual([{ Key: "a", Value: "2" }]);
    expect((await iam.getRole({ RoleName: "r" })).Role?.Tags).toEqual([{ Key: "a", Value: "2" }]);
    expect((await iam.listRoles({})).Roles?.[0]?.Tags).toBeUndefined();
    const twice = [
      { Key: "b", Value: "" },
      { Key: "B", Value: "" },
    ];
    expect(await refusal(iam.tagRole({ RoleName: "r", Tags: twice }))).toMatch(
      /^InvalidInputException: Duplicate tag keys/,
    );
    await iam.untagRole({ RoleName: "r", TagKeys: ["A"] });
    expect((await iam.listRoleTags({ RoleName: "r" })).Tags).toEqual([]);
  });

  it("M-10 a permissions boundary: shown by GetRole only, must exist, counts as use of the policy", async () => {
    const { iam, PolicyArn } = await policy();
    await lambdaRole(iam);
    const put = (PermissionsBoundary: string) =>
      iam.putRolePermissionsBoundary({ RoleName: "r", PermissionsBoundary });
    expect(await refusal(put("arn:aws:iam::123456789012:policy/none"))).toMatch(/^NoSuchEntityException/);
    await put(PolicyArn);
    const boundary = (await iam.getRole({ RoleName: "r" })).Role?.PermissionsBoundary;
    expect(boundary?.PermissionsBoundaryArn).toBe(PolicyArn);
    expect((await iam.listRoles({})).Roles?.[0]?.PermissionsBoundary).toBeUndefined();
    expect(await refusal(iam.deletePolicy({ PolicyArn }))).toMatch(/^DeleteConflictException/);
    const entities = await iam.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: "PermissionsBoundary" });
    expect(entities.PolicyRoles?.map((role) => role.RoleName)).toEqual(["r"]);
    await iam.deleteRolePermissionsBoundary({ RoleName: "r" });
    expect(await refusal(iam.deletePolicy({ PolicyArn }))).toBe("not refused");
  });

  it("M-11 lists are truncated at MaxItems, 100 when not said, with a Marker", async () => {
    const { iam } = account();
    for (let i = 0; i < 101; i++) await lambdaRole(iam, `r${i}`);
    const first = await iam.listRoles({});
    expect([first.Roles?.length, first.IsTruncated]).toEqual([100, true]);
    const second = await iam.listRoles({ Marker: first.Marker });
    expect([second.Roles?.length, second.IsTruncated, second.Marker]).toEqual([1, false, undefined]);
    expect((await iam.listRoles({ MaxItems: 1000 })).Roles?.length).toBe(101);
    expect(await refusal(iam.listRoles({ MaxItems: 1001 }))).toMatch(/^ValidationError/);
  });

  it("M-12 something new may be invisible for some reads", async () => {
    const { iam } = account({ consistency: { iamVisible: 1 } });
    await lambdaRole(iam);
    expect(await refusal(iam.getRole({ RoleName: "r" }))).toMatch(/^NoSuchEntityException/);
    expect(await refusal(iam.getRole({ RoleName: "r" }))).toBe("not refused");
  });
});

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
