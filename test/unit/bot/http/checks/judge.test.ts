import { describe, expect, test } from "vitest";
import {
  addressCheck,
  appChecks,
  awsCheck,
  type Check,
  installationChecks,
  ownersOnly,
  seenBy,
  webhookCheck,
} from "../../../../../bot/http/checks/judge.ts";
import { checkList } from "../../../../../bot/http/checks/list.ts";
import { GatewrightError } from "../../../../../src/model/errors.ts";

const needed = {
  permissions: {
    actions: { level: "read", why: "reads `runs`" },
    checks: { level: "write", why: "shows its own" },
  },
  events: ["push", "workflow_run"],
} as const;

describe("the public address", () => {
  test.each([
    ["https://gatewright.example.com", "good"],
    ["https://8.8.8.8:8443", "good"],
    ["http://gatewright.example.com", "warning"],
    ["http://localhost:3000", "bad"],
    ["https://gatewright", "bad"],
    ["https://bot.internal", "bad"],
    ["http://127.0.0.1", "bad"],
    ["https://10.1.2.3", "bad"],
    ["https://172.31.0.1", "bad"],
    ["https://172.32.0.1", "good"],
    ["https://192.168.1.1", "bad"],
    ["https://169.254.1.1", "bad"],
    ["http://[::1]:3000", "bad"],
    ["https://[fd00::1]", "bad"],
    ["https://[2001:db8::1]", "good"],
    ["nonsense", "bad"],
    [undefined, "bad"],
  ])("%s is %s", (url, state) => {
    const check = addressCheck(url);
    expect(check.state).toBe(state);
    expect(check.mend === undefined).toBe(state === "good");
  });

  test.each([
    ["https://bot.internal", "good"],
    ["https://10.1.2.3", "good"],
    ["https://gatewright", "good"],
    ["http://bot.internal", "warning"],
    ["https://localhost:3000", "bad"],
    ["https://bot.localhost", "bad"],
    ["https://127.0.0.1", "bad"],
    ["https://[::1]", "bad"],
  ])("%s is %s for an Enterprise Server, which may stand in the same network", (url, state) => {
    expect(addressCheck(url, "https://ghe.example.com").state).toBe(state);
    expect(addressCheck(url, "https://acme.ghe.com").state).toBe("bad");
  });
});

describe("the App", () => {
  const states = (permissions: Record<string, string>, events: readonly string[]) =>
    appChecks({ permissions, events }, needed, "https://github.com/settings/apps/x/permissions");

  test("has all when it may more than it needs", () => {
    const all = states({ actions: "write", checks: "admin", issues: "write" }, ["push", "workflow_run", "x"]);
    expect(all.map(({ state }) => state)).toEqual(["good", "good"]);
  });

  test("lacks what it may not, may only read, or is not told, and why that is needed", () => {
    const [permissions, events] = states({ checks: "read" }, ["push"]);
    expect(permissions).toMatchObject({
      state: "bad",
      found: "missing: actions: read (reads runs); checks: write (shows its own)",
    });
    expect(permissions?.mend).toContain("https://github.com/settings/apps/x/permissions");
    expect(events).toMatchObject({ state: "bad", found: "missing: workflow_run" });
  });

  test("is installed somewhere, everywhere with what it asks for, and not suspended", () => {
    const one = { id: 7, account: "acme", url: "https://github.com/x", isSuspended: false };
    const checks = installationChecks(
      [
        { ...one, permissions: { actions: "read", checks: "write" } },
        { ...one, permissions: { checks: "write" } },
        { ...one, permissions: {}, isSuspended: true },
      ],
      needed,
      "https://github.com/apps/x/installations/new",
    );
    expect(checks.map(({ state, found }) => [state, found])).toEqual([
      ["good", "has accepted all permissions"],
      ["bad", "has not accepted: actions: read (reads runs)"],
      ["bad", "it is suspended"],
    ]);
    expect(installationChecks([], needed, "https://github.com/apps/x/installations/new")).toMatchObject([
      { state: "bad", mend: expect.stringContaining("installations/new") },
    ]);
  });

  test("is told at this bot's address, as far as GitHub says", () => {
    const wanted = "https://a.example/api/github/webhooks";
    expect(webhookCheck(undefined, wanted)).toEqual([]);
    expect(webhookCheck(wanted, wanted)).toMatchObject([{ state: "good" }]);
    expect(webhookCheck("https://old.example/hooks", wanted)).toMatchObject([
      { state: "bad", mend: expect.stringContaining(wanted) },
    ]);
    expect(webhookCheck("", wanted)).toMatchObject([{ state: "bad" }]);
  });
});

