/** What a new resource is, in the few words that tell it from others: `→ my-function, JWT`, `nodejs22.x, 128 MB`. Pure. */
import { type Change, nameOf } from "../../model/plan.ts";
import { isObject, type JsonValue } from "../../model/values.ts";
import { grouped } from "../../text/words.ts";
import { resourceWords } from "./resource-words.ts";

type Changes = readonly Change[];

/** By property, in the order in which they are said. Nothing is said of a value that has no short form. */
const WORDS: readonly (readonly [
  path: string,
  words: (value: JsonValue, changes: Changes) => string | undefined,
])[] = [
  ["ProtocolType", text],
  ["Target", pointer],
  ["IntegrationUri", pointer],
  ["IntegrationSubtype", text],
  ["AuthorizationType", (value) => (value === "NONE" ? "no authorization" : text(value))],
  ["AuthorizerType", text],
  ["Runtime", text],
  ["MemorySize", (value) => unit(value, "MB")],
  ["AutoDeploy", (value) => (value === true ? "deploys by itself" : undefined)],
  ["RetentionInDays", (value) => (value === 1 ? "1 day" : unit(value, "days"))],
  ["BillingMode", text],
  ["ScheduleExpression", text],
];

/** Empty if none of its properties says what it is. */
export function createWords(change: Change, changes: Changes): readonly string[] {
  return WORDS.flatMap(([path, words]) => {
    const property = change.properties.find((one) => one.path === path);
    if (property?.after === undefined || property.sensitive) return [];
    const said = words(property.after, changes);
    return said === undefined ? [] : [said];
  });
}

function text(value: JsonValue): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function unit(value: JsonValue, of: string): string | undefined {
  return typeof value === "number" ? `${grouped(value)} ${of}` : undefined;
}

/** What it calls: a resource of the plan by its short name, a function by its ARN, or the address itself. */
function pointer(value: JsonValue, changes: Changes): string | undefined {
  const name = isObject(value)
    ? unknownName(value.$unknown)
    : typeof value === "string"
      ? knownName(value, changes)
      : undefined;
  return name === undefined ? undefined : `→ ${name}`;
}

/** `ApiGatewayV2::Integration::integration::my-api::my-function id`: a name may hold spaces, the path behind it does not. */
function unknownName(reference: JsonValue | undefined): string | undefined {
  if (typeof reference !== "string") return undefined;
  const key = reference.replace(/ \S+$/, "");
  const name = nameOf(key);
  return name === key ? undefined : resourceWords({ type: key.slice(0, -name.length - 2), name }).name;
}

function knownName(value: string, changes: Changes): string | undefined {
  const id = /^integrations\/(\S+)$/.exec(value)?.[1];
  if (id !== undefined) {
    const target = changes.find((change) => change.id === id);
    return target === undefined ? undefined : resourceWords(target).name;
  }
  return /:function:([^:/]+)/.exec(value)?.[1] ?? (value === "" ? undefined : value);
}
