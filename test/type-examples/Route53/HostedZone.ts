import type { TypeExample } from "../example.ts";

const vpc = (VPCId: string) => ({ VPCRegion: "us-east-1", VPCId });

export const example: TypeExample = {
  type: "Route53::HostedZone",
  cloudFormation: [{ type: "AWS::Route53::HostedZone", renamed: { HostedZoneTags: "Tags" } }],
  differences: {
    "Name: required here only": "there is no zone without a name; CloudFormation's schema forgets it",
    "DelegationSetId: only here": "as in the SDK; CloudFormation lets AWS choose",
    "HostedZoneConfig.PrivateZone: only here": "as in the SDK; for `readOnly` zones",
    "HostedZoneFeatures: only there": "accelerated recovery has calls of its own; not supported yet",
    "QueryLoggingConfig: only there": "has calls of its own; not supported yet",
  },
  onMoto: true,
  lives: [
    {
      as: "public",
      beside: [],
      full: {
        Name: "shop.example.",
        HostedZoneConfig: { Comment: "The shop", PrivateZone: false },
        Tags: { team: "a" },
      },
      minimal: { Name: "shop.example." },
      needed: ["Name"],
      changed: {
        Name: "other.example.",
        "HostedZoneConfig.Comment": "The other shop",
        Tags: { team: "b" },
      },
      unseen: { "HostedZoneConfig.PrivateZone": "it only tells which of two zones a `readOnly` entry means" },
    },
    {
      as: "private",
      beside: [],
      full: { Name: "in.example.", VPCs: [vpc("vpc-1"), vpc("vpc-2")] },
      minimal: { Name: "in.example.", VPCs: [vpc("vpc-1")] },
      needed: ["Name"],
      changed: { VPCs: [vpc("vpc-2"), vpc("vpc-3")] },
    },
    {
      as: "with name servers of a delegation set",
      beside: [],
      full: { Name: "white.example.", DelegationSetId: "N1" },
      minimal: { Name: "white.example." },
      needed: ["Name"],
      changed: { DelegationSetId: "N2" },
    },
  ],
  notChanged: { "HostedZoneConfig.PrivateZone": "no call changes it; other VPCs, or none, do" },
};