describe("what a person sees of the checks", () => {
  const identity = { account: "840541460064", partition: "aws", arn: "arn:aws:iam::840541460064:role/bot" };
  const installed = (id: number, permissions: Record<string, string>) => ({
    id,
    account: `account-${id}`,
    url: `https://github.com/settings/installations/${id}`,
    permissions,
    isSuspended: false,
  });
  const all: readonly Check[] = [
    addressCheck("https://gatewright.example.com"),
    ...installationChecks(
      [installed(1, {}), installed(2, {}), installed(3, { actions: "read", checks: "write" })],
      needed,
      "https://github.com/apps/x/installations/new",
    ),
    ...ownersOnly(awsCheck({ identity }, "eu-west-2"), { login: "acme", isPerson: false, installation: 1 }),
  ];
  const seen = (checks: readonly Check[], ids: readonly number[], login = "zoe") =>
    seenBy(checks, { login, installations: new Set(ids) });
  const words = (ids: readonly number[]): string => JSON.stringify(seen(all, ids));

  test("are the installations that GitHub shows to them; of the others a number", () => {
    const one = seen(all, [2]);
    expect(words([2])).toContain("account-2");
    expect(words([2])).not.toMatch(/account-[13]|installations\/[13]/);
    expect(one.at(-1)).toMatchObject({
      state: "warning",
      found: "2 that GitHub does not show to you, 1 of them not well",
    });
    expect(seen(all, [1, 2]).at(-1)).toMatchObject({ state: "good" });
    expect(words([1, 2, 3])).not.toContain("Other installations");
  });

  test("is the AWS account only for people of the App's owner", () => {
    expect(words([2])).not.toContain("840541460064");
    expect(seen(all, [2]).find(({ what }) => what === "AWS credentials")).toEqual({
      state: "good",
      what: "AWS credentials",
      found: "there",
    });
    expect(words([1])).toContain("account 840541460064");
  });

  test("is the AWS account for the person who owns the App also where it is not installed at theirs, and for nobody else", () => {
    const aws = awsCheck({ identity }, "eu-west-2");
    const nobodys = [undefined, { login: "acme", isPerson: false, installation: undefined }];
    const anas = ownersOnly(aws, { login: "Ana", isPerson: true, installation: undefined });
    for (const owner of nobodys)
      expect(JSON.stringify(seen(ownersOnly(aws, owner), [2], "acme"))).not.toMatch(/840541460064|eu-west-2/);
    expect(JSON.stringify(seen(anas, [2]))).not.toContain("840541460064");
    expect(JSON.stringify(seen(anas, [], "ana"))).toContain("840541460064");
  });
});

test("AWS says whose the credentials are, or what is missing", () => {
  const identity = { account: "840541460064", partition: "aws", arn: "arn:aws:iam::840541460064:role/bot" };
  expect(awsCheck({ identity }, "eu-west-2").map(({ state }) => state)).toEqual(["good", "good"]);
  expect(awsCheck({ identity }, undefined).map(({ state }) => state)).toEqual(["good", "warning"]);
  const error = new GatewrightError("AWS_NO_CREDENTIALS", "none were found", { hint: "Set them." });
  expect(awsCheck({ error }, "eu-west-2")[0]).toMatchObject({
    state: "bad",
    found: "AWS_NO_CREDENTIALS: none were found",
    mend: "Set them.",
  });
  expect(awsCheck({ error: new Error("secret of the SDK") }, undefined)[0]?.found).not.toContain("secret");
});

test("a list begins with what is missing, and says so without colour", () => {
  const list = String(
    checkList([
      { state: "good", what: "One", found: "<b>" },
      { state: "warning", what: "Two", found: "so so" },
      { state: "bad", what: "Three", found: "none", mend: "Do it." },
    ]),
  );
  expect(list.match(/<strong>\w+/g)).toEqual(["<strong>Three", "<strong>Two", "<strong>One"]);
  expect(list).toContain("Missing: </span>");
  expect(list).toContain("&lt;b&gt;");
});
