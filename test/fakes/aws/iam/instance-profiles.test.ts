import { expect, it } from "vitest";
import { account, lambdaRole, refusal } from "../testing.ts";

const InstanceProfileName = "hosts";

it("M-21 an instance profile has one role, and cannot be deleted with it", async () => {
  const { iam } = account();
  for (const name of ["r", "other"]) await lambdaRole(iam, name);
  await iam.createInstanceProfile({ InstanceProfileName, Path: "/shop/" });
  expect(await refusal(iam.createInstanceProfile({ InstanceProfileName }))).toMatch(/^EntityAlreadyExists/);
  const named = { InstanceProfileName, RoleName: "r" };
  await iam.addRoleToInstanceProfile(named);
  const second = iam.addRoleToInstanceProfile({ ...named, RoleName: "other" });
  expect(await refusal(second)).toMatch(/^LimitExceeded/);
  expect(await iam.getInstanceProfile({ InstanceProfileName })).toMatchObject({
    InstanceProfile: {
      Arn: "arn:aws:iam::123456789012:instance-profile/shop/hosts",
      Roles: [{ RoleName: "r" }],
    },
  });
  expect(await refusal(iam.deleteInstanceProfile({ InstanceProfileName }))).toMatch(/^DeleteConflict/);
  await iam.removeRoleFromInstanceProfile(named);
  expect(await refusal(iam.removeRoleFromInstanceProfile(named))).toMatch(/^NoSuchEntity/);
  await iam.deleteInstanceProfile({ InstanceProfileName });
  expect(await refusal(iam.getInstanceProfile({ InstanceProfileName }))).toMatch(/^NoSuchEntity/);
});
