import { SSM } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { account, plain, refusal } from "../testing.ts";

const client = () => new SSM({ ...account().fake.clientConfig(), maxAttempts: 1 });
const Name = "/shop/url";
const one = { Name, Type: "String", Value: "one" } as const;

it("J-01 a parameter is overwritten only when that is said, and its version counts on", async () => {
  const ssm = client();
  expect(await ssm.putParameter(one)).toMatchObject({ Version: 1, Tier: "Standard" });
  expect(await refusal(ssm.putParameter(one))).toMatch(/^ParameterAlreadyExists/);
  expect(await ssm.putParameter({ ...one, Overwrite: true })).toMatchObject({ Version: 2 });
  await ssm.deleteParameter({ Name });
  expect(await refusal(ssm.deleteParameter({ Name }))).toMatch(/^ParameterNotFound/);
});

it("J-02 tags go with a new parameter only", async () => {
  const ssm = client();
  const Tags = [{ Key: "a", Value: "b" }];
  await ssm.putParameter({ ...one, Tags });
  expect(await refusal(ssm.putParameter({ ...one, Tags, Overwrite: true }))).toMatch(/^ValidationException/);
  expect(await ssm.listTagsForResource({ ResourceType: "Parameter", ResourceId: Name })).toMatchObject({
    TagList: Tags,
  });
});

it("J-03 a new parameter needs a type, which never changes", async () => {
  const ssm = client();
  expect(await refusal(ssm.putParameter({ Name, Value: "one" }))).toMatch(/^ValidationException/);
  await ssm.putParameter(one);
  await ssm.putParameter({ Name, Value: "two", Overwrite: true });
  const other = ssm.putParameter({ Name, Value: "two", Type: "StringList", Overwrite: true });
  expect(await refusal(other)).toMatch(/^HierarchyTypeMismatchException/);
});

it("J-04 an advanced parameter never becomes a standard one; 4096 characters are a standard one's", async () => {
  const ssm = client();
  const long = { ...one, Value: "x".repeat(4097) };
  expect(await refusal(ssm.putParameter(long))).toMatch(/^ValidationException/);
  expect(await ssm.putParameter({ ...long, Tier: "Intelligent-Tiering" })).toMatchObject({
    Tier: "Advanced",
  });
  const back = ssm.putParameter({ ...one, Tier: "Standard", Overwrite: true });
  expect(await refusal(back)).toMatch(/^ValidationException/);
});

it("J-05 a secret is shown when it is asked for; a key is for secrets only", async () => {
  const ssm = client();
  await ssm.putParameter({ Name, Type: "SecureString", Value: "one" });
  expect((await ssm.getParameter({ Name })).Parameter?.Value).not.toBe("one");
  expect((await ssm.getParameter({ Name, WithDecryption: true })).Parameter?.Value).toBe("one");
  const filters = [{ Key: "Name", Values: [Name] }];
  expect(await ssm.describeParameters({ ParameterFilters: filters })).toMatchObject({
    Parameters: [{ KeyId: "alias/aws/ssm" }],
  });
  expect(await refusal(ssm.putParameter({ ...one, Name: "b", KeyId: "alias/k" }))).toMatch(
    /^ValidationException/,
  );
});

it("J-06 a value matches its pattern; what is not sent stays", async () => {
  const ssm = client();
  await ssm.putParameter({ ...one, AllowedPattern: "^o", Description: "first" });
  const two = ssm.putParameter({ ...one, Value: "two", AllowedPattern: "^o", Overwrite: true });
  expect(await refusal(two)).toMatch(/^ParameterPatternMismatchException/);
  await ssm.putParameter({ ...one, Value: "only", Overwrite: true });
  const [about] = (await ssm.describeParameters({})).Parameters ?? [];
  expect(plain(about ?? {})).toMatchObject({ AllowedPattern: "^o", Description: "first" });
});
