/** Asks CloudTrail who changed what a plan found to differ. */
import type { CloudTrail } from "@aws-sdk/client-cloudtrail";
import type { Aws } from "../../aws/aws.ts";
import { translate } from "../../aws/errors.ts";
import { cloudTrail, globalCloudTrail } from "../../aws/services.ts";
import { untilAborted } from "../../model/clock.ts";
import { GatewrightError, messageOf } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import type { Trail, TrailEntry } from "../../model/drift/trail.ts";
import { entryOf, type OwnIdentities, type TrailEvent } from "./entry.ts";
import { type Lookup, type Suspect, suspectsOf } from "./suspects.ts";

/** How far back CloudTrail's event history goes: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const KEPT_MS = 90 * 86_400_000;
/** A clock that is a little ahead must not ask for more. */
const MARGIN_MS = 3_600_000;
/** Each costs calls, of which AWS allows an account two a second. */
const MOST_RESOURCES = 10;
/** Ten seconds at the two a second that AWS allows an account and region. */
const MOST_CALLS = 20;
/** Most of what is found by a resource's name are reads, ours among them. */
const MOST_PAGES = 2;

export interface TrailOptions {
  /** When AWS was last as the spec has it, in milliseconds since 1970; undefined where nobody knows. */
  readonly since: number | undefined;
  /** Ids after that apply, by key. */
  readonly known: ReadonlyMap<string, string>;
  readonly own: OwnIdentities;
  /** Ends the asking: what was found until then counts. */
  readonly signal?: AbortSignal | undefined;
  /** Told why AWS did not answer, when it was not for want of the permission. */
  readonly onFailure: (reason: string) => void;
}

/** Undefined where nothing differs that CloudTrail could be asked about, and where it may not be asked: that permission is optional. */
export async function readTrail(
  aws: Aws,
  plan: Plan,
  { since: asked, known, own, signal, onFailure }: TrailOptions,
): Promise<Trail | undefined> {
  const suspects = suspectsOf(plan.changes, known);
  if (suspects.length === 0) return undefined;
  const since = Math.max(asked ?? 0, aws.clock.now() - KEPT_MS + MARGIN_MS);
  const events = lookingUp(aws, new Date(since), signal);
  const entries: TrailEntry[] = [];
  let done = 0;
  try {
    for (const suspect of suspects.slice(0, MOST_RESOURCES)) {
      const entry = await findEntry(suspect, events, own);
      if (entry !== undefined) entries.push(entry);
      done += 1;
    }
  } catch (error) {
    const known = translate(error);
    if (known instanceof GatewrightError && known.code === "AWS_ACCESS_DENIED") return undefined;
    if (!(error instanceof BudgetSpent)) onFailure(messageOf(known));
  }
  const cut = done < suspects.length ? { cut: true as const } : {};
  return { since, asked: done, entries, ...cut };
}

async function findEntry(
  suspect: Suspect,
  events: Events,
  own: OwnIdentities,
): Promise<TrailEntry | undefined> {
  // Calls of several names may have changed it: the newest counts. Of one resource's two names, the first that finds it.
  const everyName = suspect.lookups.some(({ by }) => by === "EventName");
  const found: TrailEvent[] = [];
  for (const lookup of suspect.lookups) {
    let entry: TrailEntry | undefined;
    for (let page = 1; page <= MOST_PAGES && entry === undefined; page += 1) {
      const { read, isLast } = await events(lookup, page);
      entry = entryOf(suspect, read, own);
      if (entry !== undefined) found.push(...read);
      if (isLast) break;
    }
    if (entry !== undefined && !everyName) break;
  }
  return entryOf(suspect, found, own);
}

/** The first pages of a lookup, newest first. */
type Events = (
  lookup: Lookup,
  pages: number,
) => Promise<{ readonly read: readonly TrailEvent[]; readonly isLast: boolean }>;

class BudgetSpent extends Error {}

/** Each page is asked for once, whatever number of resources it may be about. */
function lookingUp(aws: Aws, StartTime: Date, signal: AbortSignal | undefined): Events {
  const known = new Map<string, { read: TrailEvent[]; pages: number; next: string | undefined }>();
  let calls = 0;
  return async ({ region, by, value }, pages) => {
    const name = JSON.stringify([region, by, value]);
    const asked = known.get(name) ?? { read: [], pages: 0, next: undefined };
    known.set(name, asked);
    while (asked.pages < pages && (asked.pages === 0 || asked.next !== undefined)) {
      signal?.throwIfAborted();
      if (calls >= MOST_CALLS) throw new BudgetSpent();
      calls += 1;
      const client: CloudTrail = await aws.client(region === "global" ? globalCloudTrail : cloudTrail);
      const page = client.lookupEvents({
        LookupAttributes: [{ AttributeKey: by, AttributeValue: value }],
        StartTime,
        MaxResults: 50,
        ...(asked.next === undefined ? {} : { NextToken: asked.next }),
      });
      const { Events = [], NextToken } = await untilAborted(page, signal);
      asked.read.push(...Events);
      asked.pages += 1;
      asked.next = NextToken;
    }
    return { read: asked.read, isLast: asked.next === undefined };
  };
}
