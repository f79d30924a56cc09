/** The built Action on pull requests, with a fake GitHub and a fake AWS over HTTP. */
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { afterEach, describe, expect, it } from "vitest";
import { secondaryLimit } from "../fakes/github/http/faults.ts";
import { clientsOf } from "../fakes/aws/testing.ts";
import { codesIn, countsOf, stateOf } from "./reading.ts";
import { applyFiles } from "./apply-files.ts";
import { PACKAGE, proxyStack, startWorld, type World, writes } from "./world.ts";

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const base = { "package.json": PACKAGE, "resources.js": proxyStack() };
const changed = { "resources.js": proxyStack({ description: "changed" }) };

async function start(files = base, options: Parameters<typeof startWorld>[1] = {}): Promise<World> {
  world = await startWorld(files, options);
  return world;
}

describe("on a pull request", () => {
  it("posts the plan, updates it in place, and writes nothing to AWS", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    const first = await here.act(pull);
    expect(first.stderr).toBe("");
    expect(first.exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
    const [comment] = pull.comments;
    expect(comment?.body).toMatch(/^<!-- gatewright:plan \{.*\} -->\n/);
    expect(countsOf(comment?.body ?? "")).toEqual({ create: 3 });
    expect(first.outputs).toMatchObject({ "has-changes": "true", create: "3", update: "0", delete: "0" });
    expect(first.outputs["plan-id"]).toMatch(/^[0-9a-f]{12}$/);
    expect(first.outputs["comment-url"]).toContain(`#issuecomment-${comment?.id}`);
    expect(comment?.body).toContain(first.outputs["plan-id"]);
    expect(comment?.body).toContain(pull.pull.head.sha.slice(0, 7));
    expect(first.summary).toContain(first.outputs["plan-id"]);
    expect(first.groups).toHaveLength(1);

    here.github
      .person("ana")
      .push(here.repository, "topic", { "resources.js": proxyStack({ api: "other" }) });
    const second = await here.act(pull);
    expect(second.exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain("other");
    expect(second.outputs["plan-id"]).not.toBe(first.outputs["plan-id"]);
    expect(writes(here)).toEqual([]);
  });

  it("masks the token and the AWS keys", async () => {
    const here = await start();
    const { masks, log } = await here.act(here.pullRequest(changed));
    expect(masks).toContain("secret-access-key");
    expect(masks.some((mask) => mask.startsWith("ghs_"))).toBe(true);
    expect(log).not.toContain("secret-access-key");
  });

  it("masks what config.secret reads, and shows it nowhere", async () => {
    const here = await start();
    const whole = "{\n  RecognisableStoredSecret\n  RecognisableRest, 100 %\n}";
    const [user, password] = ["RecognisableUser", "RecognisablePassword"];
    const manager = new SecretsManager(here.aws.clientConfig());
    await manager.createSecret({ Name: "/shop/stripe", SecretString: whole });
    await manager.createSecret({ Name: "/shop/db", SecretString: JSON.stringify({ user, password }) });
    const spec = proxyStack({ description: "DESCRIPTION" })
      .replace(
        '"DESCRIPTION"',
        '`${config.secret("/shop/stripe")} ${config.secret("/shop/db", { key: "password" })}`',
      )
      .replace("properties: () =>", "properties: ({ config }) =>");
    const pull = here.pullRequest({ "resources.js": spec });
    const run = await here.act(pull);
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
    const secrets = run.masks.filter((mask) => mask.startsWith("Recognisable"));
    expect(secrets.sort()).toEqual([password, "RecognisableRest, 100 %", "RecognisableStoredSecret"].sort());
    // A line that is a bracket would hide every bracket of the log.
    expect(run.masks).not.toContain("}");
    const masks = run.stdout.split("\n").filter((line) => line.startsWith("::add-mask::"));
    expect(masks).toContain("::add-mask::RecognisableRest, 100 %25");
    // Not even GitHub's stars are needed: nothing else has it.
    const rest = run.stdout.split("\n").filter((line) => !line.startsWith("::add-mask::"));
    const said = [rest.join("\n"), run.summary, pull.comments[0]?.body ?? "", JSON.stringify(run.outputs)];
    expect(said.join("\n")).not.toMatch(/Recognisable/);
    expect(countsOf(pull.comments[0]?.body ?? "")).toEqual({ create: 3 });
  });

  it("warns reviewers when the deployment rules change", async () => {
    const here = await start();
    const pull = here.pullRequest({ ...changed, ".github/gatewright.yml": "stages: {}\n" });
    await here.act(pull);
    expect(pull.comments[0]?.body).toContain("[!WARNING]");
    expect(pull.comments[0]?.body).toContain(".github/gatewright.yml");
  });

  it("does not touch other people's comments that carry our marker", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    await here.act(pull);
    const own = pull.comments[0]?.body ?? "";
    const forged = here.github.person("mallory").comment(pull, own.replaceAll("my-api", "your-api"));
    const before = forged.body;
    for (let talk = 0; talk < 120; talk += 1) here.github.person("ana").comment(pull, "talk");
    here.github
      .person("ana")
      .push(here.repository, "topic", { "resources.js": proxyStack({ api: "other" }) });
    await here.act(pull);
    expect(pull.comments.filter(({ body }) => body.startsWith("<!-- gatewright:plan"))).toHaveLength(2);
    expect(forged.body).toBe(before);
    expect(pull.comments[0]?.body).toContain("other");
  });

  it("does not let a spec send commands to the runner", async () => {
    const here = await start();
    const evil = "##[set-output name=plan-id;]forged";
    const run = await here.act(here.pullRequest({ "resources.js": proxyStack({ description: evil }) }));
    const lines = run.stdout.split("\n");
    const at = lines.findIndex((line) => line.includes("forged"));
    const token = lines
      .slice(0, at)
      .findLast((line) => line.startsWith("::stop-commands::"))
      ?.slice("::stop-commands::".length);
    expect(at).toBeGreaterThan(0);
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines.indexOf(`::${token}::`)).toBeGreaterThan(at);
  });

  it("writes the plan as JSON", async () => {
    const here = await start();
    const run = await here.act(here.pullRequest(changed), { inputs: { "plan-file": "out/plan.json" } });
    expect(run.outputs["plan-file"]).toMatch(/\/shop\/shop\/out\/plan\.json$/);
  });

  it("does not overwrite a newer plan when the run is overtaken", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    await here.act(pull);
    const before = pull.comments[0]?.body;
    // The event is for the old head; the push happens before the run writes its comment.
    here.github.faults.add({ on: "git/get-tree", delayMs: 1500 });
    const late = here.act(pull);
    setTimeout(() => {
      here.github
        .person("ana")
        .push(here.repository, "topic", { "resources.js": proxyStack({ api: "newer" }) });
    }, 300);
    const { exitCode, annotations } = await late;
    expect(exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toBe(before);
    expect(annotations).toContainEqual(
      expect.objectContaining({
        level: "notice",
        title: "COMMENT_OVERTAKEN",
        message: expect.stringContaining(pull.pull.head.sha.slice(0, 7)),
      }),
    );
  });
});

