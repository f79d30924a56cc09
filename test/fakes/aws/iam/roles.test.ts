import { describe, expect, it } from "vitest";
import { account, DOCUMENT, lambdaRole, refusal, TRUST } from "../testing.ts";

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

  it("M-03 UpdateRole keeps what is not sent", async () => {
    const { iam } = account();
    await iam.createRole({
      RoleName: "r",
      AssumeRolePolicyDocument: TRUST,
      MaxSessionDuration: 7200,
      Description: "d",
    });
    await iam.updateRole({ RoleName: "r", Description: "e" });
    expect((await iam.getRole({ RoleName: "r" })).Role).toMatchObject({
      MaxSessionDuration: 7200,
      Description: "e",
    });
    await iam.updateRole({ RoleName: "r", MaxSessionDuration: 3600 });
    expect((await iam.getRole({ RoleName: "r" })).Role).toMatchObject({
      MaxSessionDuration: 3600,
      Description: "e",
    });
    const { Role } = await iam.updateRoleDescription({ RoleName: "r", Description: "" });
    expect(Role?.Description).toBeUndefined();
    expect(Role?.MaxSessionDuration).toBe(3600);
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
    fake.state.instanceProfileTags.set("i", new Map([["k", "v"]]));
    expect(profiles.InstanceProfiles?.[0]?.Tags).toBeUndefined();
    const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName: "i" });
    expect(InstanceProfile?.Tags).toEqual([{ Key: "k", Value: "v" }]);
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
