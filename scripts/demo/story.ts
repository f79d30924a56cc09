/** The demo's story, chapter by chapter. The demo checks every result and fails if one is not as expected. */
import { countsOf, stateOf } from "../../test/acceptance/reading.ts";
import type { PullRequest } from "../../test/fakes/github/state/types.ts";
import { callEndpoint, command, expectThat, merge, plan, previewGone, showDeployment } from "./deeds.ts";
import { stackFiles, withMemory, withoutNames } from "./files.ts";
import type { Screen } from "./screen.ts";
import type { World } from "./world.ts";

/** Returns the endpoint that the first apply reported. */
export async function tellStory(world: World, screen: Screen): Promise<string> {
  const first = await firstPullRequest(world, screen);
  const endpoint = await approvedApply(world, screen, first.pull, first.planId);
  await mergeOfApplied(world, screen, first.pull);
  await staleApply(world, screen, endpoint);
  await removedRoute(world, screen, endpoint);
  expectThat(
    world.github.violations.length === 0,
    "GitHub understood every request",
    world.github.violations.join("\n"),
  );
  return endpoint;
}

async function firstPullRequest(
  world: World,
  screen: Screen,
): Promise<{ pull: PullRequest; planId: string }> {
  screen.chapter("A pull request gets its plan as a comment");
  const pull = open(world, screen, "hello", {
    title: "Add an API that says hello",
    body: "`GET /hello` returns a greeting, `GET /hello/{name}` greets by name.",
    files: stackFiles(),
  });
  const planId = await plan(world, screen, pull);
  expectThat(/^[0-9a-f]{12}$/.test(planId), "the plan has an id", planId);

  screen.chapter("Commands must pass the gates");
  await command(world, screen, { by: world.ana, on: pull, text: "/help" });
  const refusal = await command(world, screen, { by: world.ana, on: pull, text: `/apply ${planId}` });
  expectThat(stateOf(refusal) === "refused", "a plan without an approval is refused", refusal);
  return { pull, planId };
}

async function approvedApply(
  world: World,
  screen: Screen,
  pull: PullRequest,
  planId: string,
): Promise<string> {
  screen.chapter("Approved and applied");
  approve(world, screen, pull);
  const applied = await command(world, screen, { by: world.ana, on: pull, text: `/apply ${planId}` });
  expectThat(stateOf(applied) === "done", "the approved plan is applied", applied);
  for (const output of ["ApiId", "IntegrationId", "Endpoint"])
    expectThat(applied.includes(output), `the comment lists ${output}`, applied);
  const endpoint = endpointIn(applied);
  expectThat(endpoint !== "", "the comment shows the endpoint");
  showDeployment(world, screen, endpoint);

  screen.chapter("The API answers");
  await callEndpoint(screen, endpoint, "/hello", { status: 200, says: "Hello, world!" });
  await callEndpoint(screen, endpoint, "/hello/ben", { status: 200, says: "Hello, ben!" });
  return endpoint;
}

async function mergeOfApplied(world: World, screen: Screen, pull: PullRequest): Promise<void> {
  screen.chapter("Plan again: no changes. Merge: nothing left to apply");
  await plan(world, screen, pull);
  const body = pull.comments.find(({ author }) => author.login === "github-actions[bot]")?.body ?? "";
  expectThat(stateOf(body) === "unchanged", "there is nothing left to do", body);
  const merged = await merge(world, screen, world.ana, pull);
  expectThat(stateOf(merged) === "nothing", "the merge has nothing left to apply", merged);
}

async function staleApply(world: World, screen: Screen, endpoint: string): Promise<void> {
  screen.chapter("A second pull request is out of date when it is applied");
  const pull = open(world, screen, "memory", {
    title: "Give the function more memory",
    body: "The function gets 256 MB.",
    files: withMemory(256),
  });
  const planId = await plan(world, screen, pull);
  approve(world, screen, pull);
  world.ana.push(world.repository, "memory", withMemory(512), { message: "Even more memory" });
  screen.say(`${screen.colors.bold("ana")} pushes another commit in the meantime: MemorySize 512`);
  const refusal = await command(world, screen, { by: world.ana, on: pull, text: `/apply ${planId}` });
  expectThat(stateOf(refusal) === "refused", "a plan for an older commit is refused", refusal);

  screen.chapter("Reviewed again, and applied by the merge");
  await plan(world, screen, pull);
  approve(world, screen, pull);
  // The merge believes the bot's own record of a plan, not a comment.
  await command(world, screen, { by: world.ana, on: pull, text: "/plan" });
  const merged = await merge(world, screen, world.ana, pull);
  expectThat(stateOf(merged) === "done", "the merge applies the reviewed plan", merged);
  await callEndpoint(screen, endpoint, "/hello", { status: 200, says: '"memory":512' });
}

async function removedRoute(world: World, screen: Screen, endpoint: string): Promise<void> {
  screen.chapter("A third pull request removes a route");
  const pull = open(world, screen, "no-names", {
    title: "Remove the greeting by name",
    body: "Removes `GET /hello/{name}`.",
    files: withoutNames(512),
  });
  await plan(world, screen, pull);
  const body = pull.comments[0]?.body ?? "";
  expectThat(
    countsOf(body).delete === 1 && body.includes("[!CAUTION]"),
    "the plan warns about the deletion",
    body,
  );

  screen.chapter("A running copy of the pull request, beside dev");
  const preview = await command(world, screen, { by: world.ana, on: pull, text: "/preview" });
  const copy = endpointIn(preview);
  expectThat(copy !== "" && copy !== endpoint, "the preview has an address of its own", preview);
  await callEndpoint(screen, copy, "/hello", { status: 200, says: "Hello, world!" });
  await callEndpoint(screen, copy, "/hello/ben", { status: 404, says: "Not Found" });
  await callEndpoint(screen, endpoint, "/hello/ben", { status: 200, says: "Hello, ben!" });

  screen.chapter("Merged: dev has it, and the copy goes");
  approve(world, screen, pull);
  // The merge believes the bot's own record of a plan, not a comment.
  await command(world, screen, { by: world.ana, on: pull, text: "/plan" });
  const merged = await merge(world, screen, world.ana, pull);
  expectThat(stateOf(merged) === "done", "the merge deletes the route", merged);
  await previewGone(world, screen, pull);
  await callEndpoint(screen, endpoint, "/hello/ben", { status: 404, says: "Not Found" });
  await callEndpoint(screen, endpoint, "/hello", { status: 200, says: "Hello, world!" });
}

/** The first address of an API in a comment. */
function endpointIn(comment: string): string {
  return /https?:\/\/\w+\.execute-api\.[\w.-]+(?::\d+)?/.exec(comment)?.[0] ?? "";
}

function open(
  { ana, github, repository }: World,
  screen: Screen,
  head: string,
  { title, body, files }: { title: string; body: string; files: Readonly<Record<string, string>> },
): PullRequest {
  ana.push(repository, head, files, { message: title });
  const pull = ana.openPullRequest(repository, { head, title, body });
  const address = `${github.world.urls.html}/acme/shop/pull/${pull.number}`;
  screen.say(
    `${screen.colors.bold("ana")} opens #${pull.number} “${title}” ${screen.colors.dim(`${Object.keys(files).join(", ")} · ${address}`)}`,
  );
  return pull;
}

function approve({ ben }: World, screen: Screen, pull: PullRequest): void {
  ben.approve(pull, { body: "Looks good." });
  screen.say(`${screen.colors.bold("ben")} approves ${pull.pull.head.sha.slice(0, 7)}`);
}