describe("comment:", () => {
  it("never", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    const run = await here.act(pull, { inputs: { comment: "never" } });
    expect(run.exitCode).toBe(0);
    expect(pull.comments).toEqual([]);
    expect(run.outputs["comment-url"]).toBe("");
    expect(run.summary).toContain(run.outputs["plan-id"]);
  });

  it("changes: writes no comment without changes, but updates an existing one", async () => {
    const empty = { "package.json": PACKAGE, "resources.js": "exports.createResources = () => [];\n" };
    const here = await start(empty);
    const pull = here.pullRequest({ "README.md": "words" });
    const inputs = { comment: "changes" };
    expect((await here.act(pull, { inputs })).outputs["has-changes"]).toBe("false");
    expect(pull.comments).toEqual([]);
    const ana = here.github.person("ana");
    ana.push(here.repository, "topic", { "resources.js": proxyStack() });
    await here.act(pull, { inputs });
    expect(pull.comments).toHaveLength(1);
    ana.push(here.repository, "topic", { "resources.js": empty["resources.js"] });
    await here.act(pull, { inputs });
    expect(pull.comments).toHaveLength(1);
    expect(stateOf(pull.comments[0]?.body ?? "")).toBe("unchanged");
  });

  it("always: comments even if there is nothing to do", async () => {
    const here = await start({
      "package.json": PACKAGE,
      "resources.js": "exports.createResources = () => [];\n",
    });
    const pull = here.pullRequest({ "README.md": "words" });
    await here.act(pull);
    expect(stateOf(pull.comments[0]?.body ?? "")).toBe("unchanged");
  });
});

