import { describe, expect, test } from "vitest";
import { chartOf } from "../../../../../../bot/http/pages/graph/chart.ts";
import { fitted, placed } from "../../../../../../bot/http/pages/graph/layout.ts";
import { graphSection } from "../../../../../../bot/http/pages/graph/picture.ts";
import type { GraphNode, Plan } from "../../../../../../src/model/plan.ts";
import type { JsonObject, JsonValue } from "../../../../../../src/model/values.ts";
import { aPlan, firstDeploy, large, pictured } from "../../../../../fixtures/plans.ts";

const withGraph = (graph: readonly GraphNode[], more: Partial<Plan> = {}): Plan => ({
  ...aPlan([]),
  ...more,
  graph,
});

const POLICY = "IAM::Policy::orders";
const ROLE = "IAM::Role::function";
const FUNCTION = "Lambda::Function::orders";
const INTEGRATION = "ApiGatewayV2::Integration::integration::shop::orders";
const ROUTE = "ApiGatewayV2::Route::route::shop::GET /orders";
const TABLE = "DynamoDB::Table::orders";
const document = (Action: string, Resource: JsonValue): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});

const shop: readonly GraphNode[] = [
  { key: "ApiGatewayV2::Api::shop", needs: [] },
  { key: TABLE, needs: [] },
  {
    key: POLICY,
    needs: [TABLE],
    allows: { PolicyDocument: document("dynamodb:PutItem", { $unknown: `${TABLE} arn` }) },
  },
  {
    key: ROLE,
    needs: [POLICY],
    allows: {
      Policies: { logs: document("logs:PutLogEvents", "*") },
      AttachedPolicies: [
        "arn:aws:iam::840541460064:policy/orders",
        "arn:aws:iam::aws:policy/service-role/AWSXRayDaemonWriteAccess",
      ],
    },
  },
  { key: FUNCTION, needs: [ROLE] },
  { key: INTEGRATION, needs: ["ApiGatewayV2::Api::shop", FUNCTION] },
  { key: ROUTE, needs: ["ApiGatewayV2::Api::shop", INTEGRATION] },
  { key: "Lambda::Permission::orders", needs: ["ApiGatewayV2::Api::shop", FUNCTION] },
];

describe("the chart of a stack", () => {
  test("leads from routes over integrations to functions, and over roles and policies to what those may use", () => {
    const chart = chartOf(withGraph(shop, { open: ["GET /orders"] }));
    expect(chart?.arrows).toEqual([
      { from: FUNCTION, to: TABLE },
      { from: ROUTE, to: FUNCTION },
    ]);
    expect(chart?.boxes).toMatchObject([
      { title: "orders", kind: "DynamoDB table", may: [] },
      {
        title: "orders",
        kind: "Lambda function",
        isOpen: false,
        may: [
          "logs:PutLogEvents on *",
          "all of the policy AWSXRayDaemonWriteAccess",
          "dynamodb:PutItem on orders (new)",
        ],
      },
      { title: "GET /orders", kind: "route of shop", isOpen: true, may: [] },
    ]);
  });

  test("names what is called outside of the stack, without the query of an address", () => {
    const outside = [
      {
        key: "ApiGatewayV2::Integration::integration::a::x",
        needs: [],
        target: "https://example.com/x?key=1",
      },
      {
        key: "ApiGatewayV2::Route::route::a::GET /x",
        needs: ["ApiGatewayV2::Integration::integration::a::x"],
      },
      {
        key: "ApiGatewayV2::Integration::integration::a::y",
        needs: [],
        target: "arn:aws:lambda:eu-west-2:840541460064:function:elsewhere:live",
      },
      {
        key: "ApiGatewayV2::Route::route::a::GET /y",
        needs: ["ApiGatewayV2::Integration::integration::a::y"],
      },
    ];
    const titles = chartOf(withGraph(outside))?.boxes.map(({ title }) => title);
    expect(titles).toEqual(["GET /x", "GET /y", "https://example.com/x", "elsewhere"]);
  });

  test("has what a route asks before it calls anything: its authorizer, and the function that answers that", () => {
    const authorizer = "ApiGatewayV2::Authorizer::authorizer::shop::keys";
    const check = "Lambda::Function::check";
    const away = "ApiGatewayV2::Integration::integration::shop::away";
    const graph = [
      { key: check, needs: [] },
      { key: authorizer, needs: [check] },
      { key: away, needs: [], target: "https://example.com/x" },
      { key: ROUTE, needs: [away, authorizer] },
    ];
    const chart = chartOf(withGraph(graph));
    expect(chart?.arrows).toEqual([
      { from: authorizer, to: check },
      { from: ROUTE, to: authorizer },
      { from: ROUTE, to: "https://example.com/x" },
    ]);
    expect(chart?.boxes).toMatchObject([
      { title: "check" },
      { title: "keys", kind: "authorizer of shop" },
      { title: "GET /orders" },
      { title: "https://example.com/x" },
    ]);
  });

  test("calls no route public that is open in one of two APIs with the same one", () => {
    const two = ["a", "b"].map((api) => ({
      key: `ApiGatewayV2::Route::route::${api}::GET /x`,
      needs: [FUNCTION],
    }));
    const chart = chartOf(withGraph([{ key: FUNCTION, needs: [] }, ...two], { open: ["GET /x"] }));
    expect(chart?.boxes.filter(({ isOpen }) => isOpen)).toEqual([]);
  });

  test("says of each what becomes of it", () => {
    const changes = chartOf(pictured(firstDeploy()))?.boxes.map(({ title, change }) => [title, change]);
    expect(changes).toEqual([
      ["my-function", "create"],
      ["GET /hello", "create"],
    ]);
  });

  test("ends where resources need each other, and is none where nothing calls anything or a plan is old", () => {
    const circle = [
      { key: ROLE, needs: [POLICY] },
      { key: POLICY, needs: [ROLE, TABLE] },
      { key: TABLE, needs: [FUNCTION] },
      { key: FUNCTION, needs: [ROLE, FUNCTION] },
    ];
    expect(chartOf(withGraph(circle))?.arrows).toEqual([
      { from: TABLE, to: FUNCTION },
      { from: FUNCTION, to: TABLE },
    ]);
    expect(placed(chartOf(withGraph(circle)) ?? { boxes: [], arrows: [] }).arrows).toHaveLength(2);
    expect(chartOf(withGraph([{ key: FUNCTION, needs: [] }]))).toBeUndefined();
    expect(chartOf({ ...aPlan([]), graph: undefined })).toBeUndefined();
  });
});

