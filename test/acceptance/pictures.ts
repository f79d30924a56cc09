/**
 * What docs/images shows, as the HTML of each picture: comments as GitHub lays them out, and the bot's pages. The same every time:
 * ids and times are fixed, and pages are without their script, so times are those of the server.
 */
import { addressCheck, appChecks, awsCheck, installationChecks } from "../../bot/http/checks/judge.ts";
import { checksBody } from "../../bot/http/checks/list.ts";
import { historyBody, historyTitle } from "../../bot/http/pages/history/page.ts";
import { listBody } from "../../bot/http/pages/list-page.ts";
import { runBody, runTitle } from "../../bot/http/pages/run-page.ts";
import { viewOf } from "../../bot/http/pages/run-view.ts";
import { countsOf } from "../../bot/services/counts.ts";
import { PERMISSIONS, WEBHOOK_EVENTS } from "../../bot/http/setup/app-manifest.ts";
import type { Html } from "../../bot/http/web/html.ts";
import { document, type Page } from "../../bot/http/web/layout.ts";
import { isApplicable, type Plan } from "../../src/model/plan.ts";
import type { Run, RunEvent } from "../../src/model/run.ts";
import { commentStates } from "../fixtures/comments.ts";
import { aStack } from "../fakes/store.ts";
import * as plans from "../fixtures/plans.ts";
import { githubPage } from "./github-page.ts";

export interface Picture {
  /** Of its file in docs/images, without `.png`. */
  readonly name: string;
  readonly html: string;
  readonly width: number;
  readonly theme: "light" | "dark";
  /** Only this part of the page. */
  readonly element?: string | undefined;
}

const VIEWS = {
  desk: { width: 800, theme: "light" },
  "desk-dark": { width: 800, theme: "dark" },
  phone: { width: 390, theme: "light" },
  "phone-dark": { width: 390, theme: "dark" },
} as const;

type View = keyof typeof VIEWS;
const ALL: readonly View[] = ["desk", "desk-dark", "phone", "phone-dark"];
const TWO: readonly View[] = ["desk", "phone-dark"];

/** Which states the documents keep, and in which views. */
const COMMENTS: Readonly<Record<string, readonly View[]>> = {
  "plan-everyday": ALL,
  "plan-blocked": TWO,
  "apply-done": ALL,
  "apply-failed": TWO,
  "drift-issue": TWO,
};

const PAGES: Readonly<Record<string, readonly View[]>> = {
  "page-run": ALL,
  "page-graph": TWO,
  "page-failed": TWO,
  "page-blocked": TWO,
  "page-runs": TWO,
  "page-empty": ["phone"],
  "page-history": TWO,
  "page-checks": TWO,
};

export function pictures(): readonly Picture[] {
  const comments = commentStates();
  const pages = pageStates();
  const each = (
    views: Readonly<Record<string, readonly View[]>>,
    html: (state: string, view: View) => string,
  ) =>
    Object.entries(views).flatMap(([state, some]) =>
      some.map((view) => ({
        name: `${state}-${view}`,
        html: html(state, view),
        ...VIEWS[view],
        ...(state === "page-graph" ? { element: "#graph" } : {}),
      })),
    );
  return [
    ...each(COMMENTS, (state, view) => githubPage(comments[state] ?? "", VIEWS[view].theme)),
    ...each(PAGES, (state) => pages[state] ?? ""),
  ];
}

const NOW = Date.UTC(2026, 10, 2, 12, 3, 4);
const SERVER = "https://github.com";
const MINUTE = 60_000;

function aRun(number: number, plan: Plan, more: Partial<Run> = {}): Run {
  const began = NOW - number * 37 * MINUTE;
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    group: "g",
    stack: { ...aStack(), repository: { ...aStack().repository, owner: "acme", name: "hello-api" } },
    kind: "apply",
    text: "/apply",
    cause: { by: "command", login: "ana", pull: 7, commentId: 5 },
    sha: `${number}a2b3c4d`.padEnd(40, "0"),
    adopt: [],
    state: "succeeded",
    createdAt: new Date(began - 1000),
    startedAt: new Date(began),
    endedAt: new Date(began + 23_000),
    attempts: 1,
    cancelRequested: false,
    plan,
    counts: countsOf(plan),
    ...(isApplicable(plan) ? {} : { blocked: true }),
    ...more,
  };
}

