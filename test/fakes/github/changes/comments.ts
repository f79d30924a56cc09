import type { Actor, Comment, Issue, Reaction } from "../state/types.ts";
import type { World } from "../state/world.ts";
import { commentView, issueView } from "../views/issue.ts";

function tell(world: World, action: string, by: Actor, comment: Comment, more = {}): void {
  world.emit({
    name: "issue_comment",
    action,
    repository: comment.issue.repository,
    sender: by.account,
    payload: { issue: issueView(world, comment.issue), comment: commentView(world, comment), ...more },
  });
}

/** Writes a comment on an issue or a pull request. */
export function createComment(world: World, by: Actor, issue: Issue, body: string): Comment {
  const now = world.now();
  const comment: Comment = {
    id: world.nextId(),
    issue,
    author: by.account,
    app: by.app,
    createdAt: now,
    updatedAt: now,
    reactions: [],
    body,
  };
  issue.comments.push(comment);
  issue.updatedAt = now;
  tell(world, "created", by, comment);
  return comment;
}

/** Replaces a comment's text. Its author stays. */
export function editComment(world: World, by: Actor, comment: Comment, body: string): void {
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = world.now();
  tell(world, "edited", by, comment, { changes: { body: { from } } });
}

/** Takes a comment away. */
export function deleteComment(world: World, by: Actor, comment: Comment): void {
  const { comments } = comment.issue;
  comments.splice(comments.indexOf(comment), 1);
  tell(world, "deleted", by, comment);
}

/** Adds a reaction; the same one twice by one account is the first one. GitHub sends no event for it. */
export function react(
  world: World,
  by: Actor,
  reactions: Reaction[],
  content: string,
): { readonly reaction: Reaction; readonly isNew: boolean } {
  const known = reactions.find((each) => each.author === by.account && each.content === content);
  if (known) return { reaction: known, isNew: false };
  const reaction: Reaction = { id: world.nextId(), content, author: by.account, createdAt: world.now() };
  reactions.push(reaction);
  return { reaction, isNew: true };
}
