import { getOctokit } from "@actions/github";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { description } from "./contract/description.ts";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";
import { appRequest, octokitOf } from "./harness.ts";
import { operations } from "./routes/routes.ts";

let fake: FakeGitHub;
const where = { owner: "acme", repo: "shop" };
const permissions = {
  actions: "read",
  attestations: "read",
  checks: "write",
  contents: "write",
  deployments: "write",
  issues: "write",
  members: "read",
  pull_requests: "write",
  statuses: "write",
} as const;
/** Operations answered well in this file; the last test wants all of them. */
const seen = new Set<string>();

beforeEach(async () => {
  fake = createFakeGitHub({ apiPrefix: "/api/v3" });
  await fake.listen();
});

afterEach(async () => {
  await fake.close();
  for (const { operation, status } of fake.requests)
    if (operation && status > 0 && status < 400) seen.add(operation);
  expect(fake.violations).toEqual([]);
});

async function shop() {
  const app = fake.app({ slug: "gatewright", permissions });
  fake.organization("acme", { olga: "admin", mia: "member" });
  const repository = fake.repository("acme/shop", {
    files: {
      "resources.js": "one\ntwo\nthree\n",
      "lib/a.js": "a\n",
      link: { symlink: "lib/a.js" },
      bin: { executable: "#!" },
    },
    collaborators: { ana: "write", bob: "maintain", rita: "triage" },
  });
  const installation = fake.install(app, "acme");
  const ana = fake.person("ana");
  ana.push(repository, "feature", { "resources.js": "one\n2\nthree\nfour\n", "lib/b.js": "b\n" });
  const pull = ana.openPullRequest(repository, { head: "feature", title: "Change it" });
  const bot = await octokitOf(fake, app, installation);
  const person = (login: string) =>
    getOctokit(fake.person(login).token(), { baseUrl: fake.world.urls.api }).rest;
  return {
    app,
    installation,
    repository,
    ana,
    pull,
    bot,
    person,
    number: { ...where, pull_number: pull.number },
  };
}

describe("pull requests", () => {
  test("their facts, files and commits", async () => {
    const { bot, number, pull } = await shop();
    const { data } = await bot.pulls.get(number);
    expect(data).toMatchObject({
      commits: 1,
      additions: 3,
      deletions: 1,
      changed_files: 2,
      mergeable_state: "clean",
    });
    expect(data.merge_commit_sha).toBe(pull.repository.refs.get("refs/pull/1/merge"));
    const { data: files } = await bot.pulls.listFiles(number);
    expect(files.map(({ filename, status, additions }) => [filename, status, additions])).toEqual([
      ["lib/b.js", "added", 1],
      ["resources.js", "modified", 2],
    ]);
    expect((await bot.pulls.listCommits(number)).data.map(({ sha }) => sha)).toEqual([pull.pull.head.sha]);
    expect((await bot.pulls.list({ ...where, head: "acme:feature" })).data).toHaveLength(1);
    expect((await bot.pulls.list({ ...where, state: "closed" })).data).toEqual([]);
  });

  test("are opened, changed and merged over the API", async () => {
    const { person, ana, repository, number } = await shop();
    const { pulls, repos } = person("ana");
    await expect(pulls.create({ ...where, head: "feature", base: "main", title: "Again" })).rejects.toThrow(
      "A pull request already exists for acme:feature",
    );
    ana.push(repository, "second", { "c.js": "c\n" });
    const { data: opened } = await pulls.create({
      ...where,
      head: "second",
      base: "main",
      title: "Two",
      draft: true,
    });
    expect(opened).toMatchObject({ number: 2, draft: true, mergeable_state: "draft" });
    await pulls.update({ ...where, pull_number: 2, title: "Second", state: "closed" });
    await expect(pulls.checkIfMerged(number)).rejects.toThrow("Not Found");
    await expect(pulls.merge({ ...number, sha: "0".repeat(40) })).rejects.toMatchObject({ status: 409 });
    const { data: merged } = await pulls.merge({ ...number, merge_method: "squash" });
    await pulls.checkIfMerged(number);
    const { data } = await repos.listPullRequestsAssociatedWithCommit({ ...where, commit_sha: merged.sha });
    expect(data.map((each) => each.number)).toEqual([1]);
  });

  test("conflict when both sides change the same lines, and do not when they change others", async () => {
    const { bot, ana, repository, number } = await shop();
    ana.push(repository, "main", { "resources.js": "one\ntwo\nthree\nfour\nfive\n" });
    expect((await bot.pulls.get(number)).data.mergeable).toBe(false);
    const conflicts = repository.refs.has("refs/pull/1/merge");
    ana.push(repository, "main", { "resources.js": "one\ntwo\nthree\n", "other.js": "x\n" });
    expect([conflicts, (await bot.pulls.get(number)).data.mergeable]).toEqual([false, true]);
  });

  test("have reviews of a commit, which nobody gives themselves", async () => {
    const { person, bot, number, pull } = await shop();
    await expect(person("ana").pulls.createReview({ ...number, event: "APPROVE" })).rejects.toThrow(
      "Can not approve your own pull request",
    );
    const { data: pending } = await person("bob").pulls.createReview(number);
    expect((await bot.pulls.listReviews(number)).data).toEqual([]);
    await person("bob").pulls.submitReview({ ...number, review_id: pending.id, event: "APPROVE" });
    const { data: review } = await bot.pulls.getReview({ ...number, review_id: pending.id });
    expect(review).toMatchObject({
      state: "APPROVED",
      commit_id: pull.pull.head.sha,
      user: { login: "bob" },
    });
    await person("bob").pulls.dismissReview({ ...number, review_id: review.id, message: "no" });
    expect((await bot.pulls.listReviews(number)).data.map(({ state }) => state)).toEqual(["DISMISSED"]);
    await person("ana").pulls.requestReviewers({ ...number, reviewers: ["rita"] });
    expect((await bot.pulls.listRequestedReviewers(number)).data.users.map(({ login }) => login)).toEqual([
      "rita",
    ]);
  });
});

