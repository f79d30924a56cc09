/** Jobs of the bot that are cancelled or killed: nothing waits for good, and the next job clears up. */
import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actionEnvironment } from "../../fakes/github/action/environment.ts";
import { type ActionRun, runAction } from "../../fakes/github/action/run.ts";
import type { Person } from "../../fakes/github/person.ts";
import type { Comment, PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { program } from "../process.ts";
import { PACKAGE, proxyStack, startWorld, type World } from "../world.ts";
import { planIdIn, stateOf } from "../reading.ts";

const JOB = "github-actions[bot]";

let world: World;
let ana: Person;
let ben: Person;
let made = 0;
beforeAll(async () => {
  world = await startWorld({});
  [ana, ben] = [world.github.person("ana"), world.github.person("ben")];
});
afterAll(() => world?.close());
afterEach(() => world.aws.faults.clear());

type Kill = (signal: NodeJS.Signals) => void;

interface Here {
  readonly repository: Repository;
  readonly pull: PullRequest;
  /** Runs the job of a command, and calls `during` while it does. */
  command(body: string, during?: (kill: Kill) => Promise<void>): Promise<ActionRun>;
  /** The comments of the bot, the newest last. */
  said(): readonly Comment[];
  /** `gatewright apply dev: cancelled` */
  checks(): readonly string[];
}

/** A pull request with a plan that is approved. */
async function start(): Promise<Here & { readonly planId: string }> {
  made += 1;
  const name = `stop-${made}`;
  const repository = world.github.repository(`acme/${name}`, {
    files: { "package.json": PACKAGE.replace("shop", name) },
    collaborators: { ana: "write", ben: "write" },
  });
  ana.push(repository, "topic", { "resources.js": proxyStack({ api: name }) });
  const pull = ana.openPullRequest(repository, { head: "topic", title: "Change" });
  const said = (): readonly Comment[] => pull.comments.filter(({ author }) => author.login === JOB);
  const command: Here["command"] = async (body, during) => {
    const comment = ana.comment(pull, body);
    const environment = actionEnvironment(world.github, pull, {
      event: "issue_comment",
      comment,
      env: { ...world.awsEnv, HOME: "/nonexistent" },
    });
    let acted: Promise<void> | undefined;
    const run = await runAction(program("bot-workflow"), environment, {
      onStart: (kill) => {
        acted = during?.(kill);
      },
    });
    await acted;
    rmSync(environment.directory, { recursive: true, force: true });
    return run;
  };
  const checks = (): readonly string[] =>
    repository.suites.flatMap(({ runs }) =>
      runs.map(({ name: check, status, conclusion }) => `${check}: ${conclusion ?? status}`),
    );
  const here = { repository, pull, command, said, checks };
  await command("/plan");
  ben.approve(pull);
  return { ...here, planId: planIdIn(said().at(-1)?.body ?? "") };
}

function lastState({ said }: Here): string | undefined {
  return stateOf(said().at(-1)?.body ?? "");
}

/** Makes AWS answer late; resolves when it was asked. */
function late(operation: string, delayMs: number): () => Promise<unknown> {
  const fault = world.aws.faults.inject({ kind: "delay", operation, delayMs });
  return () => world.github.until(operation, () => fault.hits > 0, 40_000);
}

describe("a cancelled job", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "(%s) finishes its step and reports what is left",
    async (signal) => {
      const here = await start();
      world.aws.resetCalls();
      const asked = late("CreateApi", 1500);
      const { exitCode, durationMs } = await here.command(`/apply ${here.planId}`, async (kill) => {
        await asked();
        kill(signal);
      });
      expect(exitCode).toBe(1);
      expect(durationMs).toBeLessThan(30_000);
      expect(lastState(here)).toBe("cancelled");
      expect(here.checks()).toContain("gatewright apply dev: cancelled");
      expect(here.checks().join()).not.toContain("progress");
      expect(world.aws.calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual([
        "CreateApi",
      ]);
    },
  );

  it("that has not written yet does not wait for AWS", async () => {
    const here = await start();
    world.aws.resetCalls();
    const asked = late("GetApis", 60_000);
    const { exitCode } = await here.command(`/apply ${here.planId}`, async (kill) => {
      await asked();
      kill("SIGINT");
    });
    expect(exitCode).toBe(1);
    expect(lastState(here)).toBe("stopped");
    expect(here.checks()).toContain("gatewright apply dev: cancelled");
  });
});

describe("a job that was killed", () => {
  it("is cleared up by the next one: its comment no longer waits, its check has ended", async () => {
    const here = await start();
    world.aws.resetCalls();
    const asked = late("CreateApi", 2000);
    await here.command(`/apply ${here.planId}`, async (kill) => {
      await asked();
      kill("SIGKILL");
    });
    const open = here.said().at(-1);
    expect(stateOf(open?.body ?? "")).toMatch(/queued|running/);
    expect(here.checks().join()).toContain("progress");
    await here.command("/help");
    expect(stateOf(open?.body ?? "")).toBe("cancelled");
    expect(open?.body).toContain("ended before it could report");
    expect(open?.body).toContain("[@ana]");
    expect(here.checks().join()).not.toContain("progress");
  });

  it("while it planned is cleared up too", async () => {
    const here = await start();
    world.aws.resetCalls();
    const asked = late("GetCallerIdentity", 5000);
    await here.command("/plan", async (kill) => {
      await asked();
      kill("SIGKILL");
    });
    expect(here.checks().join()).toContain("progress");
    await here.command("/status");
    expect(here.checks().join()).not.toContain("progress");
  });
});
