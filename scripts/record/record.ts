/** Lives each life on an AWS, always to its end, and says where the answers differ from the recorded rows. */
import { isDeepStrictEqual } from "node:util";
import { recordedStates } from "../../test/contract/recorded.ts";
import { type Life, livesOf, type RecordClients } from "./lives.ts";

/** Members that only say what the user called something, or when it was. */
const OWN = [
  "Name",
  "RoleName",
  "Arn",
  "Role",
  "Runtime",
  "Tags",
  "logGroupName",
  "arn",
  "logGroupArn",
  "RoleLastUsed",
];

interface Recorded {
  /** A new row for each reading, to compare or to paste. */
  readonly rows: readonly object[];
  readonly differences: readonly string[];
  /** What could not be deleted: the user has to. */
  readonly left: readonly string[];
}

export async function record(
  clients: RecordClients,
  name: string,
  pause: () => Promise<unknown>,
  log: (line: string) => void = () => undefined,
): Promise<Recorded> {
  const rows: object[] = [];
  const differences: string[] = [];
  const left: string[] = [];
  const lives = livesOf(clients, name, pause);
  const known = new Map(recordedStates().map((row) => [row.id, row]));
  const started: Life[] = [];
  try {
    for (const life of lives) {
      log(life.what);
      started.push(life);
      await life.make();
      const made = plain(await life.read(), name);
      rows.push({ like: life.row, answered: made });
      differences.push(...differing(life.row, known.get(life.row)?.answered ?? {}, made));
      await life.change();
      const changed = plain(await life.read(), name);
      rows.push({ like: `${life.row}, changed`, answered: changed });
      differences.push(...differing(`${life.row}, changed`, life.changed, changed));
    }
  } finally {
    // The newest first: a function before its role.
    for (const life of started.toReversed()) {
      try {
        await life.remove();
      } catch (error) {
        // What was never made is no leftover.
        if (!/NotFound|NoSuchEntity/.test(error instanceof Error ? error.name : ""))
          left.push(`${life.what} ${name}: ${String(error)}`);
      }
    }
  }
  return { rows, differences, left };
}

/** The answer with the corpus' names in place of ours. */
function plain(answer: object | undefined, name: string): Record<string, unknown> {
  const text = JSON.stringify({ ...answer, $metadata: undefined });
  const plainText = text
    .replaceAll(`${name}-ws`, "x")
    .replaceAll(name, "x")
    .replace(/(?<=:)\d{12}(?=:)/g, "123456789012");
  const parsed: unknown = JSON.parse(plainText);
  return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
}

function differing(row: string, recorded: object, now: Record<string, unknown>): string[] {
  return Object.entries(recorded)
    .filter(([key, value]) => !OWN.includes(key) && !isDeepStrictEqual(value ?? undefined, now[key]))
    .map(([key, value]) => `${row} ${key}: ${JSON.stringify(now[key])}, recorded ${JSON.stringify(value)}`);
}