describe("issues, comments, labels, reactions", () => {
  test("comments come in pages that the client follows", async () => {
    const { app, installation, bot, pull } = await shop();
    const issue = { ...where, issue_number: pull.number };
    for (let n = 0; n < 61; n++) await bot.issues.createComment({ ...issue, body: `comment ${n}` });
    const first = await bot.issues.listComments({ ...issue, per_page: 30 });
    expect(first.headers.link).toMatch(
      /^<http:[^>]+\/api\/v3\/[^>]+page=2>; rel="next", <[^>]+page=3>; rel="last"$/,
    );
    const token = await appRequest(fake, app)("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: installation.id,
    });
    const client = getOctokit(token.data.token, { baseUrl: fake.world.urls.api });
    const all = await client.paginate(client.rest.issues.listComments, issue);
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 61 }, (_, n) => `comment ${n}`));
    expect(all[0]).toMatchObject({
      user: { login: "gatewright[bot]" },
      performed_via_github_app: { slug: "gatewright" },
    });
  });

  test("comments are read, changed, deleted, and not longer than GitHub takes", async () => {
    const { bot, person, pull } = await shop();
    const issue = { ...where, issue_number: pull.number };
    const { data: comment } = await bot.issues.createComment({ ...issue, body: "one" });
    const id = { ...where, comment_id: comment.id };
    await bot.issues.updateComment({ ...id, body: "two" });
    expect((await bot.issues.getComment(id)).data.body).toBe("two");
    await expect(bot.issues.updateComment({ ...id, body: "x".repeat(65_537) })).rejects.toThrow(
      "Body is too long (maximum is 65536 characters)",
    );
    await expect(person("rita").issues.updateComment({ ...id, body: "mine" })).rejects.toMatchObject({
      status: 403,
    });
    expect(
      (await bot.issues.listCommentsForRepo({ ...where, sort: "updated", direction: "desc" })).data,
    ).toHaveLength(1);
    await bot.issues.deleteComment(id);
    await expect(bot.issues.getComment(id)).rejects.toMatchObject({ status: 404 });
  });

  test("reactions", async () => {
    const { bot, pull } = await shop();
    const issue = { ...where, issue_number: pull.number };
    const { data: comment } = await bot.issues.createComment({ ...issue, body: "one" });
    const id = { ...where, comment_id: comment.id };
    const made = await bot.reactions.createForIssueComment({ ...id, content: "eyes" });
    const again = await bot.reactions.createForIssueComment({ ...id, content: "eyes" });
    expect([made.status, again.status]).toEqual([201, 200]);
    expect((await bot.reactions.listForIssueComment(id)).data.map(({ content }) => content)).toEqual([
      "eyes",
    ]);
    expect((await bot.issues.getComment(id)).data.reactions).toMatchObject({ eyes: 1, total_count: 1 });
    await bot.reactions.deleteForIssueComment({ ...id, reaction_id: made.data.id });
    const { data: own } = await bot.reactions.createForIssue({ ...issue, content: "rocket" });
    expect((await bot.reactions.listForIssue(issue)).data).toHaveLength(1);
    await bot.reactions.deleteForIssue({ ...issue, reaction_id: own.id });
  });

  test("issues are opened, found by label, changed and closed", async () => {
    const { bot } = await shop();
    const { data: issue } = await bot.issues.create({
      ...where,
      title: "Drift",
      labels: ["drift"],
      body: "x",
    });
    const number = { ...where, issue_number: issue.number };
    const listed = await bot.issues.listForRepo({ ...where, labels: "Drift", state: "open" });
    expect(listed.data.map(({ title }) => title)).toEqual(["Drift"]);
    await bot.issues.update({ ...number, body: "y", state: "closed", state_reason: "not_planned" });
    expect((await bot.issues.get(number)).data).toMatchObject({
      state: "closed",
      state_reason: "not_planned",
    });
    await bot.issues.createLabel({ ...where, name: "stack: shop", color: "ff0000" });
    await bot.issues.addLabels({ ...number, labels: ["stack: shop"] });
    await bot.issues.removeLabel({ ...number, name: "drift" });
    expect((await bot.issues.listLabelsOnIssue(number)).data.map(({ name }) => name)).toEqual([
      "stack: shop",
    ]);
    await bot.issues.setLabels({ ...number, labels: [] });
    expect((await bot.issues.getLabel({ ...where, name: "drift" })).data.color).toBe("ededed");
    expect((await bot.issues.listLabelsForRepo(where)).data).toHaveLength(2);
  });
});

