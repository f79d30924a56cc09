import { rights } from "../beside.ts";
import { NAME, type TypeExample } from "../example.ts";

export const example: TypeExample = {
  type: "IAM::Policy",
  cloudFormation: [{ type: "AWS::IAM::ManagedPolicy", renamed: { ManagedPolicyName: "PolicyName" } }],
  differences: {
    "Groups: only there": "attached from the other side; groups are not resources here",
    "PolicyName: required here only": NAME,
    "Roles: only there": "attached from the other side: a role's dependency `policies`",
    "Tags: only here": "CreatePolicy takes tags, and they say that it is ours",
    "Users: only there": "attached from the other side; users are not resources here",
  },
  lives: [
    {
      as: "policy",
      beside: [],
      full: {
        PolicyName: "worker",
        Path: "/app/",
        PolicyDocument: rights("logs:*", "s3:*"),
        Description: "Works",
        Tags: { team: "a" },
      },
      minimal: { PolicyName: "worker", PolicyDocument: rights("logs:*", "s3:*") },
      needed: ["PolicyName", "PolicyDocument"],
      changed: {
        PolicyName: "helper",
        Path: "/other/",
        PolicyDocument: rights("logs:*"),
        Description: "Works well",
        Tags: { team: "b", more: "c" },
      },
    },
  ],
};
