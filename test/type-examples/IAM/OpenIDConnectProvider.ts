import type { TypeExample } from "../example.ts";

const print = (digit: string): string => digit.repeat(40);

export const example: TypeExample = {
  type: "IAM::OpenIDConnectProvider",
  cloudFormation: [{ type: "AWS::IAM::OIDCProvider", renamed: { ClientIdList: "ClientIDList" } }],
  differences: { "Url: required here only": "as in the SDK; its name is made of it" },
  repeatable: {
    AddClientIDToOpenIDConnectProvider: "the call is idempotent: API_AddClientIDToOpenIDConnectProvider",
  },
  onMoto: true,
  lives: [
    {
      as: "GitHub's",
      beside: [],
      name: "oidp::token.actions.githubusercontent.com",
      full: {
        Url: "https://token.actions.githubusercontent.com",
        ClientIDList: ["sts.amazonaws.com"],
        ThumbprintList: [print("a")],
        Tags: { team: "a" },
      },
      minimal: { Url: "https://token.actions.githubusercontent.com" },
      needed: ["Url"],
      keptOn: { moto: ["ClientIDList"] },
      changed: {
        ClientIDList: ["sts.amazonaws.com", "others"],
        ThumbprintList: [print("a"), print("b")],
        Tags: { team: "b" },
      },
    },
  ],
  notChanged: { Url: "another URL is another provider, of another name" },
};