describe("files and git", () => {
  test("contents: file, folder, symlink, raw, what is not there", async () => {
    const { bot, repository } = await shop();
    const at = (path: string, more = {}) => bot.repos.getContent({ ...where, path, ...more });
    const { data: file } = await at("resources.js", { ref: "feature" });
    expect(file).toMatchObject({ type: "file", encoding: "base64", size: 17 });
    const { data: link } = await at("link");
    expect(link).toMatchObject({ type: "file", name: "link", content: "YQo=\n" });
    const { data: folder } = await at("");
    expect(Array.isArray(folder) ? folder.map(({ name, type }) => `${type} ${name}`) : []).toEqual([
      "file bin",
      "dir lib",
      "symlink link",
      "file resources.js",
    ]);
    const { data: raw } = await at("lib/a.js", { mediaType: { format: "raw" } });
    expect(raw).toBe("a\n");
    await expect(at("nowhere.js")).rejects.toMatchObject({ status: 404 });
    await expect(at("lib/a.js", { ref: "nowhere" })).rejects.toThrow("No commit found for the ref nowhere");
    const big = fake.person("ana").push(repository, "big", { big: "x".repeat(1_048_577) });
    expect((await at("big", { ref: big })).data).toMatchObject({
      encoding: "none",
      content: "",
      size: 1_048_577,
    });
    const { data: put } = await bot.repos.createOrUpdateFileContents({
      ...where,
      path: "new.txt",
      message: "Add",
      content: Buffer.from("new\n").toString("base64"),
    });
    expect(repository.refs.get("refs/heads/main")).toBe(put.commit.sha);
  });

  test("trees, blobs, commits, references", async () => {
    const { bot, pull } = await shop();
    const { data: tree } = await bot.git.getTree({ ...where, tree_sha: pull.pull.head.sha, recursive: "1" });
    expect(tree.tree.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      "100755 bin",
      "040000 lib",
      "100644 lib/a.js",
      "100644 lib/b.js",
      "120000 link",
      "100644 resources.js",
    ]);
    expect((await bot.git.getTree({ ...where, tree_sha: tree.sha })).data.tree).toHaveLength(4);
    fake.world.limits.treeEntries = 2;
    const { data: cut } = await bot.git.getTree({ ...where, tree_sha: tree.sha, recursive: "1" });
    expect([cut.truncated, cut.tree.length]).toEqual([true, 2]);
    fake.world.limits.treeEntries = 100_000;
    const blob = tree.tree.find(({ path }) => path === "lib/b.js");
    const { data: content } = await bot.git.getBlob({ ...where, file_sha: blob?.sha ?? "" });
    expect(Buffer.from(content.content, "base64").toString()).toBe("b\n");
    const { data: made } = await bot.git.createBlob({ ...where, content: "n\n" });
    const { data: next } = await bot.git.createTree({
      ...where,
      base_tree: tree.sha,
      tree: [
        { path: "n.js", mode: "100644", type: "blob", sha: made.sha },
        { path: "lib/a.js", mode: "100644", type: "blob", sha: null },
      ],
    });
    const { data: commit } = await bot.git.createCommit({
      ...where,
      message: "N",
      tree: next.sha,
      parents: [pull.pull.head.sha],
    });
    expect((await bot.git.getCommit({ ...where, commit_sha: commit.sha })).data.tree.sha).toBe(next.sha);
    await bot.git.createRef({ ...where, ref: "refs/heads/n", sha: pull.pull.head.sha });
    await bot.git.updateRef({ ...where, ref: "heads/n", sha: commit.sha });
    await expect(bot.git.updateRef({ ...where, ref: "heads/n", sha: pull.pull.head.sha })).rejects.toThrow(
      "not a fast forward",
    );
    expect((await bot.git.getRef({ ...where, ref: "heads/n" })).data.object.sha).toBe(commit.sha);
    expect((await bot.git.listMatchingRefs({ ...where, ref: "heads/" })).data).toHaveLength(3);
    await bot.git.deleteRef({ ...where, ref: "heads/n" });
  });

  test("commits, branches and how they differ", async () => {
    const { bot, ana, repository, pull } = await shop();
    ana.push(repository, "main", { "x.js": "x\n" });
    const { data: compared } = await bot.repos.compareCommitsWithBasehead({
      ...where,
      basehead: "main...feature",
    });
    expect(compared).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1 });
    expect((await bot.repos.getCommit({ ...where, ref: "feature" })).data).toMatchObject({
      sha: pull.pull.head.sha,
      author: { login: "ana" },
      stats: { additions: 3, deletions: 1 },
    });
    const { data: listed } = await bot.repos.listCommits({ ...where, sha: "feature", path: "lib/b.js" });
    expect(listed.map(({ sha }) => sha)).toEqual([pull.pull.head.sha]);
    expect((await bot.repos.getBranch({ ...where, branch: "main" })).data.protected).toBe(false);
    expect((await bot.repos.listBranches(where)).data.map(({ name }) => name)).toEqual(["feature", "main"]);
    expect((await bot.repos.get(where)).data).toMatchObject({ default_branch: "main", visibility: "public" });
  });
});

