import { createComment, deleteComment, editComment } from "../changes/comments.ts";
import { actorOf, created, noContent, ok, onRepository, type Call, type Operations } from "../http/call.ts";
import { GitHubError, invalidField } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { text } from "../json.ts";
import { atLeast, roleOf } from "../state/permissions.ts";
import type { Comment, Repository } from "../state/types.ts";
import { commentView } from "../views/issue.ts";
import { commentOf, issueOf } from "./lookup.ts";

const reads = ["issues:read", "pull_requests:read"];
const writes = ["issues:write", "pull_requests:write"];
/** GitHub counts characters, and refuses one more with this very sentence. */
const longest = 65_536;

function bodyOf(call: Call): string {
  const body = text(call.body, "body") ?? "";
  if (body.trim() === "") throw invalidField("IssueComment", "body", "missing_field");
  if (body.length > longest)
    throw invalidField(
      "IssueComment",
      "data",
      "unprocessable",
      `Body is too long (maximum is ${longest} characters)`,
    );
  return body;
}

/** An App edits its own comments, or any with write permission; a person their own, or any as a writer. */
function mayChange(call: Call, repository: Repository, comment: Comment): void {
  const { account } = actorOf(call);
  if (account === comment.author || account.type === "Bot") return;
  if (!atLeast(roleOf(call.world, repository, account), "write"))
    throw new GitHubError(403, "Must have admin rights to Repository.");
}

function since(call: Call, comments: readonly Comment[]): Comment[] {
  const from = call.query.since ? new Date(call.query.since) : undefined;
  return comments.filter(({ updatedAt }) => !from || updatedAt >= from);
}

/** Comments on issues and pull requests. */
export const comments: Operations = {
  "issues/list-comments": onRepository(reads, (call, repository) =>
    paged(call, since(call, issueOf(call, repository).comments), (comment) =>
      commentView(call.world, comment),
    ),
  ),
  "issues/list-comments-for-repo": onRepository(reads, (call, repository) => {
    const all = since(
      call,
      repository.issues.flatMap(({ comments: own }) => own),
    );
    const key = call.query.sort === "updated" ? "updatedAt" : "createdAt";
    const sorted = all.sort((a, b) => a[key].getTime() - b[key].getTime() || a.id - b.id);
    if (call.query.direction === "desc") sorted.reverse();
    return paged(call, sorted, (comment) => commentView(call.world, comment));
  }),
  "issues/get-comment": onRepository(reads, (call, repository) =>
    ok(commentView(call.world, commentOf(call, repository))),
  ),
  "issues/create-comment": onRepository(
    writes,
    (call, repository) => {
      const comment = createComment(call.world, actorOf(call), issueOf(call, repository), bodyOf(call));
      return created(commentView(call.world, comment));
    },
    "read",
  ),
  "issues/update-comment": onRepository(
    writes,
    (call, repository) => {
      const comment = commentOf(call, repository);
      mayChange(call, repository, comment);
      editComment(call.world, actorOf(call), comment, bodyOf(call));
      return ok(commentView(call.world, comment));
    },
    "read",
  ),
  "issues/delete-comment": onRepository(
    writes,
    (call, repository) => {
      const comment = commentOf(call, repository);
      mayChange(call, repository, comment);
      deleteComment(call.world, actorOf(call), comment);
      return noContent();
    },
    "read",
  ),
};
