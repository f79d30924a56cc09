import { expect, it } from "vitest";
import { plain, refusal, withRole, zip } from "../testing.ts";

const FunctionName = "f";

it("L-28 publishing what has not changed gives the last version again", async () => {
  const { lambda, create } = await withRole();
  await create();
  await lambda.getFunction({ FunctionName });
  expect(await lambda.publishVersion({ FunctionName })).toMatchObject({ Version: "1" });
  expect(await lambda.publishVersion({ FunctionName })).toMatchObject({ Version: "1" });
  await lambda.updateFunctionCode({ FunctionName, ZipFile: zip("other") });
  expect(await refusal(lambda.publishVersion({ FunctionName }))).toMatch(/^ResourceConflictException/);
  await lambda.getFunction({ FunctionName });
  expect(await lambda.publishVersion({ FunctionName })).toMatchObject({ Version: "2" });
  const one = await lambda.getFunctionConfiguration({ FunctionName, Qualifier: "1" });
  expect(one.FunctionArn).toMatch(/:f:1$/);
  expect(one.CodeSha256).not.toBe((await lambda.getFunctionConfiguration({ FunctionName })).CodeSha256);
});

it("L-29 an alias names a version that is there; its weights go with an empty map", async () => {
  const { lambda, create } = await withRole();
  await create({ Publish: true });
  const Name = "live";
  expect(await refusal(lambda.createAlias({ FunctionName, Name, FunctionVersion: "9" }))).toMatch(
    /^ResourceNotFoundException/,
  );
  expect(await refusal(lambda.createAlias({ FunctionName, Name: "9", FunctionVersion: "1" }))).toMatch(
    /^ValidationException/,
  );
  await lambda.createAlias({ FunctionName, Name, FunctionVersion: "1" });
  expect(await refusal(lambda.createAlias({ FunctionName, Name, FunctionVersion: "1" }))).toMatch(
    /^ResourceConflictException: Alias already exists/,
  );
  await lambda.updateFunctionCode({ FunctionName, ZipFile: zip("other") }).catch(() => {});
  await lambda.getFunction({ FunctionName });
  await lambda.updateFunctionCode({ FunctionName, ZipFile: zip("other") });
  await lambda.getFunction({ FunctionName });
  await lambda.publishVersion({ FunctionName });
  const weights = (AdditionalVersionWeights: Record<string, number>) =>
    lambda.updateAlias({ FunctionName, Name, RoutingConfig: { AdditionalVersionWeights } });
  expect(await weights({ 2: 0.5 })).toMatchObject({ FunctionVersion: "1" });
  expect(await refusal(weights({ 1: 0.5 }))).toMatch(/^InvalidParameterValueException/);
  expect(plain(await weights({})).RoutingConfig).toBeUndefined();
  await lambda.deleteAlias({ FunctionName, Name });
  await lambda.deleteAlias({ FunctionName, Name });
});

it("L-30 provisioned concurrency is for versions and aliases, and takes a while", async () => {
  const { lambda, create } = await withRole();
  await create({ Publish: true });
  const put = (Qualifier: string) =>
    lambda.putProvisionedConcurrencyConfig({ FunctionName, Qualifier, ProvisionedConcurrentExecutions: 1 });
  expect(await refusal(put("$LATEST"))).toMatch(/^InvalidParameterValueException/);
  expect(await put("1")).toMatchObject({ Status: "IN_PROGRESS" });
  const status = async () =>
    (await lambda.listProvisionedConcurrencyConfigs({ FunctionName })).ProvisionedConcurrencyConfigs?.[0]
      ?.Status;
  expect([await status(), await status()]).toEqual(["IN_PROGRESS", "READY"]);
});

it("L-31 settings for asynchronous events are replaced as a whole", async () => {
  const { lambda, create } = await withRole();
  await create();
  await lambda.putFunctionEventInvokeConfig({ FunctionName, MaximumRetryAttempts: 1 });
  await lambda.putFunctionEventInvokeConfig({ FunctionName, MaximumEventAgeInSeconds: 60 });
  const now = plain(await lambda.getFunctionEventInvokeConfig({ FunctionName }));
  expect(now).toMatchObject({
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  });
  expect(now.MaximumRetryAttempts).toBeUndefined();
  await lambda.deleteFunctionEventInvokeConfig({ FunctionName });
  expect(await refusal(lambda.getFunctionEventInvokeConfig({ FunctionName }))).toMatch(
    /^ResourceNotFoundException/,
  );
});
