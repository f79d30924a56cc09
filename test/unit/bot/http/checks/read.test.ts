import { expect, test } from "vitest";
import { permissionsPage } from "../../../../../bot/http/checks/read.ts";

test("the page on which an App's owner sets its permissions is the organization's where that owns it", () => {
  const app = (type: string) => ({ slug: "our-deployer", owner: { login: "acme", type } });
  expect(permissionsPage(app("User"), "https://github.com")).toBe(
    "https://github.com/settings/apps/our-deployer/permissions",
  );
  expect(permissionsPage(app("Organization"), "https://ghe.example.com")).toBe(
    "https://ghe.example.com/organizations/acme/settings/apps/our-deployer/permissions",
  );
});
