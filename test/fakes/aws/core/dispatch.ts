import { decodeInput, type Input } from "../wire/decode.ts";
import { encodeError, encodeOutput } from "../wire/encode.ts";
import { createIdentify } from "../wire/identify.ts";
import type { WireRequest, WireResponse } from "../wire/message.ts";
import { AwsError } from "./errors.ts";
import { type ArmedFault, createFaults, type Faults } from "./faults.ts";
import type { FakeAwsOptions } from "./options.ts";
import type { Service } from "./service.ts";
import { beforeFault, internal } from "./strike.ts";
import { createThrottle } from "./throttle.ts";
import type { World } from "./world.ts";

/** One call as the fake saw it. `error` is the code it was answered with, if it was. */
export interface Call {
  service: string;
  operation: string;
  at: number;
  region: string;
  write: boolean;
  input: Record<string, unknown>;
  error?: string;
}

export interface Outcome {
  response: WireResponse;
  /** The connection breaks instead of the response being sent. */
  cut: boolean;
  delayMs: number;
}

export interface Dispatcher {
  dispatch(request: WireRequest): Outcome;
  calls: Call[];
  faults: Faults;
}

/** The request's path through the fake: identify, decode, fault, throttle, run, encode. Synchronous, so that no two calls interleave. */
export function createDispatcher(
  world: World,
  services: readonly Service[],
  options: FakeAwsOptions,
): Dispatcher {
  const identify = createIdentify(services);
  const faults = createFaults();
  const calls: Call[] = [];
  const throttle = options.throttle === true ? createThrottle() : undefined;

  const dispatch = (request: WireRequest): Outcome => {
    const requestId = world.ids.uuid();
    const answer = (response: WireResponse, fault?: ArmedFault): Outcome => ({
      response,
      cut: fault?.kind === "cut" || fault?.kind === "cut-after",
      delayMs: fault?.delayMs ?? 0,
    });
    const found = identify(request);
    if (found === undefined) {
      return answer(
        encodeError(undefined, new AwsError("UnknownOperationException", unknown(request), 404), requestId),
      );
    }
    const { service, operation, labels } = found;
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1];
    const call: Call = {
      service: service.id,
      operation: operation.name,
      at: world.now(),
      region: region ?? "",
      write: false,
      input: {},
    };
    calls.push(call);
    let fault: ArmedFault | undefined;
    try {
      if (region === undefined)
        throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
      const implemented = service.operations.get(operation.name);
      if (implemented === undefined) {
        throw new AwsError("NotImplementedException", `The fake has no ${service.id} ${operation.name}`, 501);
      }
      call.write = implemented.write;
      call.input = decodeInput(service, operation, request, labels);
      fault = faults.strike({ ...call });
      if (fault !== undefined) beforeFault(service, operation.name, fault);
      throttle?.(service, region, operation.name, call.at);
      if (fault?.kind === "cut") return answer(encodeError(service, service.throttled(), requestId), fault);
      const output = implemented.run(world.context(region), call.input satisfies Input);
      if (fault?.kind === "error-after") throw internal();
      return answer(encodeOutput(service, operation, output, requestId), fault);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      call.error = error.code;
      return answer(encodeError(service, error, requestId), fault);
    }
  };
  return { dispatch, calls, faults };
}

const unknown = (request: WireRequest): string =>
  `Unable to determine service/operation name to be authorized: ${request.method} ${request.path}`;
