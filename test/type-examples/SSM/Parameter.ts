import { NAME, type TypeExample } from "../example.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

export const example: TypeExample = {
  type: "SSM::Parameter",
  cloudFormation: [{ type: "AWS::SSM::Parameter" }],
  differences: {
    "Name: required here only": NAME,
    "Type: required there only": "String unless given otherwise",
    "Type: replaces here only": "PutParameter refuses another type for a name that is there",
    "Type: there String, StringList; here SecureString, String, StringList":
      "CloudFormation cannot make a SecureString",
    "KeyId: only here": "CloudFormation cannot make a SecureString",
    "Policies: only there": "expiry of advanced parameters; not supported yet",
  },
  repeatable: { AddTagsToResource: "a tag that is there already stays as it is" },
  onMiniStack: true,
  onMoto: true,
  lives: [
    {
      as: "text",
      beside: [],
      full: {
        Name: "/shop/dev/url",
        Type: "String",
        Value: "https://a.example",
        Description: "Where the shop is",
        AllowedPattern: "^https:",
        Tier: "Standard",
        DataType: "text",
        Tags: { team: "a" },
      },
      minimal: { Name: "/shop/dev/url", Value: "https://a.example" },
      needed: ["Name", "Value"],
      changed: {
        Name: "/shop/dev/other",
        Type: "StringList",
        Value: "https://b.example",
        Description: "Where the other shop is",
        AllowedPattern: "^https?:",
        Tier: "Advanced",
        DataType: "aws:ec2:image",
        Tags: { team: "b" },
      },
    },
    {
      as: "secret",
      beside: [],
      full: { Name: "token", Type: "SecureString", Value: "one", KeyId: KEY, Tier: "Intelligent-Tiering" },
      minimal: { Name: "token", Type: "SecureString", Value: "one" },
      needed: ["Name", "Value", "Type"],
      unseen: {},
      changed: { Value: "two", KeyId: `${KEY}2` },
    },
  ],
};
