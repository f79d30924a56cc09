import type { Account, Actor, Issue, Label, Pull, Repository } from "../state/types.ts";
import { isPull, type World } from "../state/world.ts";
import { issueView, labelView } from "../views/issue.ts";
import { fullPullView } from "../views/pull.ts";

export interface NewIssue {
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
}

/** Tells of something that happened to an issue, or to a pull request, which has an event of its own. */
export function tellIssue(world: World, action: string, by: Account, issue: Issue, more = {}): void {
  const pull = isPull(issue);
  world.emit({
    name: pull ? "pull_request" : "issues",
    action,
    repository: issue.repository,
    sender: by,
    payload: {
      ...(pull
        ? { number: issue.number, pull_request: fullPullView(world, issue) }
        : { issue: issueView(world, issue) }),
      ...more,
    },
  });
}

/** The label called so, made when there is none: that is what GitHub does for labels on issues. */
export function labelNamed(world: World, repository: Repository, name: string): Label {
  const known = repository.labels.get(name.toLowerCase());
  if (known) return known;
  const made: Label = { id: world.nextId(), name, color: "ededed", description: null };
  repository.labels.set(name.toLowerCase(), made);
  return made;
}

/** Opens an issue or, with `pull`, a pull request: they share their numbers. Does not tell of it. */
export function addIssue<P extends Pull | undefined>(
  world: World,
  by: Actor,
  repository: Repository,
  { title, body, labels, assignees }: NewIssue,
  pull: P,
): Issue & { readonly pull: P } {
  const now = world.now();
  const issue: Issue & { readonly pull: P } = {
    id: world.nextId(),
    number: repository.issues.length + 1,
    repository,
    author: by.account,
    app: by.app,
    createdAt: now,
    updatedAt: now,
    comments: [],
    labels: new Set(labels?.map((name) => labelNamed(world, repository, name).name)),
    assignees: new Set(assignees),
    reactions: [],
    pull,
    title,
    body: body ?? null,
    closed: undefined,
  };
  repository.issues.push(issue);
  return issue;
}

/** Opens an issue. */
export function openIssue(world: World, by: Actor, repository: Repository, issue: NewIssue): Issue {
  const opened = addIssue(world, by, repository, issue, undefined);
  tellIssue(world, "opened", by.account, opened);
  return opened;
}

/** Closes an issue or a pull request that was not merged. */
export function closeIssue(world: World, by: Actor, issue: Issue, reason = "completed"): void {
  if (issue.closed) return;
  issue.closed = { at: world.now(), by: by.account, reason: issue.pull ? null : reason };
  issue.updatedAt = world.now();
  tellIssue(world, "closed", by.account, issue);
}

/** Opens a closed one again. A merged pull request stays as it is. */
export function reopenIssue(world: World, by: Actor, issue: Issue): void {
  if (!issue.closed || issue.pull?.merged) return;
  issue.closed = undefined;
  issue.updatedAt = world.now();
  tellIssue(world, "reopened", by.account, issue);
}

/** Changes title or text. */
export function editIssue(
  world: World,
  by: Actor,
  issue: Issue,
  change: { readonly title?: string | undefined; readonly body?: string | null | undefined },
): void {
  const changes: Record<string, { from: string }> = {};
  if (change.title !== undefined && change.title !== issue.title) {
    changes.title = { from: issue.title };
    issue.title = change.title;
  }
  if (change.body !== undefined && change.body !== issue.body) {
    changes.body = { from: issue.body ?? "" };
    issue.body = change.body;
  }
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = world.now();
  tellIssue(world, "edited", by.account, issue, { changes });
}

/** Sets the labels of an issue to these and tells of every one that came or went. */
export function setLabels(world: World, by: Actor, issue: Issue, names: readonly string[]): void {
  const { repository } = issue;
  const wanted = new Map(names.map((name) => [labelNamed(world, repository, name).name, name]));
  for (const name of [...issue.labels])
    if (!wanted.has(name)) {
      issue.labels.delete(name);
      const label = labelView(world, repository, labelNamed(world, repository, name));
      tellIssue(world, "unlabeled", by.account, issue, { label });
    }
  for (const name of wanted.keys())
    if (!issue.labels.has(name)) {
      issue.labels.add(name);
      const label = labelView(world, repository, labelNamed(world, repository, name));
      tellIssue(world, "labeled", by.account, issue, { label });
    }
}
