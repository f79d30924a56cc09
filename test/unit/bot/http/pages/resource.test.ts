import { describe, expect, it } from "vitest";
import { aboutResource, resourceCell, resourceName } from "../../../../../bot/http/pages/shared/resource.ts";
import { html } from "../../../../../bot/http/web/html.ts";

const ROUTE = "ApiGatewayV2::Route::route::my-api::GET /hello";

describe("a resource on a page", () => {
  it("is named as in comments, with its full name for who points at it", () => {
    expect(String(resourceCell({ type: "ApiGatewayV2::Route", name: "route::my-api::GET /hello" }))).toBe(
      `<span class="name" title="${ROUTE}">GET /hello</span> <span class="type">route of my-api</span>`,
    );
    expect(String(resourceName(ROUTE))).toBe(`<code title="${ROUTE}">GET /hello</code>`);
  });

  it("says more beside what it is", () => {
    const cell = resourceCell({ type: "IAM::Role", name: "shop" }, html` · resources.js:3`);
    expect(String(cell)).toContain('<span class="type">IAM role · resources.js:3</span>');
  });

  it("begins a problem in words", () => {
    expect(String(html`${aboutResource(`${ROUTE} was changed`, ROUTE)}`)).toBe(
      `The route <code title="${ROUTE}">GET /hello</code> of my-api was changed`,
    );
  });

  it.each([
    ["no resource", "the branch is behind", undefined],
    ["another one first", `plan 1 changes ${ROUTE}`, ROUTE],
    ["something that has no type", "shop was changed", "shop"],
  ])("leaves a problem alone that has %s", (_, message, key) => {
    expect(aboutResource(message, key)).toBe(message);
  });

  it("cannot break out of its place", () => {
    const name = 'a"><script>alert(1)</script>';
    for (const shown of [
      resourceCell({ type: "IAM::Role", name }),
      resourceName(`IAM::Role::${name}`),
      html`${aboutResource(`IAM::Role::${name} was changed`, `IAM::Role::${name}`)}`,
    ])
      expect(String(shown)).not.toMatch(/<script|"a"|a">/);
  });
});
