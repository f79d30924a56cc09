/**
 * Decides what to store of a delivery when it arrives. Most deliveries do not concern the bot (comments that are not
 * commands, pushes to other branches): only their ids are kept. Of the rest, handlers read a few hundred bytes. Pure.
 */
import { EVENTS } from "./listeners.ts";
import { at, text } from "../../src/github/json.ts";

/** GitHub's longest comment has 65,536 characters; everything else that is read is far shorter. */
const LONGEST_TEXT = 65_536;

/** `there`: only whether the key is there. */
type Leaf = "value" | "there";

interface Shape {
  readonly [key: string]: Leaf | Shape;
}

/** Everything that listeners.ts reads, in GitHub's own shape. Fields not listed here never reach a handler. */
const READ: Shape = {
  action: "value",
  installation: { id: "value" },
  repository: {
    id: "value",
    name: "value",
    default_branch: "value",
    owner: { login: "value", name: "value" },
  },
  sender: { login: "value" },
  issue: { number: "value", pull_request: "there", user: { type: "value" } },
  comment: { id: "value", body: "value", user: { login: "value", type: "value" } },
  review: {
    id: "value",
    state: "value",
    commit_id: "value",
    body: "value",
    user: { login: "value", type: "value" },
  },
  pull_request: { number: "value", head: { sha: "value" }, base: { sha: "value" } },
  label: { name: "value" },
  workflow_run: { id: "value", run_attempt: "value", path: "value", head_sha: "value" },
  ref: "value",
  before: "value",
  after: "value",
  deleted: "value",
};

const LISTENERS = new Map(Object.entries(EVENTS));
const NAMES: ReadonlySet<string | undefined> = new Set(
  [...LISTENERS.keys()].map((name) => name.split(".")[0]),
);

/** The part of the payload to store, as JSON; empty if no handler would do anything. Throws on invalid JSON. */
export function filterPayload(event: string, body: string): string {
  if (!NAMES.has(event)) return "";
  const payload = pick(JSON.parse(body), READ);
  const listener = LISTENERS.get(`${event}.${text(at(payload, "action"))}`) ?? LISTENERS.get(event);
  return listener?.concerns({ id: "", payload }) === true ? JSON.stringify(payload) : "";
}

function pick(value: unknown, shape: Shape): Readonly<Record<string, unknown>> {
  const picked: Record<string, unknown> = {};
  for (const [key, wanted] of Object.entries(shape)) {
    const inner = at(value, key);
    if (inner === undefined) continue;
    if (wanted === "there") picked[key] = {};
    else if (wanted !== "value") picked[key] = pick(inner, wanted);
    else if (typeof inner !== "object") picked[key] = bounded(inner);
  }
  return picked;
}

function bounded(value: unknown): unknown {
  return typeof value === "string" ? value.slice(0, LONGEST_TEXT) : value;
}
