/** Compares an answer with what was expected of a call. Pure; what an answer contains is never repeated. */
import type { Expectation } from "../../../src/settings/smoke.ts";

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The body was longer than what was read of it. */
  readonly cut: boolean;
}

/** What is wrong with an answer; undefined when it is as expected. */
export function wrongIn({ status, text, json }: Expectation, answer: Answer): string | undefined {
  if (answer.status !== status) return `answered ${answer.status}, not ${status}`;
  const where = answer.cut ? "the first part of the answer" : "the answer";
  if (text !== undefined && !answer.body.includes(text)) return `${where} does not contain "${text}"`;
  const paths = Object.entries(json ?? {});
  if (paths.length === 0) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer.body);
  } catch {
    return `${where} is not JSON`;
  }
  const wrong = paths.find(([path, expected]) => valueAt(parsed, path) !== expected);
  return wrong === undefined ? undefined : `${wrong[0]} is not ${JSON.stringify(wrong[1])}`;
}

/** The value at `$.items[0].id` or `items[0].id`; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  const steps = path.replace(/^\$/, "").match(/[\w-]+/g) ?? [];
  return steps.reduce<unknown>(
    (found, step) =>
      typeof found === "object" && found !== null && Object.hasOwn(found, step)
        ? Reflect.get(found, step)
        : undefined,
    value,
  );
}
