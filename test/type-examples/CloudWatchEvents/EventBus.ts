import { rights } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;

export const example: TypeExample = {
  type: "CloudWatchEvents::EventBus",
  cloudFormation: [{ type: "AWS::Events::EventBus" }],
  differences: {},
  lives: [
    {
      as: "bus",
      beside: [],
      full: {
        Name: "shop",
        EventSourceName: "aws.partner/shop/1",
        Description: "Orders",
        KmsKeyIdentifier: KEY,
        DeadLetterConfig: { Arn: queue("dead") },
        LogConfig: { Level: "INFO", IncludeDetail: "FULL" },
        Policy: rights("events:PutEvents"),
        Tags: { team: "a" },
      },
      minimal: { Name: "shop" },
      needed: ["Name"],
      unseen: { EventSourceName: "AWS does not answer it" },
      changed: {
        Name: "shop-2",
        EventSourceName: "aws.partner/others/1",
        Description: "Invoices",
        KmsKeyIdentifier: `${KEY}2`,
        "DeadLetterConfig.Arn": queue("other"),
        "LogConfig.Level": "TRACE",
        "LogConfig.IncludeDetail": "NONE",
        Policy: rights("events:PutEvents", "events:PutRule"),
        Tags: { team: "b" },
      },
    },
  ],
};