describe("checks, statuses, deployments", () => {
  test("check runs and their annotations", async () => {
    const { bot, pull, repository, person } = await shop();
    const head = pull.pull.head.sha;
    fake.check(repository, head, "test", "failure");
    const { data: run } = await bot.checks.create({
      ...where,
      name: "apply",
      head_sha: head,
      status: "in_progress",
    });
    const annotation = {
      path: "a.js",
      start_line: 1,
      end_line: 1,
      annotation_level: "failure",
      message: "no",
    } as const;
    const output = { title: "Done", summary: "all", annotations: [annotation] };
    await bot.checks.update({ ...where, check_run_id: run.id, conclusion: "success", output });
    const { data: read } = await bot.checks.get({ ...where, check_run_id: run.id });
    expect(read).toMatchObject({
      status: "completed",
      conclusion: "success",
      output: { annotations_count: 1 },
    });
    expect((await bot.checks.listAnnotations({ ...where, check_run_id: run.id })).data).toMatchObject([
      annotation,
    ]);
    const { data: all } = await bot.checks.listForRef({ ...where, ref: "feature" });
    expect(all.check_runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["apply", "success"],
      ["test", "failure"],
    ]);
    const { data: suites } = await bot.checks.listSuitesForRef({ ...where, ref: head });
    expect(suites.check_suites.map(({ app, conclusion }) => [app?.slug, conclusion])).toEqual([
      ["gatewright", "success"],
      ["github-actions", "failure"],
    ]);
    const suite = { ...where, check_suite_id: run.check_suite?.id ?? 0 };
    expect((await bot.checks.getSuite(suite)).data.latest_check_runs_count).toBe(1);
    expect((await bot.checks.listForSuite(suite)).data.total_count).toBe(1);
    await bot.checks.rerequestRun({ ...where, check_run_id: run.id });
    await expect(person("ana").checks.create({ ...where, name: "x", head_sha: head })).rejects.toThrow(
      "You must authenticate via a GitHub App",
    );
  });

  test("commit statuses: the newest of a context counts", async () => {
    const { bot, pull } = await shop();
    const head = pull.pull.head.sha;
    expect((await bot.repos.getCombinedStatusForRef({ ...where, ref: head })).data.state).toBe("pending");
    await bot.repos.createCommitStatus({ ...where, sha: head, state: "failure", context: "ci" });
    await bot.repos.createCommitStatus({ ...where, sha: head, state: "success", context: "ci" });
    const { data } = await bot.repos.getCombinedStatusForRef({ ...where, ref: head });
    expect(data).toMatchObject({ state: "success", total_count: 1 });
    expect((await bot.repos.listCommitStatusesForRef({ ...where, ref: head })).data).toHaveLength(2);
  });

  test("deployments: refused while checks fail, inactive after the next", async () => {
    const { bot, pull, repository, ana } = await shop();
    const head = pull.pull.head.sha;
    fake.check(repository, head, "test", "failure");
    const wanted = { ...where, ref: head, environment: "dev", auto_merge: false };
    await expect(bot.repos.createDeployment(wanted)).rejects.toMatchObject({ status: 409 });
    const create = async (): Promise<number> => {
      const { data } = await bot.repos.createDeployment({
        ...wanted,
        required_contexts: [],
        payload: { run: "r1" },
      });
      return "id" in data ? data.id : 0;
    };
    const first = await create();
    const done = { state: "success", environment_url: "https://abc.execute-api.example" } as const;
    const { data: status } = await bot.repos.createDeploymentStatus({
      ...where,
      deployment_id: first,
      ...done,
    });
    const second = await create();
    await bot.repos.createDeploymentStatus({ ...where, deployment_id: second, ...done });
    const { data: statuses } = await bot.repos.listDeploymentStatuses({ ...where, deployment_id: first });
    expect(statuses.map(({ state }) => state)).toEqual(["inactive", "success"]);
    await bot.repos.getDeploymentStatus({ ...where, deployment_id: first, status_id: status.id });
    const { data: listed } = await bot.repos.listDeployments({ ...where, environment: "dev" });
    expect(listed.map(({ id }) => id)).toEqual([second, first]);
    expect((await bot.repos.getDeployment({ ...where, deployment_id: second })).data.payload).toEqual({
      run: "r1",
    });
    await bot.repos.deleteDeployment({ ...where, deployment_id: first });
    ana.push(repository, "main", { "z.js": "z" });
    const { status: merged } = await bot.repos.createDeployment({
      ...where,
      ref: "feature",
      required_contexts: [],
    });
    expect(merged).toBe(202);
  });
});

