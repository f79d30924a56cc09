import type { JsonObject } from "../json.ts";
import type { Account, Repository } from "../state/types.ts";

/** Something happened that GitHub tells Apps about. Built at once: later changes do not show in it. */
export interface WebhookEvent {
  readonly name: string;
  readonly action?: string;
  /** Events of a repository reach the Apps installed there; others name the Apps themselves. */
  readonly repository?: Repository;
  readonly apps?: readonly number[];
  readonly sender: Account;
  readonly payload: JsonObject;
}
