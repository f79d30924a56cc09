import { describe, expect, it } from "vitest";
import { type ListedResource, renderListing } from "../../../../src/report/terminal/listing.ts";
import { columns } from "../../../../src/text/width.ts";

const integration: ListedResource = {
  live: {
    type: "ApiGatewayV2::Integration",
    name: "integration::my-api::my-function",
    id: "tcymupe",
    attributes: {
      ConnectionType: "INTERNET",
      IntegrationId: "tcymupe",
      IntegrationUri: "arn:aws:lambda:eu-west-2:840541460064:function:my-function",
      PayloadFormatVersion: "2.0",
      TimeoutInMillis: 30000,
      ApiId: "7a38wlw431",
      ApiName: "my-api",
    },
  },
  managedByUs: true,
  tags: { "gc-managed-by": "grucloud", "gc-project-name": "@grucloud/example-aws-api-gateway-lambda" },
};

describe("the listing", () => {
  it("is a box per type with live properties and tags, then the summary and the counts", () => {
    expect(renderListing([integration], { width: 76 })).toBe(`\
┌──────────────────────────────────────────────────────────────────────────┐
│ 1 ApiGatewayV2::Integration from aws                                     │
├──────────────────────────────────────────────────────────────────────────┤
│ name: integration::my-api::my-function                                   │
│ managedByUs: Yes                                                         │
│ live:                                                                    │
│   ConnectionType: INTERNET                                               │
│   IntegrationId: tcymupe                                                 │
│   IntegrationUri: arn:aws:lambda:eu-west-2:840541460064:function:my-func │
│       tion                                                               │
│   PayloadFormatVersion: 2.0                                              │
│   TimeoutInMillis: 30000                                                 │
│   ApiId: 7a38wlw431                                                      │
│   ApiName: my-api                                                        │
│   Tags:                                                                  │
│     gc-managed-by: grucloud                                              │
│     gc-project-name: @grucloud/example-aws-api-gateway-lambda            │
└──────────────────────────────────────────────────────────────────────────┘

List Summary:
Provider: aws
┌──────────────────────────────────────────────────────────────────────────┐
│ aws                                                                      │
├───────────────────────────┬──────────────────────────────────────────────┤
│ ApiGatewayV2::Integration │ integration::my-api::my-function             │
└───────────────────────────┴──────────────────────────────────────────────┘
1 resource, 1 type, 1 provider
`);
  });

  it("masks what is sensitive and drops what is said twice", () => {
    const live = {
      type: "Lambda::Function",
      name: "f",
      id: "f",
      attributes: {
        MemorySize: 128,
        Environment: { Variables: { TOKEN: "hunter2" } },
        Statements: [{ Secret: "hunter2", Open: 1 }],
        Configuration: { MemorySize: 128 },
        Tags: { a: "b" },
      },
    };
    const sensitive = () => ["Environment.Variables", "Statements.*.Secret"];
    const text = renderListing([{ live, managedByUs: false, tags: {} }], { sensitive });
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("Configuration");
    expect(text).toContain("Variables: (sensitive)");
    expect(text).toContain("managedByUs: No");
  });

  it("groups by type, counts, and stays in its box whatever the names", () => {
    const odd = (name: string): ListedResource => ({
      ...integration,
      live: { ...integration.live, type: "A::B", name },
    });
    const text = renderListing([
      odd("日本語 🎉"),
      integration,
      odd("b\u202e\u001b[31m\nx"),
      odd("x".repeat(300)),
    ]);
    expect(text).toContain("│ 3 A::B from aws");
    expect(text).toContain("4 resources, 2 types, 1 provider\n");
    expect(text).not.toMatch(/[\u001b\u202e]/);
    for (const box of text.split("\n\n")) {
      const widths = box
        .split("\n")
        .filter((line) => /^[┌│├└]/.test(line))
        .map(columns);
      expect(new Set(widths).size).toBeLessThanOrEqual(1);
    }
  });

  it("of nothing says so", () => {
    expect(renderListing([])).toBe("List Summary:\nProvider: aws\n0 resources, 0 types, 1 provider\n");
  });
});