describe("people, teams, Apps", () => {
  test("who pushed what, and a custom role by its name", async () => {
    const { bot, repository, ana } = await shop();
    const sha = ana.push(repository, "pushed", { "a.txt": "a" });
    const { data } = await bot.repos.listActivities({ ...where, ref: "refs/heads/pushed" });
    expect(data.map((one) => [one.activity_type, one.after, one.actor?.login])).toEqual([
      ["branch_creation", sha, "ana"],
    ]);
    repository.customRoles.set("ana", "deployer");
    const role = await bot.repos.getCollaboratorPermissionLevel({ ...where, username: "ana" });
    expect([role.data.permission, role.data.role_name]).toEqual(["write", "deployer"]);
  });

  test("who may do what", async () => {
    const { bot, person, repository } = await shop();
    fake.team("acme", "deployers", { members: ["mia"], repositories: new Map([[repository, "admin"]]) });
    const level = async (username: string) => {
      const { data } = await bot.repos.getCollaboratorPermissionLevel({ ...where, username });
      return [data.permission, data.role_name];
    };
    fake.person("nobody");
    expect(await Promise.all(["olga", "mia", "ana", "bob", "rita", "nobody"].map(level))).toEqual([
      ["admin", "admin"],
      ["admin", "admin"],
      ["write", "write"],
      ["write", "maintain"],
      ["read", "triage"],
      ["read", "read"],
    ]);
    await expect(level("never-heard-of")).rejects.toMatchObject({ status: 404 });
    await bot.repos.checkCollaborator({ ...where, username: "ana" });
    expect((await bot.repos.listCollaborators(where)).data.map(({ login }) => login)).toEqual([
      "olga",
      "mia",
      "ana",
      "bob",
      "rita",
    ]);
    const team = { org: "acme", team_slug: "deployers" };
    expect((await bot.teams.getMembershipForUserInOrg({ ...team, username: "mia" })).data.state).toBe(
      "active",
    );
    await expect(bot.teams.getMembershipForUserInOrg({ ...team, username: "ana" })).rejects.toMatchObject({
      status: 404,
    });
    expect((await bot.teams.listMembersInOrg(team)).data).toHaveLength(1);
    await bot.orgs.checkMembershipForUser({ org: "acme", username: "mia" });
    expect((await person("ana").users.getAuthenticated()).data.login).toBe("ana");
    expect((await bot.users.getByUsername({ username: "acme" })).data.type).toBe("Organization");
    expect((await bot.rateLimit.get()).data.rate.limit).toBe(5000);
  });

  test("an App and its installations", async () => {
    const { app, installation, bot } = await shop();
    const as = appRequest(fake, app);
    fake.install(app, "ana");
    expect((await as("GET /app")).data).toMatchObject({ slug: "gatewright", installations_count: 2 });
    expect((await bot.apps.getBySlug({ app_slug: "gatewright" })).data?.id).toBe(app.id);
    expect((await as("GET /app/installations")).data.map(({ id }) => id)).toContain(installation.id);
    const found = [
      await as("GET /app/installations/{installation_id}", { installation_id: installation.id }),
      await as("GET /repos/{owner}/{repo}/installation", where),
      await as("GET /orgs/{org}/installation", { org: "acme" }),
    ];
    expect(found.map(({ data }) => data.id)).toEqual([installation.id, installation.id, installation.id]);
    await as("GET /users/{username}/installation", { username: "ana" });
    // `url` beside the others would be taken for the request's own.
    await as("PATCH /app/hook/config", { data: { url: "https://bot.example/hook", secret: "s3cret" } });
    expect((await as("GET /app/hook/config")).data).toMatchObject({ url: "https://bot.example/hook" });
    expect((await bot.apps.listReposAccessibleToInstallation()).data.repositories).toHaveLength(1);
    await bot.apps.revokeInstallationAccessToken();
    await expect(bot.repos.get(where)).rejects.toThrow("Bad credentials");
  });
});

