/**
 * What the tests of scripts/mutation-groups.ts use of vitest, for scripts/mutation-runner.ts: `expect` is vitest's own; `it`,
 * `describe` and the hooks keep the tests in a list, so that one process can run any of them again and again.
 */
import { expect } from "vitest";

export { expect };

type Body<Row extends readonly unknown[] = []> = (...row: Row) => unknown;

export interface KeptTest {
  readonly file: string;
  readonly name: string;
  readonly run: Body;
}

export const kept: KeptTest[] = [];
/** The file that is being loaded. */
export const loading = { file: "" };

const suites: string[] = [];
const names = new Set<string>();
const before = new Map<string, Body[]>();
const after = new Map<string, Body[]>();

export function describe(title: string, body: Body): void {
  suites.push(title);
  body();
  suites.pop();
}

export function it(title: string, first: unknown, second?: unknown): void {
  const { file } = loading;
  const body = typeof first === "function" ? first : second;
  if (typeof body !== "function") throw new TypeError(`The test "${title}" of ${file} has no body.`);
  kept.push({ file, name: unused(file, [...suites, title].join(" ")), run: () => body() });
}

export function beforeEach(hook: Body): void {
  before.set(loading.file, [...(before.get(loading.file) ?? []), hook]);
}

export function afterEach(hook: Body): void {
  after.set(loading.file, [hook, ...(after.get(loading.file) ?? [])]);
}

/** Runs a test with the hooks of its file. Throws what the test throws. */
export async function runKept(test: KeptTest): Promise<void> {
  for (const hook of before.get(test.file) ?? []) await hook();
  try {
    await test.run();
  } finally {
    for (const hook of after.get(test.file) ?? []) await hook();
  }
}

describe.each = eachOf(describe);
it.each = eachOf(it);
export const test = it;

function eachOf(make: (title: string, body: Body) => void) {
  return (table: readonly unknown[]) =>
    (title: string, body: Body<readonly unknown[]>): void => {
      for (const row of table) make(title, () => body(...(Array.isArray(row) ? row : [row])));
    };
}

/** The rows of a table have one title here: vitest writes their values into it. */
function unused(file: string, name: string): string {
  let free = name;
  for (let row = 2; names.has(`${file}#${free}`); row += 1) free = `${name} (${row})`;
  names.add(`${file}#${free}`);
  return free;
}
