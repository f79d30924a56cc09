/** The two ways in which a Lambda function is written in an integration or an authorizer. */
import { isUnknown, type JsonValue, type Text, text } from "../../model/values.ts";
import type { StackFacts } from "../../model/stack.ts";

/** As AWS's console writes it: `arn:P:apigateway:R:lambda:path/2015-03-31/functions/ARN/invocations`. */
const INVOCATION_URI =
  /^arn:[^:]+:apigateway:[^:]*:lambda:path\/2015-03-31\/functions\/(arn:.+)\/invocations$/;

/** The function's ARN when the value is one in either form; anything else stays as it is. */
export function plainFunctionUri<Value extends JsonValue | undefined>(value: Value): Value | string {
  if (typeof value !== "string") return value;
  return INVOCATION_URI.exec(value)?.[1] ?? value;
}

/** The console's form of a function's ARN, which WEBSOCKET integrations and authorizers need. */
export function invocationUri({ partition, region }: StackFacts, functionArn: Text): Text {
  if (isUnknown(functionArn)) return uriIn(region);
  // The region is the function's, which may be another than the API's.
  const [, own] = /^arn:[^:]+:lambda:([^:]*):/.exec(functionArn) ?? [];
  return own === undefined ? functionArn : uriIn(own);

  function uriIn(where: string): Text {
    return text`arn:${partition}:apigateway:${where}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  }
}
