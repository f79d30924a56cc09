import { expect, it } from "vitest";
import { account, refusal } from "../testing.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn =
  "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const print = (digit: string): string => digit.repeat(40);

it("M-22 one provider per URL and account, whose URL comes back without https://", async () => {
  const { iam } = account();
  await iam.createOpenIDConnectProvider({ Url, ClientIDList: ["sts.amazonaws.com"] });
  expect(await refusal(iam.createOpenIDConnectProvider({ Url }))).toMatch(/^EntityAlreadyExists/);
  expect(await refusal(iam.createOpenIDConnectProvider({ Url: "http://a.example" }))).toMatch(
    /^InvalidInput/,
  );
  const found = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn });
  expect(found).toMatchObject({ Url: Url.slice("https://".length), ClientIDList: ["sts.amazonaws.com"] });
  await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
  expect(await refusal(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }))).toMatch(/^NoSuchEntity/);
});

it("M-23 client ids are added and taken away one by one, twice is as good as once", async () => {
  const { iam } = account();
  await iam.createOpenIDConnectProvider({ Url });
  const named = { OpenIDConnectProviderArn, ClientID: "a" };
  await iam.addClientIDToOpenIDConnectProvider(named);
  await iam.addClientIDToOpenIDConnectProvider(named);
  expect((await iam.getOpenIDConnectProvider(named)).ClientIDList).toEqual(["a"]);
  await iam.removeClientIDFromOpenIDConnectProvider(named);
  await iam.removeClientIDFromOpenIDConnectProvider(named);
  expect((await iam.getOpenIDConnectProvider(named)).ClientIDList ?? []).toEqual([]);
});

it("M-24 thumbprints are replaced as a whole, never by none; AWS finds one where none is given", async () => {
  const { iam } = account();
  await iam.createOpenIDConnectProvider({ Url });
  const named = { OpenIDConnectProviderArn };
  const now = async () => (await iam.getOpenIDConnectProvider(named)).ThumbprintList;
  expect(await now()).toHaveLength(1);
  const set = (...digits: string[]) =>
    iam.updateOpenIDConnectProviderThumbprint({ ...named, ThumbprintList: digits.map(print) });
  await set("a", "b");
  await set("c");
  expect(await now()).toEqual([print("c")]);
  expect(await refusal(set())).toMatch(/^InvalidInput/);
});