function pageStates(): Readonly<Record<string, string>> {
  const first = plans.pictured({ ...plans.firstDeploy(), open: ["GET /hello"] });
  const done = aRun(1, first, { result: plans.succeeded(first) });
  const halves = plans.halfFailed();
  const failed = aRun(2, halves.plan, { state: "failed", result: halves });
  const blocked = aRun(3, plans.blocked(), { kind: "plan", text: "/plan" });
  const merged = aRun(4, plans.everyday(), {
    cause: { by: "merge", login: "ben", pull: 6, commit: "4a2b3c4d" },
    text: undefined,
  });
  const compared = aRun(5, plans.unchanged(), {
    kind: "plan",
    cause: { by: "page", login: "ben", of: done.id, slot: 1 },
    text: undefined,
  });
  const list = [done, failed, blocked, merged, compared];
  const facts = { now: NOW, serverUrl: SERVER };
  const ofRun = (run: Run, last?: Run, partly?: Run): string =>
    shown({
      title: runTitle(viewOf(run, [])),
      body: runBody(
        { view: viewOf(run, logOf(run)), ...facts },
        { siblings: [], deployed: { last, partly } },
      ),
    });
  const listed = (runs: readonly Run[]): Html =>
    listBody({ runs, locks: [], filter: { limit: 50 }, ...facts }, ["acme/hello-api"]);
  return {
    "page-run": ofRun(done, done),
    "page-graph": ofRun({ ...done, plan: shop(), result: undefined, kind: "plan" }, done),
    "page-failed": ofRun(failed, merged, failed),
    "page-blocked": ofRun(blocked, done),
    "page-runs": shown({ title: "Runs", current: "runs", body: listed(list) }),
    "page-empty": shown({ title: "Runs", current: "runs", body: listed([]) }),
    "page-history": shown({
      title: historyTitle(done),
      body: historyBody({
        stack: done.stack,
        runs: [done, failed, merged],
        deployedId: done.id,
        all: false,
        isOlder: false,
        ...facts,
      }),
    }),
    "page-checks": shown({ title: "Set-up", current: "checks", body: checksBody(someMissing()) }),
  };
}

/** A stack with something to draw: three routes, two functions, a table that both use. */
function shop(): Plan {
  const api = "ApiGatewayV2::Api::shop";
  const table = "DynamoDB::Table::orders";
  const route = (name: string, to: string, more: Parameters<typeof plans.aChange>[3] = {}) =>
    plans.aChange("no-op", "ApiGatewayV2::Route", `route::shop::${name}`, {
      after: [api, `Lambda::Function::${to}`],
      ...more,
    });
  const allows = (name: string, ...actions: readonly string[]) =>
    plans.aChange("create", "IAM::Policy", name, {
      after: [table],
      properties: plans.set({
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: [...actions],
              Resource: "arn:aws:dynamodb:eu-west-2:840541460064:table/orders",
            },
          ],
        },
      }),
    });
  const works = (action: "create" | "update" | "no-op", name: string, policy: string) => [
    plans.aChange("no-op", "IAM::Role", name, { after: [`IAM::Policy::${policy}`] }),
    plans.aChange(action, "Lambda::Function", name, { after: [`IAM::Role::${name}`] }),
  ];
  const plan = plans.aPlan([
    plans.aChange("no-op", "ApiGatewayV2::Api", "shop"),
    plans.aChange("no-op", "DynamoDB::Table", "orders"),
    allows("read-orders", "dynamodb:Query"),
    allows("write-orders", "dynamodb:PutItem", "dynamodb:UpdateItem"),
    ...works("no-op", "list-orders", "read-orders"),
    ...works("update", "save-order", "write-orders"),
    route("GET /orders", "list-orders"),
    { ...route("POST /orders", "save-order"), action: "create" },
    route("PUT /orders/{id}", "save-order"),
  ]);
  return plans.pictured({ ...plan, open: ["GET /orders"] });
}

function logOf({ id, createdAt, plan }: Run): readonly RunEvent[] {
  return [
    {
      runId: id,
      sequence: 1,
      at: createdAt,
      event: { kind: "log", text: "reading 840541460064 in eu-west-2" },
    },
    { runId: id, sequence: 2, at: createdAt, event: { kind: "plan", planId: plan?.id ?? "" } },
  ];
}

function someMissing() {
  const needed = { permissions: PERMISSIONS, events: WEBHOOK_EVENTS };
  const all = Object.fromEntries(Object.entries(PERMISSIONS).map(([name, { level }]) => [name, level]));
  const { actions: _, ...without } = all;
  const arn = "arn:aws:sts::840541460064:assumed-role/gatewright/i-0abc";
  return [
    addressCheck("https://gatewright.example.com"),
    ...appChecks({ permissions: all, events: WEBHOOK_EVENTS }, needed, "https://github.com/settings/apps/x"),
    ...installationChecks(
      [
        {
          id: 7,
          account: "acme",
          url: "https://github.com/organizations/acme/settings/installations/7",
          permissions: without,
          isSuspended: false,
        },
      ],
      needed,
      "https://github.com/apps/gatewright/installations/new",
    ),
    ...awsCheck({ identity: { account: "840541460064", partition: "aws", arn } }, "eu-west-2"),
  ];
}

function shown(it: Pick<Page, "title" | "body" | "current">): string {
  const page = String(document({ ...it, login: "ana", version: "0.1.0", now: NOW }, "x"));
  return page.replace(/<script[\s\S]*?<\/script>/, "");
}
