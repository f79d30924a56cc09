import { otherRole, role } from "../beside.ts";
import { NAME, type TypeExample } from "../example.ts";

export const example: TypeExample = {
  type: "IAM::InstanceProfile",
  cloudFormation: [{ type: "AWS::IAM::InstanceProfile" }],
  differences: {
    "InstanceProfileName: required here only": NAME,
    "Roles: required there only": "a profile can be without a role for a while",
    "Tags: only here": "IAM's API has them",
  },
  onMiniStack: true,
  onMoto: true,
  lives: [
    {
      as: "profile",
      beside: [role, otherRole],
      full: { InstanceProfileName: "hosts", Path: "/shop/", Roles: ["caller"], Tags: { team: "a" } },
      minimal: { InstanceProfileName: "hosts" },
      needed: ["InstanceProfileName"],
      changed: {
        InstanceProfileName: "hosts-2",
        Path: "/other/",
        Roles: ["other"],
        Tags: { team: "b" },
      },
    },
  ],
};
