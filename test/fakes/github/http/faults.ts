import type { Json } from "../json.ts";

/** What goes wrong. `after`: the request is carried out first, and only its answer is lost. */
export interface Fault {
  /** An operation id (`issues/create-comment`), or a pattern for `METHOD /path`. Default: everything. */
  readonly on?: string | RegExp;
  /** How often; default once. */
  readonly times?: number;
  /** Requests that still pass before the first one is hit. */
  readonly skip?: number;
  readonly after?: boolean;
  readonly status?: number;
  readonly body?: Json;
  /** Instead of `body`: what a proxy says. */
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Never answers; the connection stays open until the fake closes. */
  readonly hang?: boolean;
  /** Closes the connection without an answer. */
  readonly cut?: boolean;
  /** With `hang` or `cut`: so many bytes of the answer are sent before. */
  readonly bytes?: number;
}

interface Armed {
  readonly fault: Fault;
  skip: number;
  left: number;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The fault that hits this request, counted down. */
  next(operationId: string | undefined, line: string): Fault | undefined;
}

/** GitHub's answer to somebody who writes too fast: wait `seconds`. */
export function secondaryLimit(seconds: number): Fault {
  return {
    status: 403,
    headers: { "retry-after": String(seconds) },
    body: {
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      documentation_url: "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api",
    },
  };
}

/** GitHub's answer when the hour's requests are used up: wait until `reset`. */
export function primaryLimit(reset: Date): Fault {
  const seconds = String(Math.ceil(reset.getTime() / 1000));
  return {
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-used": "5000", "x-ratelimit-reset": seconds },
    body: {
      message: "API rate limit exceeded for installation ID 1.",
      documentation_url: "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api",
    },
  };
}

/** An empty list of faults. The first that matches hits. */
export function createFaults(): Faults {
  let armed: Armed[] = [];
  return {
    add: (fault) => {
      armed.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 });
    },
    clear: () => {
      armed = [];
    },
    next: (operationId, line) => {
      const hit = armed.find(({ fault: { on }, left }) => {
        if (left <= 0) return false;
        return on === undefined || (typeof on === "string" ? on === operationId : on.test(line));
      });
      if (!hit) return undefined;
      if (hit.skip > 0) {
        hit.skip -= 1;
        return undefined;
      }
      hit.left -= 1;
      return hit.fault;
    },
  };
}
