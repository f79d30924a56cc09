import { type OperationShape, operationShape, operationsOf } from "../wire/shapes.ts";
import type { AwsError } from "./errors.ts";
import type { Ctx } from "./context.ts";

export type ServiceId = "apigatewayv2" | "lambda" | "iam" | "logs" | "sts" | "tagging";
export type Protocol = "rest-json" | "aws-json" | "query";

export interface Operation {
  shape: OperationShape;
  run: (ctx: Ctx, input: unknown) => unknown;
  /** Whether the operation changes something: faults that count writes look at this. */
  write: boolean;
}

export interface Service {
  id: ServiceId;
  protocol: Protocol;
  /** X-Amz-Target prefix of a JSON 1.1 service, API version of a query service. */
  key: string;
  xmlNamespace?: string;
  operations: Map<string, Operation>;
  /** Every operation the SDK knows, implemented here or not: the router needs the names. */
  known: OperationShape[];
  /** How this service refuses an input without a required member. */
  missing: (member: string) => AwsError;
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
