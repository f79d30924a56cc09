import type { JsonObject } from "../../../src/model/values.ts";
import { NAME, type TypeExample } from "../example.ts";

const body = (markdown: string): JsonObject => ({
  widgets: [{ type: "text", x: 0, y: 0, width: 12, height: 6, properties: { markdown } }],
});

export const example: TypeExample = {
  type: "CloudWatch::Dashboard",
  cloudFormation: [{ type: "AWS::CloudWatch::Dashboard" }],
  differences: {
    "DashboardName: required here only": NAME,
  },
  lives: [
    {
      as: "dashboard",
      beside: [],
      full: { DashboardName: "shop", DashboardBody: body("The shop"), Tags: { team: "a" } },
      minimal: { DashboardName: "shop", DashboardBody: JSON.stringify(body("A shop")) },
      needed: ["DashboardName", "DashboardBody"],
      changed: { DashboardName: "shops", DashboardBody: body("Another shop"), Tags: { team: "b" } },
    },
  ],
};
