/** `/runs/history?repository=…&stage=…&directory=…`: the runs of one stack, page by page. */
import { Hono } from "hono";
import type { StackRef } from "../../../../src/model/run.ts";
import type { Store } from "../../../services/store.ts";
import type { Access } from "../../auth/access.ts";
import { type Guard, notHere } from "../../auth/guard.ts";
import type { Session } from "../../auth/session.ts";
import type { Call, Env, Routes } from "../../web/context.ts";
import { page } from "../../web/layout.ts";
import { deployedIn } from "../compare/deployed.ts";
import { HISTORY_PATH } from "../shared/history-address.ts";
import { historyBody, historyTitle, PAGE_RUNS } from "./page.ts";

interface HistoryRouteParts {
  readonly store: Pick<Store, "listRuns">;
  readonly guard: Guard;
  readonly access: Access;
  readonly serverUrl: string;
  readonly now: () => number;
  readonly version: string;
}

export function historyRoutes(parts: HistoryRouteParts): Routes {
  const routes: Routes = new Hono<Env>();
  routes.get(
    HISTORY_PATH,
    parts.guard.page((call, session) => history(parts, call, session)),
  );
  return routes;
}

const CHANGES = ["apply", "destroy"] as const;

async function history(parts: HistoryRouteParts, call: Call, session: Session): Promise<Response> {
  const { store, access, serverUrl, now, version } = parts;
  const fullName = call.req.query("repository") ?? "";
  const repository = await access.named(session.token, fullName);
  if (repository === undefined) return notHere(call, version, session.login);
  const [owner = "", name = ""] = repository.fullName.split("/");
  const stack: StackRef = {
    // The id alone chooses the runs; nothing is asked of GitHub.
    repository: { id: repository.id, owner, name, defaultBranch: "", installationId: 0 },
    stage: call.req.query("stage") ?? "",
    directory: call.req.query("directory") || ".",
  };
  const all = call.req.query("show") === "all";
  const before = call.req.query("before") || undefined;
  const [runs, newest] = await Promise.all([
    store.listRuns({
      stack,
      limit: PAGE_RUNS + 1,
      ...(all ? {} : { kinds: CHANGES }),
      ...(before === undefined ? {} : { before }),
    }),
    store.listRuns({ stack, kinds: CHANGES, states: ["succeeded"], limit: 1 }),
  ]);
  const { last } = deployedIn(newest);
  return page(call, {
    title: historyTitle({ stack }),
    current: "runs",
    login: session.login,
    version,
    now: now(),
    body: historyBody({
      stack,
      runs,
      deployedId: last?.kind === "apply" ? last.id : undefined,
      all,
      isOlder: before !== undefined,
      now: now(),
      serverUrl,
    }),
  });
}
