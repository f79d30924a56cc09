import { rights } from "../beside.ts";
import type { TypeExample } from "../example.ts";

export const example: TypeExample = {
  type: "KMS::Key",
  cloudFormation: [{ type: "AWS::KMS::Key", renamed: { KeyPolicy: "Policy" } }],
  differences: {
    "Name: only here":
      "the spec's name of the key, and its alias, which CloudFormation has as a type of its own",
    "BypassPolicyLockoutSafetyCheck: only there": "a key that nobody can change again is never wanted here",
    "KeySpec: replaces here only": "UpdateKey… has no call for it",
    "KeyUsage: replaces here only": "UpdateKey… has no call for it",
    "MultiRegion: replaces here only": "UpdateKey… has no call for it",
    "Origin: only there": "imported key material cannot be written in a spec",
    "PendingWindowInDays: only there": "always 30 days, AWS's own default and the longest",
    "RotationPeriodInDays: 365 there when not given; here not said": "it is, where rotation is on",
  },
  onMiniStack: true,
  onMoto: true,
  lives: [
    {
      as: "symmetric",
      beside: [],
      full: {
        Name: "orders",
        Description: "For orders",
        Policy: rights("kms:*"),
        Enabled: true,
        MultiRegion: true,
        EnableKeyRotation: true,
        RotationPeriodInDays: 100,
        Tags: { team: "a" },
      },
      minimal: { Name: "orders" },
      needed: ["Name"],
      changed: {
        Name: "orders-2",
        Description: "For all orders",
        Policy: rights("kms:*", "kms:Decrypt"),
        Enabled: false,
        MultiRegion: false,
        EnableKeyRotation: false,
        RotationPeriodInDays: 200,
        Tags: { team: "b" },
      },
    },
    {
      as: "for signatures",
      beside: [],
      full: { Name: "signs", KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
      minimal: { Name: "signs", KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" },
      needed: ["Name", "KeySpec"],
      changed: { KeySpec: "RSA_4096", KeyUsage: "ENCRYPT_DECRYPT" },
    },
  ],
};
