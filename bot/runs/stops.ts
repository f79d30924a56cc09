/** Why an attempt stops before its end. */
import { GatewrightError } from "../../src/model/errors.ts";

/** Somebody asked; this process ends; another process has the run; the lock is gone. */
export type Stop = "cancel" | "drain" | "taken-over" | "unlocked";

/** What the signal of an attempt is aborted with, and what its fence throws. */
export class Stopped extends GatewrightError {
  readonly why: Stop;

  constructor(why: Stop) {
    const { code, message, hint } = SAID[why];
    super(code, message, { hint });
    this.name = "Stopped";
    this.why = why;
  }
}

const SAID: Readonly<
  Record<Stop, { readonly code: string; readonly message: string; readonly hint: string }>
> = {
  cancel: {
    code: "RUN_CANCELLED",
    message: "the run was cancelled",
    hint: "What was done stays done. Plan again to see what is left.",
  },
  drain: {
    code: "RUN_HANDED_BACK",
    message: "this process is ending",
    hint: "The run goes on in another process, or in this one when it is started again.",
  },
  "taken-over": {
    code: "RUN_TAKEN_OVER",
    message: "another process has taken the run over",
    hint: "That process carries on from what AWS has.",
  },
  unlocked: {
    code: "LOCK_LOST",
    message: "this run no longer holds the stack's lock",
    hint: "Nothing was changed after that. Look at what was done, plan again and apply the rest.",
  },
};
