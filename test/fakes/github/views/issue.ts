import type { JsonObject } from "../json.ts";
import type { Account, Comment, Issue, Label, Reaction, Repository } from "../state/types.ts";
import { account, type World } from "../state/world.ts";
import { userView } from "./account.ts";
import { viaApp } from "./app.ts";
import { nodeId, time, timeOrNull } from "./common.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

/** How an author relates to a repository; by design without regard to teams. */
export function association(world: World, repository: Repository, author: Account): string {
  if (repository.owner === author) return "OWNER";
  if (world.members.get(repository.owner.login.toLowerCase())?.has(author.login.toLowerCase()))
    return "MEMBER";
  if (repository.collaborators.has(author.login.toLowerCase())) return "COLLABORATOR";
  return "NONE";
}

const contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"];

function rollup(url: string, reactions: readonly Reaction[]): JsonObject {
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(
      contents.map((content) => [content, reactions.filter((each) => each.content === content).length]),
    ),
  };
}

/** `label`. */
export function labelView(world: World, repository: Repository, label: Label): JsonObject {
  return {
    id: label.id,
    node_id: nodeId("Label", label.id),
    url: `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: false,
  };
}

/** The labels an issue carries. */
export function labelsView(world: World, issue: Issue): JsonObject[] {
  return [...issue.labels].flatMap((name) => {
    const label = issue.repository.labels.get(name.toLowerCase());
    return label ? [labelView(world, issue.repository, label)] : [];
  });
}

/** Where a comment is seen. */
export function commentPage(world: World, { id, issue }: Comment): string {
  const kind = issue.pull ? "pull" : "issues";
  return `${repositoryPage(world, issue.repository)}/${kind}/${issue.number}#issuecomment-${id}`;
}

/** `issue-comment`. */
export function commentView(world: World, comment: Comment): JsonObject {
  const repository = repositoryUrl(world, comment.issue.repository);
  const url = `${repository}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: commentPage(world, comment),
    issue_url: `${repository}/issues/${comment.issue.number}`,
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    user: userView(world, comment.author),
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    body: comment.body,
    author_association: association(world, comment.issue.repository, comment.author),
    reactions: rollup(url, comment.reactions),
    performed_via_github_app: viaApp(world, comment.app),
  };
}

/** `reaction`. */
export function reactionView(world: World, { id, author, content, createdAt }: Reaction): JsonObject {
  return {
    id,
    node_id: nodeId("Reaction", id),
    user: userView(world, author),
    content,
    created_at: time(createdAt),
  };
}

/** `issue`; of a pull request the part of it that is an issue. */
export function issueView(world: World, issue: Issue): JsonObject {
  const { repository, number, pull, closed } = issue;
  const url = `${repositoryUrl(world, repository)}/issues/${number}`;
  const page = `${repositoryPage(world, repository)}/${pull ? "pull" : "issues"}/${number}`;
  const assignees = [...issue.assignees].map((login) => userView(world, account(world, login)));
  return {
    url,
    repository_url: repositoryUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: page,
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number,
    title: issue.title,
    user: userView(world, issue.author),
    labels: labelsView(world, issue),
    state: closed ? "closed" : "open",
    state_reason: closed?.reason ?? null,
    locked: false,
    active_lock_reason: null,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments.length,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: timeOrNull(closed?.at),
    closed_by: closed ? userView(world, closed.by) : null,
    author_association: association(world, repository, issue.author),
    body: issue.body,
    reactions: rollup(url, issue.reactions),
    performed_via_github_app: viaApp(world, issue.app),
    ...(pull
      ? {
          draft: pull.draft,
          pull_request: {
            url: `${repositoryUrl(world, repository)}/pulls/${number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: timeOrNull(pull.merged?.at),
          },
        }
      : {}),
  };
}
