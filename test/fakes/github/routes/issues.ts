import { closeIssue, editIssue, labelNamed, openIssue, reopenIssue, setLabels } from "../changes/issues.ts";
import { actorOf, created, ok, onRepository, type Answer, type Call, type Operations } from "../http/call.ts";
import { found, invalidField } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { has, isRecord, type Json, text, texts } from "../json.ts";
import type { Issue, Repository } from "../state/types.ts";
import { issueView, labelView, labelsView } from "../views/issue.ts";
import { issueOf } from "./lookup.ts";

const reads = ["issues:read", "pull_requests:read"];
const writes = ["issues:write", "pull_requests:write"];

/** Labels come as names or as objects with a name. */
function labelNames(body: Json | undefined): string[] {
  const list = Array.isArray(body) ? body : isRecord(body) && Array.isArray(body.labels) ? body.labels : [];
  return list.flatMap((each) => (typeof each === "string" ? [each] : (text(each, "name") ?? [])));
}

function listed(call: Call, repository: Repository): Issue[] {
  const { state = "open", labels, creator, since, sort = "created", direction = "desc" } = call.query;
  const wanted = labels?.split(",").map((label) => label.toLowerCase()) ?? [];
  const shown = repository.issues.filter(
    (issue) =>
      (state === "all" || (state === "closed") === (issue.closed !== undefined)) &&
      wanted.every((label) => [...issue.labels].some((own) => own.toLowerCase() === label)) &&
      (!creator || issue.author.login.toLowerCase() === creator.toLowerCase()) &&
      (!since || issue.updatedAt >= new Date(since)),
  );
  const key = (issue: Issue): number =>
    sort === "comments"
      ? issue.comments.length
      : issue[sort === "updated" ? "updatedAt" : "createdAt"].getTime();
  const sign = direction === "asc" ? 1 : -1;
  return shown.sort((a, b) => sign * (key(a) - key(b) || a.number - b.number));
}

function update(call: Call, repository: Repository): Answer {
  const issue = issueOf(call, repository);
  const by = actorOf(call);
  editIssue(call.world, by, issue, {
    title: text(call.body, "title"),
    body: has(call.body, "body") ? (text(call.body, "body") ?? null) : undefined,
  });
  if (has(call.body, "labels")) setLabels(call.world, by, issue, labelNames(call.body));
  if (has(call.body, "assignees")) {
    issue.assignees.clear();
    for (const login of texts(call.body, "assignees")) issue.assignees.add(login);
  }
  const state = text(call.body, "state");
  if (state === "closed") closeIssue(call.world, by, issue, text(call.body, "state_reason"));
  if (state === "open") reopenIssue(call.world, by, issue);
  return ok(issueView(call.world, issue));
}

function relabel(call: Call, repository: Repository, change: (own: Set<string>) => Iterable<string>): Answer {
  const issue = issueOf(call, repository);
  setLabels(call.world, actorOf(call), issue, [...change(new Set(issue.labels))]);
  return paged(call, labelsView(call.world, issue), (view) => view);
}

/** Issues and labels. */
export const issues: Operations = {
  "issues/list-for-repo": onRepository(reads, (call, repository) =>
    paged(call, listed(call, repository), (issue) => issueView(call.world, issue)),
  ),
  "issues/get": onRepository(reads, (call, repository) =>
    ok(issueView(call.world, issueOf(call, repository))),
  ),
  "issues/create": onRepository(
    "issues:write",
    (call, repository) => {
      const title = call.body && isRecord(call.body) ? String(call.body.title ?? "") : "";
      if (title.trim() === "") throw invalidField("Issue", "title", "missing_field");
      const issue = openIssue(call.world, actorOf(call), repository, {
        title,
        body: text(call.body, "body"),
        labels: labelNames(call.body),
        assignees: texts(call.body, "assignees"),
      });
      return created(issueView(call.world, issue));
    },
    "read",
  ),
  "issues/update": onRepository(writes, update),
  "issues/list-labels-on-issue": onRepository(reads, (call, repository) =>
    paged(call, labelsView(call.world, issueOf(call, repository)), (view) => view),
  ),
  "issues/add-labels": onRepository(
    writes,
    (call, repository) => relabel(call, repository, (own) => [...own, ...labelNames(call.body)]),
    "triage",
  ),
  "issues/set-labels": onRepository(
    writes,
    (call, repository) => relabel(call, repository, () => labelNames(call.body)),
    "triage",
  ),
  "issues/remove-label": onRepository(
    writes,
    (call, repository) =>
      relabel(call, repository, (own) => {
        const name = found([...own].find((each) => each.toLowerCase() === call.params.name?.toLowerCase()));
        return [...own].filter((each) => each !== name);
      }),
    "triage",
  ),
  "issues/list-labels-for-repo": onRepository(reads, (call, repository) =>
    paged(call, [...repository.labels.values()], (label) => labelView(call.world, repository, label)),
  ),
  "issues/get-label": onRepository(reads, (call, repository) =>
    ok(
      labelView(call.world, repository, found(repository.labels.get((call.params.name ?? "").toLowerCase()))),
    ),
  ),
  "issues/create-label": onRepository(writes, (call, repository) => {
    const name = text(call.body, "name") ?? "";
    if (repository.labels.has(name.toLowerCase())) throw invalidField("Label", "name", "already_exists");
    const label = labelNamed(call.world, repository, name);
    label.color = text(call.body, "color") ?? label.color;
    label.description = text(call.body, "description") ?? null;
    return created(labelView(call.world, repository, label));
  }),
};
