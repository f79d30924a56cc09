import { type OperationShape, operationShape, operationsOf } from "../wire/shapes.ts";
import type { XmlCodec } from "../wire/rest-xml.ts";
import type { Ctx } from "./context.ts";
import type { AwsError } from "./errors.ts";

export type Protocol = "rest-json" | "aws-json" | "query" | "rest-xml";

export interface Operation {
  shape: OperationShape;
  run: (ctx: Ctx, input: unknown) => unknown;
  /** Whether the operation changes something: faults that count writes look at this. */
  write: boolean;
}

/** A rate of calls: so many a second, so many at once. */
export interface Rate {
  rate: number;
  burst: number;
}

/** Something with tags, as the tagging API finds it. */
export interface Tagged {
  arn: string;
  tags: Map<string, string>;
}

/** Everything the fake knows about one of AWS's services. */
export interface Service {
  id: string;
  protocol: Protocol;
  /** X-Amz-Target prefix of a JSON 1.1 service, API version of a query service. */
  key: string;
  xmlNamespace?: string;
  /** How a REST-XML service's bodies are read and written: the SDK's own codec (`xmlCodecOf`). */
  xml?: XmlCodec;
  /** The service's name in IAM actions, where it is not the id. */
  iamPrefix?: string;
  operations: Map<string, Operation>;
  /** Every operation the SDK knows, implemented here or not: the router needs the names. */
  known: OperationShape[];
  /** How this service refuses an input without a required member. */
  missing: (member: string) => AwsError;
  /** The service's own throttling error. */
  throttled: () => AwsError;
  /** The service's answer while somebody else changes the same thing. */
  busy: () => AwsError;
  /** Rates that are fixed enough to enforce, per account and region; `all` is for all operations together. */
  rates?: Readonly<Record<string, Rate>>;
  /** What of the service's the tagging API finds in a region. */
  tagged?: (ctx: Ctx) => Iterable<Tagged>;
}

const READ = /^(Get|List|Describe)/;

/** Binds a typed handler to an operation's schema. The decoder guarantees the input's shape, so the cast is here and only here. */
export function operation<I, O>(schema: unknown, run: (ctx: Ctx, input: I) => O): Operation {
  const shape = operationShape(schema);
  return { shape, run: (ctx, input) => run(ctx, input as I), write: !READ.test(shape.name) };
}

/** Assembles a service from its operations and the SDK's module (for the names of all the others). */
export function service(
  definition: Omit<Service, "operations" | "known">,
  clientModule: object,
  operations: Operation[],
): Service {
  return {
    ...definition,
    known: operationsOf(clientModule),
    operations: new Map(operations.map((op) => [op.shape.name, op])),
  };
}
