import type { Service } from "../aws/core/service.ts";
import { SERVICES } from "../aws/all-services.ts";
import { decodeInput } from "../aws/wire/decode.ts";
import { createIdentify } from "../aws/wire/identify.ts";
import { bodyText, type WireRequest } from "../aws/wire/message.ts";
import type { OperationShape } from "../aws/wire/shapes.ts";

export interface Named {
  /** Our name of a service the fake knows, else the name it is signed with. */
  service: string;
  operation: string;
  write: boolean;
  region: string;
  known?: { service: Service; shape: OperationShape };
  input: Record<string, unknown>;
}

const identify = createIdentify(SERVICES);
const READ = /^(Get|List|Describe|Head|BatchGet|Query|Scan)/;

/** Tells a call's service and operation from the request alone, also for services nobody here speaks. */
export function nameOf(request: WireRequest): Named {
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? "");
  const region = scope?.[1] ?? "";
  const found = identify(request);
  if (found !== undefined) {
    const { service, operation, labels } = found;
    return {
      service: service.id,
      operation: operation.name,
      write: !READ.test(operation.name),
      region,
      known: { service, shape: operation },
      input: inputOf(() => decodeInput(service, operation, request, labels)),
    };
  }
  const operation = rpcOperation(request);
  return {
    service: scope?.[2] ?? "unsigned",
    operation: operation ?? `${request.method} ${request.path}`,
    write: operation === undefined ? !["GET", "HEAD"].includes(request.method) : !READ.test(operation),
    region,
    input: {},
  };
}

function rpcOperation(request: WireRequest): string | undefined {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return target.slice(target.lastIndexOf(".") + 1);
  if (!(request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded"))
    return undefined;
  return /(?:^|&)Action=([^&]*)/.exec(bodyText(request))?.[1];
}

/** An input the upstream is to refuse is no reason to fail here. */
function inputOf(decode: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return decode();
  } catch {
    return {};
  }
}