test("a text that is too long for its box is cut between letters, also where one is several characters", () => {
  const family = "👨‍👩‍👧‍👦";
  expect(fitted("short")).toBe("short");
  expect(fitted("x".repeat(50))).toBe(`${"x".repeat(43)}…`);
  expect(fitted(`${"x".repeat(42)}👍${"x".repeat(9)}`)).toBe(`${"x".repeat(42)}…`);
  expect(fitted(`${"x".repeat(40)}${family}${"x".repeat(9)}`)).toBe(`${"x".repeat(40)}…`);
});

describe("the picture", () => {
  test("is the same for the same plan, has callers on the left, and no box on another", () => {
    const chart = chartOf(withGraph(shop));
    if (chart === undefined) throw new Error("no chart");
    const one = placed(chart);
    expect(placed(chart)).toEqual(one);
    const at = (id: string) => {
      const found = one.boxes.find(({ box }) => box.id === id);
      if (found === undefined) throw new Error(id);
      return found;
    };
    expect(at(ROUTE).x + at(ROUTE).width).toBeLessThan(at(FUNCTION).x);
    expect(at(FUNCTION).x + at(FUNCTION).width).toBeLessThan(at(TABLE).x);
    for (const { x, y, width, height } of one.boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(one.width);
      expect(y + height).toBeLessThanOrEqual(one.height);
    }
  });

  test("shows every name as text, and says all of it in words", () => {
    const evil = '"><script>alert(1)</script>';
    const named = shop.map((node) =>
      JSON.parse(JSON.stringify(node).replaceAll("GET /orders", JSON.stringify(evil).slice(1, -1))),
    );
    const section = String(graphSection(withGraph(named)));
    expect(section).not.toContain("<script");
    expect(section).toContain("&lt;script&gt;");
    expect(section).not.toContain(" style=");
    const text = String(graphSection(withGraph(shop)));
    expect(text).toContain("may dynamodb:PutItem on orders (new)</li>");
    expect(text).toMatch(
      /GET \/orders<\/span> <span class="type">route of shop<\/span> → <span class="name">orders/,
    );
    expect(text).toContain('aria-hidden="true"');
  });

  test("of a large stack is left to the words", () => {
    const routes = Array.from({ length: 80 }, (_, index) => ({
      key: `ApiGatewayV2::Route::route::shop::GET /${index}`,
      needs: [FUNCTION],
    }));
    const section = String(graphSection(withGraph([{ key: FUNCTION, needs: [] }, ...routes])));
    expect(section).not.toContain("<svg");
    expect(section).toContain("GET /79");
    expect(String(graphSection(pictured(large(3))))).not.toContain("NaN");
  });
});
