/** What functions print, read from the local AWS's logs once a request was answered. */
import type { Aws } from "../../aws/aws.ts";
import { logs } from "../../resources/CloudWatchLogs/service.ts";
import { visible } from "../../text/escape.ts";

interface LogEvent {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
}

/** How far a group has been read: up to a time, and how many events of that very millisecond. */
interface Position {
  readonly since: number;
  readonly count: number;
}

export const BEGINNING: Position = { since: 0, count: 0 };

/** The events behind a position, of a list that begins at its time. Pure. */
export function eventsAfter(
  { since, count }: Position,
  events: readonly LogEvent[],
): { readonly fresh: readonly LogEvent[]; readonly position: Position } {
  const fresh = events.slice(count);
  const last = events.at(-1)?.timestamp ?? since;
  if (fresh.length === 0) return { fresh, position: { since, count } };
  return {
    fresh,
    position: { since: last, count: events.filter(({ timestamp }) => timestamp === last).length },
  };
}

/** Lambda's own lines around each invocation say nothing that the caller does not see. */
const AROUND = /^(START|END|REPORT|INIT_START) /;

/** MiniStack's worker calls `url.parse` before the function's own code runs; Node 24 warns of that at every cold start. */
const OF_WORKER = /^(\(node:\d+\) \[DEP0169\]|\(Use `node --trace-deprecation )/;

/** Lambda has the SDK built in; here it is the project's (sdk.ts). */
function sdkHint(message: string): readonly string[] {
  const [, name] = /Cannot find (?:module|package) '(@(?:aws-sdk|smithy)\/[\w.-]+)/.exec(message) ?? [];
  return name === undefined
    ? []
    : [`Lambda has ${name} built in, this machine has not. Beside the spec: npm install --save-dev ${name}`];
}

export function logLines(name: string, events: readonly LogEvent[]): readonly string[] {
  return events
    .map(({ message = "" }) => message.trimEnd())
    .filter((message) => message !== "" && !AROUND.test(message) && !OF_WORKER.test(message))
    .flatMap((message) => [...message.split("\n"), ...sdkHint(message)])
    .map((line) => `  ${name}: ${visible(line)}`);
}

/** Reads on, each time it is called, what the functions with these names in AWS have printed. */
export function createLogReader(): (aws: Aws, names: readonly string[]) => Promise<readonly string[]> {
  const positions = new Map<string, Position>();
  return async (aws, names) => {
    const client = await aws.client(logs);
    const lines: string[] = [];
    for (const name of names) {
      const before = positions.get(name) ?? BEGINNING;
      const { events = [] } = await client
        .filterLogEvents({ logGroupName: `/aws/lambda/${name}`, startTime: before.since })
        // A function that was never called has no log group.
        .catch(() => ({ events: [] }));
      const { fresh, position } = eventsAfter(before, events);
      positions.set(name, position);
      lines.push(...logLines(name, fresh));
    }
    return lines;
  };
}
