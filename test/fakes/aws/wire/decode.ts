import { AwsError } from "../core/errors.ts";
import type { Service } from "../core/service.ts";
import { decodeJson } from "./json.ts";
import { bodyText, type WireRequest } from "./message.ts";
import { decodeForm, Form } from "./query.ts";
import type { OperationShape, Shape } from "./shapes.ts";

export type Input = Record<string, unknown>;

/** Decodes a request into the operation's input, by protocol, and checks the required members. */
export function decodeInput(
  service: Service,
  shape: OperationShape,
  request: WireRequest,
  labels: Record<string, string>,
): Input {
  const input = asInput(
    service.protocol === "query"
      ? decodeForm(shape.input, new Form(bodyText(request)))
      : service.protocol === "aws-json"
        ? decodeJson(shape.input, parse(request))
        : decodeRest(shape.input, request, labels, service.xml?.decode(shape, bodyText(request))),
  );
  checkRequired(service, shape.input, input, "");
  return input;
}

const asInput = (value: unknown): Input =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

function parse(request: WireRequest): unknown {
  const text = bodyText(request);
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError("SerializationException", "Could not parse request body into json");
  }
}

function decodeRest(
  shape: Shape,
  request: WireRequest,
  labels: Record<string, string>,
  fromXml: Input | undefined,
): Input {
  const hasBody = shape.kind === "structure" && shape.members().some((m) => m.location === "body");
  const input = fromXml ?? (hasBody ? asInput(decodeJson(shape, parse(request))) : {});
  for (const member of shape.members()) {
    if (member.location === "label") {
      const label = labels[member.name];
      if (label !== undefined) input[member.name] = label;
    } else if (member.location === "query") {
      const value = request.query[member.wire];
      if (value !== undefined && value !== null) input[member.name] = decodeQueryValue(member.shape, value);
    } else if (member.location === "header") {
      const value = request.headers[member.wire];
      if (value !== undefined) input[member.name] = value;
    }
  }
  return input;
}

function decodeQueryValue(shape: Shape, value: string | string[]): unknown {
  if (shape.kind === "list") return Array.isArray(value) ? value : [value];
  const single = Array.isArray(value) ? (value[0] ?? "") : value;
  if (shape.kind === "number") return Number(single);
  if (shape.kind === "boolean") return single === "true";
  return single;
}

function checkRequired(service: Service, shape: Shape, value: unknown, path: string): void {
  if (value === undefined) return;
  if (shape.kind === "list") {
    if (!Array.isArray(value)) return;
    for (const [i, item] of value.entries())
      checkRequired(service, shape.item(), item, `${path}.${i + 1}.member`);
    return;
  }
  if (shape.kind !== "structure" || typeof value !== "object" || value === null) return;
  for (const member of shape.members()) {
    const item: unknown = Reflect.get(value, member.name);
    const at = path === "" ? member.wire : `${path}.${member.wire}`;
    if (item === undefined && shape.required.has(member.name)) throw service.missing(at);
    checkRequired(service, member.shape, item, at);
  }
}
