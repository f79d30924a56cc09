import { entry, trust } from "../beside.ts";
import { NAME, type TypeExample } from "../example.ts";

const mayCall = (name: string) =>
  entry("IAM", "Role", { RoleName: name, AssumeRolePolicyDocument: trust("events.amazonaws.com") });
const bus = entry("CloudWatchEvents", "EventBus", { Name: "shop" });

export const example: TypeExample = {
  type: "CloudWatchEvents::Rule",
  cloudFormation: [{ type: "AWS::Events::Rule" }],
  differences: {
    "Name: required here only": NAME,
    "Targets: only there": "each is a CloudWatchEvents::Target",
  },
  lives: [
    {
      as: "pattern",
      beside: [mayCall("caller"), mayCall("other"), bus],
      full: {
        Name: "orders",
        EventBusName: "shop",
        EventPattern: { source: ["shop.orders"] },
        State: "DISABLED",
        Description: "Orders",
        RoleArn: "arn:aws:iam::123456789012:role/caller",
        Tags: { team: "a" },
      },
      minimal: { Name: "orders", EventBusName: "shop", EventPattern: { source: ["shop.orders"] } },
      needed: ["Name", "EventBusName", "EventPattern"],
      changed: {
        Name: "invoices",
        EventBusName: "default",
        EventPattern: '{"source":["shop.invoices"]}',
        State: "ENABLED",
        Description: "Invoices",
        RoleArn: "arn:aws:iam::123456789012:role/other",
        Tags: { team: "b" },
      },
    },
    {
      as: "schedule",
      beside: [],
      full: { Name: "daily", ScheduleExpression: "rate(1 day)" },
      minimal: { Name: "daily", ScheduleExpression: "rate(1 day)" },
      needed: ["Name", "ScheduleExpression"],
      changed: { ScheduleExpression: "cron(0 12 * * ? *)" },
    },
  ],
};
