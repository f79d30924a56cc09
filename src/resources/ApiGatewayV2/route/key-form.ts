/**
 * What API Gateway takes as a route key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */

export interface Fault {
  readonly message: string;
  readonly hint: string;
}

const METHODS = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const FORM = 'a method, one space and a path: "GET /orders/{id}", or "$default"';

/** What is wrong with the key of an HTTP API's route. */
export function httpKeyFault(key: string): Fault | undefined {
  const fault = faultOf(key);
  if (fault === undefined) return undefined;
  const meant = corrected(key);
  const right = meant !== key && faultOf(meant) === undefined;
  return {
    message: `${JSON.stringify(key)} ${fault}`,
    hint: right ? `Did you mean ${JSON.stringify(meant)}?` : `Write ${FORM}.`,
  };
}

function faultOf(key: string): string | undefined {
  if (key === "$default") return undefined;
  if (["$connect", "$disconnect"].includes(key)) return "is a route of WEBSOCKET APIs";
  const [, method, path] = /^([^\s/]+) (\/\S*)$/.exec(key) ?? [];
  if (method === undefined || path === undefined) return `is not ${FORM}`;
  if (!METHODS.includes(method)) return `has the method ${method}; accepted: ${METHODS.join(", ")}`;
  if (/[?#]/.test(path)) return "has a query or a fragment; a route is chosen by method and path only";
  const segments = path.slice(1).split("/");
  for (const [index, segment] of segments.entries()) {
    const fault = segmentFault(segment, index === segments.length - 1);
    if (fault !== undefined) return fault;
  }
  const variables = segments.flatMap((segment) => /^\{([^+}]+)\+?\}$/.exec(segment)?.[1] ?? []);
  const twice = variables.find((name, index) => variables.indexOf(name) !== index);
  return twice === undefined ? undefined : `has the variable {${twice}} twice; each needs a name of its own`;
}

function segmentFault(segment: string, last: boolean): string | undefined {
  if (/^\{[\w.:-]+\+\}$/.test(segment))
    return last ? undefined : `has ${segment} before its end; only the last segment can be greedy`;
  if (/^\{[\w.:-]+\}$/.test(segment)) return undefined;
  if (/[{}]/.test(segment)) return `has the segment ${segment}; a variable is a whole segment, {name}`;
  if (/^[:*<]/.test(segment)) return `has the segment ${segment}; a variable is written {name}`;
  return undefined;
}

/** The key as it was probably meant. */
function corrected(key: string): string {
  const trimmed = key.trim();
  if (/^\$?default$/i.test(trimmed)) return "$default";
  const [, method = "ANY", rest = ""] = /^(?:([a-zA-Z]+|\*)(?:\s+|(?=\/)))?(\S*)$/.exec(trimmed) ?? [];
  const path = rest
    .replace(/^https?:\/\/[^/]+/, "")
    .replace(/[?#].*$/, "")
    .replace(/\/\*+$/, "/{proxy+}")
    .replace(/(?<=\/)(?::([\w-]+)|<([\w-]+)>)(?=\/|$)/g, (_all, colon: string, angle: string) => {
      return `{${colon ?? angle}}`;
    });
  return `${method === "*" ? "ANY" : method.toUpperCase()} ${path.startsWith("/") ? path : `/${path}`}`;
}

/** What is wrong with the key of a WEBSOCKET API's route: `$` begins the three that AWS knows. */
export function websocketKeyFault(key: string): Fault | undefined {
  const known = ["$connect", "$disconnect", "$default"];
  if (!key.startsWith("$") || known.includes(key)) return undefined;
  const near = known.find((word) => word.toLowerCase() === key.toLowerCase());
  return {
    message: `${JSON.stringify(key)} begins with $; accepted: ${known.join(", ")}, or a text without $ in front`,
    hint: near === undefined ? `Write ${JSON.stringify(key.slice(1))}.` : `Did you mean "${near}"?`,
  };
}
