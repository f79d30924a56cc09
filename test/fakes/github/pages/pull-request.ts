import { isPull, type World, fullName } from "../state/world.ts";
import type { Account, Comment, Issue, PullRequest, Reaction, Review } from "../state/types.ts";
import { mergeTrees } from "../state/merge.ts";
import { association } from "../views/issue.ts";
import { time } from "../views/common.ts";
import { escapeHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { page } from "./layout.ts";

const faces: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  confused: "😕",
  heart: "❤️",
  hooray: "🎉",
  eyes: "👀",
  rocket: "🚀",
};

const by = ({ login, type }: Account): string =>
  `<b>${escapeHtml(login.replace("[bot]", ""))}</b>${type === "Bot" ? '<span class="bot">bot</span>' : ""}`;

const when = (date: Date): string =>
  `<time datetime="${time(date)}">${time(date).replace("T", " ").slice(0, 16)}</time>`;

function reactionsHtml(reactions: readonly Reaction[]): string {
  const counts = Object.entries(faces).flatMap(([content, face]) => {
    const count = reactions.filter((each) => each.content === content).length;
    return count > 0 ? [`<span title="${content}">${face} ${count}</span>`] : [];
  });
  return counts.length > 0 ? `<div class="reactions">${counts.join("")}</div>` : "";
}

function box(world: World, issue: Issue, it: Comment | Issue, id: string): string {
  const role = association(world, issue.repository, it.author);
  const badge = role === "NONE" ? "" : `<span class="role">${role[0]}${role.slice(1).toLowerCase()}</span>`;
  const edited = "issue" in it && it.updatedAt > it.createdAt ? " • edited" : "";
  const text = it.body
    ? renderMarkdown(it.body, world.urls.html)
    : "<p><em>No description provided.</em></p>";
  return `<article class="comment" id="${id}"><img class="avatar" src="/avatars/${encodeURIComponent(it.author.login)}" alt="" width="40" height="40"><div class="by">${by(it.author)} commented ${when(it.createdAt)}${edited}${badge}</div>
<div class="markdown">${text}</div>${reactionsHtml(it.reactions)}</article>`;
}

const verdicts: Readonly<Record<string, string>> = {
  APPROVED: "✅ approved these changes",
  CHANGES_REQUESTED: "❌ requested changes",
  COMMENTED: "💬 reviewed",
  DISMISSED: "🚫 reviewed; the review was dismissed",
};

function reviewHtml(world: World, review: Review): string {
  const body = review.body
    ? `<div class="comment"><div class="markdown">${renderMarkdown(review.body, world.urls.html)}</div></div>`
    : "";
  return `<p class="event">${by(review.author)} ${verdicts[review.state] ?? "is reviewing"} (${review.commit.slice(0, 7)})</p>${body}`;
}

/** Everything that happened, oldest first. */
function timeline(world: World, issue: Issue): string {
  const comments = issue.comments.map((comment) => ({
    at: comment.createdAt,
    id: comment.id,
    html: box(world, issue, comment, `issuecomment-${comment.id}`),
  }));
  const reviews = (issue.pull?.reviews ?? []).map((review) => ({
    at: review.submittedAt ?? new Date(0),
    id: review.id,
    html: reviewHtml(world, review),
  }));
  return [...comments, ...reviews]
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id)
    .map(({ html }) => html)
    .join("\n");
}

function stateOf({ closed, pull, repository }: PullRequest): string {
  if (pull.merged) return "merged";
  if (closed) return "closed";
  const base = repository.refs.get(`refs/heads/${pull.base.ref}`) ?? pull.base.sha;
  if (mergeTrees(repository.objects, base, pull.head.sha) === undefined) return "conflict";
  return pull.draft ? "draft" : "open";
}

function checksHtml({ pull, repository }: PullRequest): string {
  const icons: Readonly<Record<string, string>> = {
    success: "✅",
    failure: "❌",
    neutral: "⬜",
    skipped: "⏭️",
    cancelled: "🚫",
  };
  const runs = repository.suites.filter(({ sha }) => sha === pull.head.sha).flatMap((suite) => suite.runs);
  const lines = runs.map(({ name, conclusion, output, suite, detailsUrl }) => {
    const label = `${escapeHtml(suite.app.name)} / <a href="${escapeHtml(detailsUrl ?? "#")}">${escapeHtml(name)}</a>`;
    return `<li>${icons[conclusion ?? ""] ?? "🟡"} ${label} ${escapeHtml(output.title ?? "")}</li>`;
  });
  const deployed = repository.deployments
    .filter(({ sha }) => sha === pull.head.sha || sha === pull.merged?.commit)
    .map(({ environment, statuses }) => {
      const last = statuses.at(-1);
      const link = last?.environmentUrl
        ? ` <a href="${escapeHtml(last.environmentUrl)}">View deployment</a>`
        : "";
      return `<li>🚀 Deployment to <b>${escapeHtml(environment)}</b>: ${last?.state ?? "queued"}${link}</li>`;
    });
  const all = [...lines, ...deployed];
  return all.length > 0 ? `<section class="checks"><ul>${all.join("")}</ul></section>` : "";
}

/** A pull request's or an issue's conversation as a page. */
export function conversationPage(world: World, issue: Issue): string {
  const title = escapeHtml(issue.title);
  const state = isPull(issue) ? stateOf(issue) : issue.closed ? "closed" : "open";
  const name = (state[0] ?? "").toUpperCase() + state.slice(1);
  const branches = isPull(issue)
    ? ` wants to merge into <span class="branch">${escapeHtml(issue.pull.base.ref)}</span> from <span class="branch">${escapeHtml(issue.pull.head.ref)}</span>`
    : " opened this issue";
  return page(
    `${issue.title} #${issue.number} · ${fullName(issue.repository)}`,
    `<header><h1>${title} <span class="number">#${issue.number}</span></h1>
<div class="meta"><span class="state state-${state}">${name}</span>${by(issue.author)}${branches}</div></header>
${box(world, issue, issue, "issue")}
${timeline(world, issue)}
${isPull(issue) ? checksHtml(issue) : ""}`,
  );
}