describe("workflow runs", () => {
  test("of a commit have artifacts, whose bytes are at another host for a minute", async () => {
    const { bot, pull, repository } = await shop();
    const { sha } = pull.pull.head;
    const run = fake.workflowRun(repository, {
      workflow: "build.yml",
      sha,
      artifacts: { orders: { "handler.mjs": "export {};" } },
      conclusion: "success",
    });
    const { data } = await bot.actions.listWorkflowRunsForRepo({ ...where, head_sha: sha });
    expect(data.workflow_runs).toMatchObject([
      {
        id: run.id,
        run_number: 1,
        path: ".github/workflows/build.yml",
        head_repository: { id: repository.id },
      },
    ]);
    const other = fake.workflowRun(repository, { workflow: "tests.yml", sha, conclusion: "success" });
    const both = await bot.actions.listWorkflowRunsForRepo({ ...where, head_sha: sha });
    expect(both.data.workflow_runs.map(({ id }) => id)).toEqual([other.id, run.id]);
    expect(new Set(both.data.workflow_runs.map(({ workflow_id }) => workflow_id)).size).toBe(2);
    const found = await bot.actions.listWorkflowRunArtifacts({ ...where, run_id: run.id });
    const [artifact] = found.data.artifacts;
    expect(artifact).toMatchObject({ name: "orders", expired: false, workflow_run: { head_sha: sha } });
    const download = { ...where, artifact_id: artifact?.id ?? 0, archive_format: "zip" };
    const { status, headers } = await bot.actions.downloadArtifact({
      ...download,
      request: { redirect: "manual" },
    });
    expect([status, new URL(headers.location ?? "").hostname]).toEqual([302, "localhost"]);
    const bytes = await (await fetch(headers.location ?? "")).bytes();
    expect(Object.keys(unzipSync(bytes))).toEqual(["handler.mjs"]);
    expect((await fetch(`${headers.location?.replace(/se=.*/, "se=1")}`)).status).toBe(403);
    for (const each of run.artifacts) each.expired = true;
    await expect(bot.actions.downloadArtifact(download)).rejects.toMatchObject({ status: 410 });
  });
});

