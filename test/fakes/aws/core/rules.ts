import type { AwsError } from "./errors.ts";

/**
 * Something a service refuses. A rule sees the resource as it would be after the write, where it would be,
 * and, at an update, as it is now; it throws the service's refusal.
 */
export type Rule<T, Where = unknown> = (it: T, where: Where, before: T | undefined) => void;

type Text<T, Where> = string | ((it: T, where: Where) => string);

export interface Rules {
  /** Refuses with the message whatever the condition finds. */
  refuse<T, Where>(
    found: (it: T, where: Where, before: T | undefined) => boolean,
    message: Text<T, Where>,
  ): Rule<T, Where>;
  /** The text must not be longer. */
  atMost<T>(member: keyof T & string, length: number): Rule<T>;
  /** The member must be there, and not empty. */
  required<T>(member: keyof T & string, message: string): Rule<T>;
  /** The members must not be there when the condition holds. */
  without<T, Where>(
    members: readonly (keyof T & string)[],
    condition: (it: T, where: Where) => boolean,
    message: (member: string) => string,
  ): Rule<T, Where>;
}

/** AWS names members in messages with a small first letter. */
const told = (member: string): string => member.charAt(0).toLowerCase() + member.slice(1);

/** The rules of a service that refuses bad values with `error`. */
export function createRules(error: (message: string) => AwsError): Rules {
  return {
    refuse: (found, message) => (it, where, before) => {
      if (found(it, where, before)) throw error(typeof message === "string" ? message : message(it, where));
    },
    atMost: (member, length) => (it) => {
      const value: unknown = it[member];
      if (typeof value === "string" && value.length > length)
        throw error(`Invalid ${told(member)}: must be at most ${length} characters`);
    },
    required: (member, message) => (it) => {
      const value: unknown = it[member];
      if (value === undefined || value === "") throw error(message);
    },
    without: (members, condition, message) => (it, where) => {
      if (!condition(it, where)) return;
      const found = members.find((member) => it[member] !== undefined);
      if (found !== undefined) throw error(message(found));
    },
  };
}
