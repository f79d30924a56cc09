/** Makes the `Aws` handle: SDK clients on first use, each request counted, budgeted and retried where that is safe. */
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import type { Aws } from "./aws.ts";
import { type Clock, systemClock } from "../model/clock.ts";
import { type Budget, sharedBudget } from "./rate-limit.ts";
import { noteOperation, statusOf, WRITE_OUTCOME_UNKNOWN } from "./errors.ts";

export interface ConnectOptions {
  readonly region: string;
  /** Instead of AWS's own (tests, local emulators); the SDK also reads AWS_ENDPOINT_URL. */
  readonly endpoint?: string | undefined;
  /** The SDK's default chain without it. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  /** Replaces HTTP (in-process fakes). */
  readonly requestHandler?: object | undefined;
  /** Further settings for every client (a signer for in-process fakes). */
  readonly clientConfig?: object | undefined;
  readonly clock?: Clock | undefined;
  readonly budget?: Budget | undefined;
  /** Attempts per call, the first included. */
  readonly attempts?: number | undefined;
  /** Longest first pause between attempts, milliseconds. */
  readonly backoffMs?: number | undefined;
}

/** An `Aws` that counts. */
export interface ConnectedAws extends Aws {
  /** Requests sent so far, retries included. */
  calls(): number;
}

/** Creates take no client token: after a cut connection nobody knows whether they happened. */
const NOT_REPEATABLE = /^(Create|AddPermission$|Publish)/;

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
    (service: string): Middleware =>
    (next, context) =>
    async (args) => {
      const operation = (context.commandName ?? "").replace(/Command$/, "");
      await budget(service, operation);
      calls += 1;
      try {
        return await next(args);
      } catch (error) {
        noteOperation(error, { service, operation });
        if (!NOT_REPEATABLE.test(operation) || !outcomeUnknown(error)) throw error;
        // Not as `cause`: the SDK looks for retryable errors through causes, and would send the create again.
        const why = error instanceof Error ? error.message : String(error);
        const unknown = new Error(`${service} ${operation} was sent, its answer did not arrive (${why})`);
        unknown.name = WRITE_OUTCOME_UNKNOWN;
        noteOperation(unknown, { service, operation });
        throw unknown;
      }
    };

  const perCall =
    (service: string): Middleware =>
    (next, context) =>
    async (args) => {
      try {
        return await next(args);
      } catch (error) {
        noteOperation(error, { service, operation: (context.commandName ?? "").replace(/Command$/, "") });
        throw error;
      }
    };

  const lazily = <Client extends { middlewareStack: unknown }>(
    service: string,
    make: (config: object) => Promise<Client>,
  ) => {
    let client: Promise<Client> | undefined;
    return () => {
      client ??= retryStrategy(options).then(async (strategy) => {
        const made = await make({
          region: options.region,
          ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
          ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
          ...(options.requestHandler === undefined ? {} : { requestHandler: options.requestHandler }),
          retryStrategy: strategy,
          ...options.clientConfig,
        });
        // The SDK types a stack by its client's commands; ours fits every client.
        const stack = made.middlewareStack as MiddlewareStack;
        stack.add(perCall(service), { step: "initialize", priority: "high", name: "gatewrightOperation" });
        stack.addRelativeTo(perAttempt(service), {
          relation: "after",
          toMiddleware: "retryMiddleware",
          name: "gatewrightBudget",
        });
        return made;
      });
      return client;
    };
  };

  return {
    region: options.region,
    clock,
    calls: () => calls,
    apiGateway: lazily(
      "ApiGatewayV2",
      async (config) => new (await import("@aws-sdk/client-apigatewayv2")).ApiGatewayV2(config),
    ),
    lambda: lazily("Lambda", async (config) => new (await import("@aws-sdk/client-lambda")).Lambda(config)),
    iam: lazily("IAM", async (config) => new (await import("@aws-sdk/client-iam")).IAM(config)),
    logs: lazily(
      "CloudWatch Logs",
      async (config) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(config),
    ),
    tagging: lazily(
      "Resource Groups Tagging API",
      async (config) =>
        new (await import("@aws-sdk/client-resource-groups-tagging-api")).ResourceGroupsTaggingAPI(config),
    ),
    sts: lazily("STS", async (config) => new (await import("@aws-sdk/client-sts")).STS(config)),
  };
}

/** The SDK's standard strategy (throttles, 5xx, network) with full jitter, bounded at 20 s a pause. */
async function retryStrategy(options: ConnectOptions): Promise<object> {
  const { ConfiguredRetryStrategy } = await import("@smithy/core/retry");
  const base = options.backoffMs ?? 200;
  return new ConfiguredRetryStrategy(options.attempts ?? 7, (attempt: number) =>
    Math.round(Math.random() * Math.min(20_000, base * 2 ** attempt)),
  );
}
