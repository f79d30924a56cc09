import type { AwsError } from "../core/errors.ts";
import type { Service } from "../core/service.ts";
import { encodeJson } from "./json.ts";
import type { WireResponse } from "./message.ts";
import type { OperationShape } from "./shapes.ts";
import { encodeXml, escapeXml } from "./xml.ts";

/** Encodes an operation's output as the service's protocol does. */
export function encodeOutput(
  service: Service,
  shape: OperationShape,
  output: unknown,
  requestId: string,
): WireResponse {
  if (service.protocol === "query") {
    const name = shape.name;
    const result =
      shape.output.kind === "unit" ? "" : `<${name}Result>${encodeXml(shape.output, output)}</${name}Result>`;
    return {
      status: 200,
      headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
      body: `<${name}Response xmlns="${service.xmlNamespace ?? ""}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    };
  }
  if (service.xml !== undefined) {
    const { headers, body } = service.xml.encode(shape, output);
    return {
      status: shape.status,
      headers: { ...headers, "content-type": "text/xml", "x-amzn-requestid": requestId },
      body,
    };
  }
  const type = service.protocol === "aws-json" ? "application/x-amz-json-1.1" : "application/json";
  const status = statusOf(shape, output);
  const empty = shape.output.kind === "unit";
  return {
    status,
    headers: { "content-type": type, "x-amzn-requestid": requestId },
    body: empty ? "" : JSON.stringify(encodeJson(shape.output, output)),
  };
}

/** An output may carry the HTTP status itself (Lambda's DeleteFunction). */
function statusOf(shape: OperationShape, output: unknown): number {
  const member = shape.output.members().find((m) => m.location === "status");
  if (member === undefined || typeof output !== "object" || output === null) return shape.status;
  return Number(Reflect.get(output, member.name) ?? shape.status);
}

/** Encodes an error as the service's protocol does. */
export function encodeError(service: Service | undefined, error: AwsError, requestId: string): WireResponse {
  // Both protocols have one form of error.
  if (service?.protocol === "query" || service?.protocol === "rest-xml") {
    const type = error.status >= 500 ? "Receiver" : "Sender";
    return {
      status: error.status,
      headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
      body: `<ErrorResponse xmlns="${service.xmlNamespace ?? ""}"><Error><Type>${type}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    };
  }
  const headers: Record<string, string> = {
    "content-type": service?.protocol === "aws-json" ? "application/x-amz-json-1.1" : "application/json",
    "x-amzn-requestid": requestId,
    "x-amzn-errortype": error.code,
  };
  const body = { ...error.members, message: error.message };
  return {
    status: error.status,
    headers,
    body: JSON.stringify(service?.protocol === "aws-json" ? { __type: error.code, ...body } : body),
  };
}
