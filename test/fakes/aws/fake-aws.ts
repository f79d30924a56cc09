import type { AccountState, RegionState } from "./state.ts";
import { type Call, createDispatcher } from "./core/dispatch.ts";
import type { Faults } from "./core/faults.ts";
import { type ApiAnswers, type Listening, serve } from "./core/http-server.ts";
import type { FakeAwsOptions } from "./core/options.ts";
import { createSdkHandler, type SdkHandler } from "./core/sdk-handler.ts";
import { keysIn } from "./core/table.ts";
import { createWorld } from "./core/world.ts";
import { seedManagedPolicies } from "./iam/managed.ts";
import { SERVICES } from "./all-services.ts";

export type { Call } from "./core/dispatch.ts";
export type { ArmedFault, Fault, FaultKind, Faults } from "./core/faults.ts";
export type { Consistency, FakeAwsOptions, Quotas } from "./core/options.ts";

/** A strict AWS in memory. What it does and where that is known from: BEHAVIOURS.md. */
export interface FakeAws {
  /** Serves it over HTTP on a loopback port (give SDK clients `endpoint: url`). */
  listen(port?: number): Promise<Listening>;
  /** Serves it in this process (give SDK clients `requestHandler`). */
  requestHandler(): SdkHandler;
  /**
   * Region, credentials and request handler: everything a client's constructor needs. Its signer only
   * says who and where, without the cryptography: half of a call's time would go there.
   */
  clientConfig(region?: string): ClientConfig;
  readonly calls: Call[];
  resetCalls(): void;
  /** The account (IAM) and the configured region; change it to play somebody at the console. */
  readonly state: AccountState & RegionState;
  /** Another region's state. */
  region(name: string): RegionState;
  /** The keys of all resources of the account and of the configured region that are no part of another. */
  keys(): readonly string[];
  readonly faults: Faults;
  /** What calls of its APIs are answered with, over HTTP. */
  readonly answers: ApiAnswers;
}

export interface ClientConfig {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: SdkHandler;
  signer: { sign<T extends { headers: Record<string, string> }>(request: T): Promise<T> };
}

/** A signature as far as the fake reads one: the credential scope, which names the region. */
const unsigned = (region: string): ClientConfig["signer"] => ({
  sign: async (request) => {
    request.headers.authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${region}/fake/aws4_request`;
    return request;
  },
});

/** Creates a fake account. The same options and the same calls give the same answers. */
export function createFakeAws(options: FakeAwsOptions = {}): FakeAws {
  const regionName = options.region ?? "us-east-1";
  const world = createWorld(options, SERVICES);
  seedManagedPolicies(world.account, world.context(regionName), options.managedPolicies ?? []);
  const dispatcher = createDispatcher(world, SERVICES, options);
  const answers: ApiAnswers = new Map();
  const requestHandler = (): SdkHandler => createSdkHandler(dispatcher);
  return {
    listen: (port) => serve(dispatcher, answers, port),
    answers,
    requestHandler,
    clientConfig: (region = regionName) => ({
      region,
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      requestHandler: requestHandler(),
      signer: unsigned(region),
    }),
    calls: dispatcher.calls,
    resetCalls: () => {
      dispatcher.calls.length = 0;
    },
    state: { ...world.account, ...world.region(regionName) },
    region: world.region,
    keys: () => {
      const { account } = world;
      const region = world.region(regionName);
      const kinds = [account.roles, account.policies, region.apis, region.functions, region.logGroups];
      return [...kinds.flatMap((kind) => [...kind.keys()]), ...keysIn(account), ...keysIn(region)];
    },
    faults: dispatcher.faults,
  };
}
