/** Creates the `Aws` handle: loads SDK clients on first use; counts, limits and safely retries requests. */
import type { ConfiguredRetryStrategy as RetryStrategy } from "@smithy/core/retry";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import type { Aws } from "./aws.ts";
import { type Clock, systemClock, untilAborted } from "../model/clock.ts";
import { fail, messageOf } from "../model/errors.ts";
import { type Budget, sharedBudget } from "./rate-limit.ts";
import { classOf, noteOperation, type Operation, statusOf, WRITE_OUTCOME_UNKNOWN } from "./errors.ts";
import { callInTime, closeWhenOver, handlerOptions, limitCredentials, type TimeLimits } from "./in-time.ts";
import { globalRegion, type Service } from "./service.ts";

export interface ConnectOptions {
  readonly region: string;
  /** Replaces AWS's endpoint (tests, local emulators). The SDK also reads AWS_ENDPOINT_URL. */
  readonly endpoint?: string | undefined;
  /** Default: the SDK's credential chain. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  /** Replaces HTTP (in-process fakes). */
  readonly requestHandler?: object | undefined;
  /** Further settings for every client (a signer for in-process fakes). */
  readonly clientConfig?: object | undefined;
  readonly clock?: Clock | undefined;
  readonly budget?: Budget | undefined;
  /** Ends what is in flight and sends nothing more; its reason becomes the error. */
  readonly signal?: AbortSignal | undefined;
  readonly limits?: TimeLimits | undefined;
  /** Attempts per call, including the first. */
  readonly attempts?: number | undefined;
  /** Sends no more requests than this, including retries: a plan that would need more ends with an error. */
  readonly mostCalls?: number | undefined;
  /** Longest first pause between attempts, milliseconds. */
  readonly backoffMs?: number | undefined;
}

/** An `Aws` that counts its requests. */
export interface ConnectedAws extends Aws {
  /** Requests sent so far, including retries. */
  calls(): number;
}

interface WithStack {
  middlewareStack: unknown;
}
type AnyService = Service<WithStack>;

type Middleware = (
  next: (args: object) => Promise<unknown>,
  context: { commandName?: string },
) => (args: object) => Promise<unknown>;
interface MiddlewareStack {
  add(middleware: Middleware, options: object): void;
  addRelativeTo(middleware: Middleware, options: object): void;
}

function outcomeUnknown(error: unknown): boolean {
  const status = statusOf(error);
  // No status: the answer never came. 5xx: AWS documents no promise that nothing was made.
  return status === undefined ? !isClientSide(error) : status >= 500;
}

/** Errors from before anything was sent: credentials, endpoint resolution, connection refused. */
function isClientSide(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const name = error instanceof Error ? error.name : "";
  return (
    /CredentialsProviderError|TypeError|EndpointError/.test(name) ||
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(code)
  );
}

export function connectAws(options: ConnectOptions): ConnectedAws {
  const clock = options.clock ?? systemClock;
  const budget = options.budget ?? sharedBudget(`${options.region} ${options.endpoint ?? ""}`, clock);
  let calls = 0;

  const perAttempt =
    (service: AnyService): Middleware =>
    (next, context) => {
      const inTime = callInTime();
      const { limits = {}, signal } = options;
      return async (args) => {
        const called = operationOf(service, context);
        const { operation } = called;
        if (calls >= (options.mostCalls ?? Number.POSITIVE_INFINITY)) tooMany(calls);
        await budget(service, operation);
        try {
          return await inTime({ operation, bytes: bytesOf(args), limits, signal }, () => {
            calls += 1;
            return next(args);
          });
        } catch (error) {
          if (signal?.aborted === true) throw signal.reason;
          noteOperation(error, called);
          if (!service.lookBeforeRepeating.includes(called.operation) || !outcomeUnknown(error)) throw error;
          // Not as `cause`: the SDK looks for retryable errors through causes, and would send the create again.
          const why = messageOf(error);
          const unknown = new Error(
            `${service.name} ${called.operation} was sent, but no answer arrived (${why})`,
          );
          unknown.name = WRITE_OUTCOME_UNKNOWN;
          noteOperation(unknown, called);
          throw unknown;
        }
      };
    };

  const perCall =
    (service: AnyService): Middleware =>
    (next, context) =>
    async (args) => {
      try {
        // Also while a request waits for its turn, or to be sent again.
        return await untilAborted(next(args), options.signal);
      } catch (error) {
        noteOperation(error, operationOf(service, context));
        throw error;
      }
    };

  const connect = async <Client extends WithStack>(service: Service<Client>): Promise<Client> => {
    const client = await service.load({
      region: service.region === "global" ? globalRegion(options.region) : options.region,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
      ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
      requestHandler: options.requestHandler ?? handlerOptions(options.limits ?? {}),
      retryStrategy: await retryStrategy(options),
      ...options.clientConfig,
    });
    if (options.requestHandler === undefined) closeWhenOver(client);
    limitCredentials(client, options.limits ?? {});
    // The SDK types a middleware stack by its client's commands; ours works with every client.
    const stack = client.middlewareStack as MiddlewareStack;
    stack.add(perCall(service), { step: "initialize", priority: "high", name: "gatewrightOperation" });
    stack.addRelativeTo(perAttempt(service), {
      relation: "after",
      toMiddleware: "retryMiddleware",
      name: "gatewrightBudget",
    });
    return client;
  };

  const clients = new Map<AnyService, Promise<WithStack>>();
  return {
    region: options.region,
    clock,
    calls: () => calls,
    client<Client extends WithStack>(service: Service<Client>): Promise<Client> {
      const known = clients.get(service);
      // The key is the service whose `load` gave the client, so the type is that service's.
      if (known !== undefined) return known as Promise<Client>;
      const client = connect(service);
      clients.set(service, client);
      return client;
    },
  };
}

function tooMany(sent: number): never {
  return fail("AWS_REQUESTS_TOO_MANY", `${sent} requests to AWS were sent, and the plan needs more`, {
    hint: "Split the spec into several stacks, in directories of their own.",
  });
}

/** Of the request that is about to be sent. */
function bytesOf(args: object): number {
  const body: unknown =
    "request" in args && typeof args.request === "object" && args.request !== null && "body" in args.request
      ? args.request.body
      : undefined;
  return typeof body === "string" || body instanceof Uint8Array ? body.length : 0;
}

function operationOf(service: AnyService, { commandName = "" }: { commandName?: string }): Operation {
  const operation = commandName.replace(/Command$/, "");
  const { name, errors } = service;
  return { service: name, operation, iamAction: service.iamAction(operation), errors };
}

type Refresh = RetryStrategy["refreshRetryTokenForRetry"];

/**
 * The SDK's standard strategy (throttles, 5xx, network) with full jitter, bounded at 20 s a pause. A quota has the code
 * and the status of throttling in several services, but asking again does not help.
 */
async function retryStrategy(options: ConnectOptions): Promise<object> {
  const { ConfiguredRetryStrategy } = await import("@smithy/core/retry");
  const base = options.backoffMs ?? 200;
  class UnlessQuota extends ConfiguredRetryStrategy {
    override async refreshRetryTokenForRetry(...[token, info]: Parameters<Refresh>): ReturnType<Refresh> {
      if (classOf(info.error) === "quota") throw info.error;
      return super.refreshRetryTokenForRetry(token, info);
    }
  }
  return new UnlessQuota(options.attempts ?? 7, (attempt: number) =>
    Math.round(Math.random() * Math.min(20_000, base * 2 ** attempt)),
  );
}