describe("environments", () => {
  test("have rules: reviewers, a wait, branches, and those of Apps", async () => {
    const { bot, repository } = await shop();
    const ops = fake.team("acme", "ops", { members: ["bob"] });
    fake.environment(repository, {
      name: "prod",
      reviewers: ["ana", ops],
      preventSelfReview: true,
      waitTimer: 30,
      branches: "custom",
      patterns: ["main", "release/*"],
      apps: { "change-board": true },
    });
    const at = { ...where, environment_name: "prod" };
    const { data } = await bot.repos.getEnvironment(at);
    expect(data).toMatchObject({
      protection_rules: [
        { type: "wait_timer", wait_timer: 30 },
        {
          type: "required_reviewers",
          prevent_self_review: true,
          reviewers: [
            { type: "User", reviewer: { login: "ana" } },
            { type: "Team", reviewer: { slug: "ops" } },
          ],
        },
        { type: "branch_policy" },
      ],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
    const policies = await bot.repos.listDeploymentBranchPolicies(at);
    expect(policies.data.branch_policies.map(({ name }) => name)).toEqual(["main", "release/*"]);
    const { data: custom } = await bot.repos.getAllDeploymentProtectionRules(at);
    expect(custom.custom_deployment_protection_rules).toMatchObject([
      { enabled: true, app: { slug: "change-board" } },
    ]);
    const none = bot.repos.getEnvironment({ ...where, environment_name: "dev" });
    await expect(none).rejects.toMatchObject({ status: 404 });
  });
});

describe("attestations", () => {
  test("are kept by the digest of what they are of", async () => {
    const { bot, repository } = await shop();
    const asked = { ...where, subject_digest: `sha256:${"a".repeat(64)}` };
    await expect(bot.repos.listAttestations(asked)).rejects.toMatchObject({ status: 404 });
    fake.attest(repository, asked.subject_digest, { mediaType: "x", dsseEnvelope: {} });
    const { data } = await bot.repos.listAttestations(asked);
    expect(data.attestations).toMatchObject([{ bundle: { mediaType: "x" }, repository_id: repository.id }]);
  });
});

test("every operation is described, modelled, and answered in some test of this folder", () => {
  const described = description().operations.map(({ id }) => id);
  expect(described.toSorted()).toEqual([...operations.keys()].toSorted());
  // Tested beside what they are for: sign-in, manifests and deliveries.
  const elsewhere = [
    "apps/create-from-manifest",
    "apps/create-installation-access-token",
    "apps/get-webhook-delivery",
    "apps/list-installation-repos-for-authenticated-user",
    "apps/list-installations-for-authenticated-user",
    "apps/list-webhook-deliveries",
    "apps/redeliver-webhook-delivery",
  ];
  expect(described.filter((id) => !seen.has(id) && !elsewhere.includes(id))).toEqual([]);
});
