/**
 * Decides what to store of a delivery when it arrives. Most deliveries do not concern the bot (comments that are not
 * commands, pushes to other branches): only their ids are kept. Of the rest, handlers read a few hundred bytes. Pure.
 */
import { EVENTS } from "./listeners.ts";
import { at, text } from "../../src/github/json.ts";

interface Shape {
  readonly [key: string]: true | Shape;
}

/** Everything that listeners.ts reads, in GitHub's own shape. Fields not listed here never reach a handler. */
const READ: Shape = {
  action: true,
  installation: { id: true },
  repository: { id: true, name: true, default_branch: true, owner: { login: true, name: true } },
  sender: { login: true },
  issue: { number: true, pull_request: true },
  comment: { id: true, body: true, user: { login: true, type: true } },
  review: { id: true, body: true, user: { login: true, type: true } },
  pull_request: { number: true },
  ref: true,
  before: true,
  after: true,
  deleted: true,
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
    if (inner !== undefined) picked[key] = wanted === true ? inner : pick(inner, wanted);
  }
  return picked;
}
