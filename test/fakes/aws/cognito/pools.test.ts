import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { expect, it } from "vitest";
import { account, refusal } from "../testing.ts";

async function withPool() {
  const cognito = new CognitoIdentityProvider({ ...account().fake.clientConfig(), maxAttempts: 1 });
  const { UserPool } = await cognito.createUserPool({
    PoolName: "club",
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    UserPoolTags: { team: "a" },
  });
  return { cognito, UserPoolId: UserPool?.Id ?? "" };
}

it("UP-01 an update of a pool sets what it is not sent back to AWS's default, tags included", async () => {
  const { cognito, UserPoolId } = await withPool();
  await cognito.updateUserPool({ UserPoolId, AutoVerifiedAttributes: ["email"] });
  expect((await cognito.describeUserPool({ UserPoolId })).UserPool).toMatchObject({
    AutoVerifiedAttributes: ["email"],
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    UserPoolTags: {},
  });
});

it("UP-02 a pool with a domain, or with deletion protection, cannot be deleted", async () => {
  const { cognito, UserPoolId } = await withPool();
  await cognito.createUserPoolDomain({ UserPoolId, Domain: "club-example" });
  expect(await refusal(cognito.deleteUserPool({ UserPoolId }))).toMatch(/^InvalidParameterException/);
  await cognito.deleteUserPoolDomain({ UserPoolId, Domain: "club-example" });
  await cognito.updateUserPool({ UserPoolId, DeletionProtection: "ACTIVE" });
  expect(await refusal(cognito.deleteUserPool({ UserPoolId }))).toMatch(/^InvalidParameterException/);
  await cognito.updateUserPool({ UserPoolId, DeletionProtection: "INACTIVE" });
  await cognito.deleteUserPool({ UserPoolId });
});

it("UP-03 a domain that nobody has is described as nothing", async () => {
  const { cognito } = await withPool();
  expect((await cognito.describeUserPoolDomain({ Domain: "nobody-s" })).DomainDescription).toEqual({});
});

it("UP-04 a custom attribute is added once and never changed", async () => {
  const { cognito, UserPoolId } = await withPool();
  const add = () =>
    cognito.addCustomAttributes({
      UserPoolId,
      CustomAttributes: [{ Name: "tenant", AttributeDataType: "String", Mutable: true }],
    });
  await add();
  expect((await cognito.describeUserPool({ UserPoolId })).UserPool?.SchemaAttributes).toContainEqual(
    expect.objectContaining({ Name: "custom:tenant" }),
  );
  expect(await refusal(add())).toMatch(/^InvalidParameterException/);
});
