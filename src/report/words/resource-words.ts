/** A resource in its reader's words: `GET /hello`, a route of my-api. The full name is in the diff's fold and in the JSON. Pure. */
import type { Change } from "../../model/plan.ts";

interface ResourceWords {
  /** `GET /hello` */
  readonly name: string;
  /** `route`, `Lambda function` */
  readonly kind: string;
  /** What it belongs to, `my-api`; missing for a resource of its own. */
  readonly parent?: string | undefined;
}

/** Services that go without saying: the product is for them. */
const UNSAID = /^ApiGateway(?:V2)?$/;

/** What AWS calls services whose API has another name. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ["CloudWatchEvents", "EventBridge"],
  ["CloudWatchLogs", "CloudWatch"],
  ["CognitoIdentityServiceProvider", "Cognito"],
]);

/** `IAM` of `IAM::Role`. */
export function serviceOf(type: string): string {
  return type.split("::")[0] ?? type;
}

export function resourceWords({ type, name }: Pick<Change, "type" | "name">): ResourceWords {
  const [service = "", resource] = type.split("::");
  const own = spaced(resource ?? service);
  const said = resource === undefined || UNSAID.test(service) ? "" : (SERVICES.get(service) ?? service);
  const kind = said === "" ? own : `${said} ${own}`;
  const parts = name.split("::");
  // `route::my-api::GET /hello` begins with its kind, `my-api::$default` with its parent.
  const named = parts.length > 1 && parts[0] === own.replaceAll(" ", "-") ? parts.slice(1) : parts;
  const leaf = named.at(-1) ?? "";
  if (leaf.trim() === "") return { name, kind };
  const parents = named.slice(0, -1);
  return parents.length === 0 ? { name: leaf, kind } : { name: leaf, kind, parent: parents.join(" ") };
}

/** `RouteResponse` → `route response`; words that are no plain English keep their capitals: `API`, `OpenID Connect provider`. */
function spaced(pascal: string): string {
  if (pascal === "Api") return "API";
  return pascal
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ")
    .replace(/\b[A-Z][a-z0-9]*\b/g, (word) => word.toLowerCase())
    .replace(/^open ID connect\b/, "OpenID Connect");
}
