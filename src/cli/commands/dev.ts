/** `gatewright dev`: the stack on a local AWS, applied again whenever a file changes. Ends with Ctrl-C. */
import { resolve } from "node:path";
import type { Aws } from "../../aws/aws.ts";
import { translate } from "../../aws/errors.ts";
import { applyStack } from "../../engine/apply-stack.ts";
import type { ApplyResult, Callable } from "../../model/apply.ts";
import { userErrors } from "../../model/errors.ts";
import { isApplicable } from "../../model/plan.ts";
import { terminalErrors } from "../../report/terminal/errors.ts";
import type { Invocation } from "../arguments.ts";
import { locate, makeContext } from "../context.ts";
import { type Front, openFront } from "../dev/front.ts";
import { hasProgram, localAwsProgram, miniStack } from "../dev/local-aws.ts";
import { createLogReader } from "../dev/logs.ts";
import { linkSdk } from "../dev/sdk.ts";
import { type Server, startServer } from "../dev/server.ts";
import { untilStopped } from "../dev/stop.ts";
import { addressLines, changedLine, originsOf, roundLine } from "../dev/told.ts";
import { foldersOf, oneAtATime, watchFolders } from "../dev/watch.ts";
import type { Io } from "../io.ts";
import { showPlan, showResult } from "./show.ts";

const FIRST_PORT = 3000;

/** The local AWS takes any; the user's own are not looked for. */
const CREDENTIALS = { accessKeyId: "local", secretAccessKey: "local" };

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { root, directory } = locate(invocation.directory, io.cwd);
  const stopped = untilStopped();
  const program = localAwsProgram(io.env, io.note);
  io.note(`Starting a local AWS (MiniStack: ${program}). Nothing is sent to Amazon.`);
  const sdk = linkSdk(resolve(root, directory));
  const server = await startServer(miniStack(program, sdk.path)).catch((error: unknown) => {
    sdk.remove();
    throw error;
  });
  const fronts: Front[] = [];
  const read = createLogReader();
  let latest: Round | undefined;
  const printed = oneAtATime<"answered">(async () => {
    if (latest === undefined) return;
    for (const line of await read(latest.aws, functionsOf(latest.result))) io.note(line);
  });
  const open = (port: number, origin: string): Promise<Front> =>
    openFront(port, origin, () => void printed(["answered"]));
  try {
    let shown: string | undefined;
    const round = async (): Promise<void> => {
      const made = await applyOnce(invocation, io, server);
      if (made?.result.succeeded !== true) return;
      latest = made;
      shown = await show(made.result, { fronts, open }, invocation, io, shown);
    };
    const again = oneAtATime<string>(async (paths) => {
      io.note(`\n${changedLine(paths)}`);
      await round().catch((error: unknown) => showError(error, io));
    });
    const first = round();
    // Watched from the beginning: what changes during the first round is applied after it.
    const { code } = invocation;
    const folders = foldersOf(
      resolve(root, directory),
      code === undefined ? undefined : resolve(io.cwd, code),
    );
    const unwatch = watchFolders(folders, (paths) => {
      void first.then(
        () => again(paths),
        () => undefined,
      );
    });
    try {
      await first;
      io.note("\nWatching for changes. Ctrl-C ends it; what is in the local AWS is forgotten.");
      await stopped;
    } finally {
      unwatch();
    }
    // A round that runs ends first: the local AWS must not go under it.
    await again([]);
    return 0;
  } finally {
    await Promise.all(fronts.map((front) => front.close()));
    await server.stop();
    sdk.remove();
  }
}

interface Round {
  readonly result: ApplyResult;
  readonly aws: Aws;
}

interface Fronts {
  readonly fronts: Front[];
  readonly open: (port: number, origin: string) => Promise<Front>;
}

/** The stack's functions by their names in AWS, from their ARNs. */
function functionsOf({ outputs }: ApplyResult): readonly string[] {
  return outputs
    .filter(({ name }) => name === "FunctionArn")
    .map(({ value }) => value.replace(/^.*:function:/, ""));
}

/** Plans and applies. A mistake is shown, and does not end the command. */
async function applyOnce(invocation: Invocation, io: Io, server: Server): Promise<Round | undefined> {
  try {
    const local: Invocation = { ...invocation, endpoint: server.url, untracked: true, account: undefined };
    const context = await makeContext(local, io, CREDENTIALS);
    const result = await applyStack({ ...context.stack, expectedAccount: undefined }, context.aws, {
      onPlan: ({ plan }) => {
        if (!isApplicable(plan)) showPlan(context, plan);
      },
    });
    if (!result.succeeded) showResult(context, result);
    return { result, aws: context.aws };
  } catch (error) {
    showError(error, io);
    return undefined;
  }
}

function showError(error: unknown, io: Io): void {
  const shown = translate(error);
  io.note(terminalErrors(shown, userErrors(shown), io.noteColor));
}

/** Says what was applied, and the addresses where they are not those that were shown before. Returns them. */
async function show(
  result: ApplyResult,
  { fronts, open }: Fronts,
  { port }: Invocation,
  io: Io,
  before: string | undefined,
): Promise<string> {
  const callables = result.callables ?? [];
  const origins = originsOf(callables);
  for (const [index, origin] of origins.entries()) {
    const front = fronts[index];
    if (front === undefined) fronts.push(await open((port ?? FIRST_PORT) + index, origin));
    else front.aim(origin);
  }
  const addresses = addressLines(callables, (origin) => fronts[origins.indexOf(origin)]?.url).join("\n");
  io.out(`${roundLine(result)}\n`);
  if (addresses !== before) io.out(`${addresses}\n`);
  if (before === undefined) for (const line of missingPrograms(callables)) io.note(line);
  return addresses;
}

/** MiniStack starts the machine's own programs for functions. */
function missingPrograms(callables: readonly Callable[]): readonly string[] {
  if (callables.length === 0) return ["The spec has nothing to call: add a Route and a Stage."];
  return hasProgram("node") ? [] : ["node is not on PATH: functions written in JavaScript will not run."];
}
