import { react } from "../changes/comments.ts";
import { actorOf, noContent, onRepository, type Answer, type Call, type Operations } from "../http/call.ts";
import { found } from "../http/errors.ts";
import { paged } from "../http/paging.ts";
import { text } from "../json.ts";
import type { Reaction } from "../state/types.ts";
import { reactionView } from "../views/issue.ts";
import { commentOf, issueOf } from "./lookup.ts";

const reads = ["issues:read", "pull_requests:read"];
const writes = ["issues:write", "pull_requests:write"];

function list(call: Call, reactions: readonly Reaction[]): Answer {
  const { content } = call.query;
  const shown = reactions.filter((each) => !content || each.content === content);
  return paged(call, shown, (each) => reactionView(call.world, each));
}

/** 201 for a new one, 200 when this account has reacted so before. */
function add(call: Call, reactions: Reaction[]): Answer {
  const { reaction, isNew } = react(call.world, actorOf(call), reactions, text(call.body, "content") ?? "");
  return { status: isNew ? 201 : 200, body: reactionView(call.world, reaction) };
}

function remove(call: Call, reactions: Reaction[]): Answer {
  const id = Number(call.params.reaction_id);
  reactions.splice(reactions.indexOf(found(reactions.find((each) => each.id === id))), 1);
  return noContent();
}

/** Reactions to comments and to issues. */
export const reactions: Operations = {
  "reactions/list-for-issue-comment": onRepository(reads, (call, repository) =>
    list(call, commentOf(call, repository).reactions),
  ),
  "reactions/create-for-issue-comment": onRepository(
    writes,
    (call, repository) => add(call, commentOf(call, repository).reactions),
    "read",
  ),
  "reactions/delete-for-issue-comment": onRepository(
    writes,
    (call, repository) => remove(call, commentOf(call, repository).reactions),
    "read",
  ),
  "reactions/list-for-issue": onRepository(reads, (call, repository) =>
    list(call, issueOf(call, repository).reactions),
  ),
  "reactions/create-for-issue": onRepository(
    writes,
    (call, repository) => add(call, issueOf(call, repository).reactions),
    "read",
  ),
  "reactions/delete-for-issue": onRepository(
    writes,
    (call, repository) => remove(call, issueOf(call, repository).reactions),
    "read",
  ),
};