describe("a spec that cannot be planned", () => {
  const wrongApi = (_: unknown, index: number): string =>
    `  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "api-${index}", ProtocolType: "FTP" }) },`;
  const broken = {
    "resources.js": 'exports.createResources = () => [\n  { type: "Apy", group: "ApiGatewayV2" },\n];\n',
  };

  it("fails the job, with an annotation on the line and the error in the comment", async () => {
    const here = await start();
    const pull = here.pullRequest(broken);
    const run = await here.act(pull);
    expect(run.exitCode).toBe(1);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "error", title: "TYPE_UNKNOWN", file: "resources.js", line: 2 }),
    );
    expect(stateOf(pull.comments[0]?.body ?? "")).toBe("failed");
    expect(pull.comments[0]?.body).toContain("ApiGatewayV2::Apy");
    expect(codesIn(run.summary)).toEqual(["TYPE_UNKNOWN"]);
    expect(run.outputs).toMatchObject({ "plan-id": "", "has-changes": "false", create: "0" });
    expect(writes(here)).toEqual([]);
  });

  it("with thirty errors gives the ten annotations that GitHub takes, each an error on its line, and the rest elsewhere", async () => {
    const here = await start();
    const lines = Array.from({ length: 30 }, wrongApi);
    const pull = here.pullRequest({
      "resources.js": `exports.createResources = () => [\n${lines.join("\n")}\n];\n`,
    });
    const run = await here.act(pull);
    expect(run.exitCode).toBe(1);
    const errors = run.annotations.filter(({ level }) => level === "error");
    expect(errors.map(({ title, line }) => [title, line])).toEqual(
      Array.from({ length: 10 }, (_, index) => ["PROPERTY_INVALID", index + 2]),
    );
    expect(run.annotations.filter(({ level }) => level === "notice").map(({ message }) => message)).toEqual([
      expect.stringContaining("20 more errors"),
    ]);
    expect(run.log).toContain("api-29");
    expect(run.summary).toContain("api-29");
  });

  it("keeps room for the reason of a stack that can be planned", async () => {
    const here = await start();
    await applyFiles(here, base);
    const lines = Array.from({ length: 12 }, wrongApi);
    const pull = here.pullRequest({
      "resources.js": "exports.createResources = () => [];\n",
      "other/resources.js": `exports.createResources = () => [\n${lines.join("\n")}\n];\n`,
    });
    const run = await here.act(pull, { inputs: { directory: "., other", "fail-on": "error, delete" } });
    const errors = run.annotations.filter(({ level }) => level === "error");
    expect(errors).toHaveLength(10);
    expect(errors.filter(({ message }) => message.includes("fail-on: delete"))).toHaveLength(1);
  });

  it("does not fail the job with fail-on: never", async () => {
    const here = await start();
    const run = await here.act(here.pullRequest(broken), { inputs: { "fail-on": "never" } });
    expect(run.exitCode).toBe(0);
    expect(run.annotations.filter(({ level }) => level === "error")).toHaveLength(1);
  });
});

describe("fail-on:", () => {
  /** Applies the base with the terminal program, because the Action never writes to AWS. */
  async function applied(files = base): Promise<World> {
    const here = await start(files);
    await applyFiles(here, files);
    return here;
  }

  it("delete", async () => {
    const here = await applied();
    const pull = here.pullRequest({ "resources.js": "exports.createResources = () => [];\n" });
    expect((await here.act(pull)).exitCode).toBe(0);
    const run = await here.act(pull, { inputs: { "fail-on": "error, delete" } });
    expect(run.exitCode).toBe(1);
    expect(run.annotations.at(-1)?.message).toContain("fail-on: delete");
    expect(pull.comments[0]?.body).toContain("[!CAUTION]");
  });

  it("replace", async () => {
    const here = await applied();
    const pull = here.pullRequest({
      "resources.js": proxyStack().replace(
        'ProtocolType: "HTTP"',
        'ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action"',
      ),
    });
    const run = await here.act(pull, { inputs: { "fail-on": "replace" } });
    expect(run.exitCode).toBe(1);
    expect(run.annotations.at(-1)?.message).toContain("fail-on: replace");
  });

  it("foreign; adopt takes the resource over, and the plan shows it", async () => {
    const here = await start();
    await clientsOf(here.aws).api.createApi({ Name: "my-api", ProtocolType: "HTTP" });
    here.aws.resetCalls();
    const pull = here.pullRequest(changed);
    const tolerant = await here.act(pull);
    expect(tolerant.exitCode).toBe(0);
    expect(stateOf(pull.comments[0]?.body ?? "")).toBe("blocked");
    expect(codesIn(pull.comments[0]?.body ?? "")).toEqual(["FOREIGN_RESOURCE", "API_WITHOUT_STAGE"]);
    const strict = await here.act(pull, { inputs: { "fail-on": "foreign" } });
    expect(strict.exitCode).toBe(1);
    const adopting = await here.act(pull, { inputs: { "fail-on": "foreign", adopt: "my-api" } });
    expect(adopting.exitCode).toBe(0);
    expect(stateOf(pull.comments[0]?.body ?? "")).toBe("changes");
    expect(countsOf(pull.comments[0]?.body ?? "")).toEqual({ update: 1, create: 2 });
    expect(writes(here)).toEqual([]);
  });
});

describe("when GitHub fails", () => {
  it("the comment is written once, even if the answer to the request is lost", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    here.github.faults.add({
      on: "issues/create-comment",
      after: true,
      status: 502,
      body: { message: "Server Error" },
    });
    const run = await here.act(pull);
    expect(run.exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
  });

  it("the Action waits for a rate limit", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    here.github.faults.add({ on: "issues/create-comment", ...secondaryLimit(1) });
    expect((await here.act(pull)).exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
  });

  it("the job fails if the comment cannot be written, but still reports everything else", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    const unprocessable = { status: 422, body: { message: "Validation Failed" } };
    here.github.faults.add({ on: "issues/create-comment", times: 9, ...unprocessable });
    const run = await here.act(pull);
    expect(run.exitCode).toBe(1);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "error", title: "GITHUB_ERROR" }),
    );
    expect(run.outputs["has-changes"]).toBe("true");
    expect(run.summary).toContain(run.outputs["plan-id"]);
  });
});
