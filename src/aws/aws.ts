/** The handle through which resource types call AWS: lazily loaded SDK clients that share a request budget. */
import type { Clock } from "../model/clock.ts";
import type { Service } from "./service.ts";

/**
 * Clients are the SDK's aggregated ones, loaded on first use so that a bundle's first line does not wait for them.
 * The SDK's types are imported as types only. Errors are the SDK's own; aws/errors.ts translates them for users.
 * Distinguish them by `error.name` (`NotFoundException`), never by instanceof.
 * An operation that its service lists in `lookBeforeRepeating` and whose outcome is unknown (connection cut, 5xx) is
 * not retried by the client: it throws an error named `WriteOutcomeUnknown`, and the engine checks before it retries.
 */
export interface Aws {
  readonly region: string;
  readonly clock: Clock;
  /** Ends every wait of this handle. */
  readonly signal?: AbortSignal | undefined;
  /** The service's client: one per service and connection. */
  client<Client extends { middlewareStack: unknown }>(service: Service<Client>): Promise<Client>;
}
