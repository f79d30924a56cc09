import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Json, JsonObject } from "../json.ts";
import { describedOnly, pointed } from "./invented.ts";
import { type Described, description } from "./description.ts";

/** What we are sent is held to the letter. */
let strict: Ajv2020 | undefined;
/** What GitHub sends holds an empty text where there is no address: its own examples do. */
let lax: Ajv2020 | undefined;
const compiled = new Map<string, ValidateFunction>();

function validator(emptyAddress: boolean): Ajv2020 {
  const made = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    // Each schema is compiled once in hundreds of processes, for a few values: small and soon, not fast.
    inlineRefs: false,
    code: { optimize: false },
  });
  addFormats.default(made);
  for (const format of ["repo.nwo", "timestamp"]) made.addFormat(format, true);
  const uri = /^[a-z][a-z0-9+.-]*:\S+$/i;
  // GitHub makes addresses like `1+app[bot]@users.noreply.github.com`, which the format forbids.
  made.addFormat("email", /^\S+@\S+$/);
  if (emptyAddress) made.addFormat("uri", (value: string) => value === "" || uri.test(value));
  return made.addSchema({ $id: "github", ...description().document });
}

/** Compiling takes its time, so a schema is compiled when it is first needed and once per process. */
function validate(side: "sent" | "answered", key: string, schema: object, value: Json | undefined): string[] {
  let check = compiled.get(key);
  if (!check) {
    if (side === "sent") strict ??= validator(false);
    else lax ??= validator(true);
    check = (side === "sent" ? strict : lax)?.compile(schema);
    if (!check) throw new Error("no validator");
    compiled.set(key, check);
  }
  return check(value) ? [] : (check.errors ?? []).map(sentence);
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  const detail = params.additionalProperty ?? params.unevaluatedProperty ?? params.allowedValues;
  return `${instancePath || "(all)"} ${message}${detail === undefined ? "" : `: ${JSON.stringify(detail)}`}`;
}

/** Path and query are text: what the description calls a number must read as one. */
function typed(schema: Json, value: string): Json {
  const type = typeof schema === "object" && schema !== null && "type" in schema ? schema.type : undefined;
  if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

/** What is wrong with a request, by GitHub's description of the operation. Empty: nothing. */
export function requestProblems(
  operation: Described,
  sent: {
    readonly params: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
    readonly body: Json | undefined;
  },
): string[] {
  const problems: string[] = [];
  for (const place of ["path", "query"]) {
    const described = operation.parameters.filter((parameter) => parameter.in === place);
    const given: Record<string, Json> = {};
    for (const [name, value] of Object.entries(place === "path" ? sent.params : sent.query))
      given[name] = typed(described.find((parameter) => parameter.name === name)?.schema ?? {}, value);
    const schema = {
      type: "object",
      properties: Object.fromEntries(
        described.map(({ name }) => [
          name,
          {
            $ref: `github#${operation.pointer}/parameters/${operation.parameters.findIndex((p) => p.name === name)}/schema`,
          },
        ]),
      ),
      required: described.filter(({ required }) => required).map(({ name }) => name),
      // GitHub ignores what it does not know; here it is a typing error waiting to be found.
      additionalProperties: false,
    };
    problems.push(
      ...validate("sent", `${operation.id} ${place}`, schema, given).map((each) => `${place} ${each}`),
    );
  }
  if (sent.body === undefined) {
    if (operation.bodyRequired) problems.push("body is required");
  } else if (operation.bodyTypes.includes("application/json")) {
    const $ref = `github#${operation.pointer}/requestBody/content/application~1json/schema`;
    const schema = { $ref, unevaluatedProperties: false };
    problems.push(
      ...validate("sent", `${operation.id} body`, schema, sent.body).map((each) => `body ${each}`),
    );
  } else if (JSON.stringify(sent.body) !== "{}") problems.push("body is not expected");
  return problems;
}

/** Something we say as it is said, and what is wrong with it by the description. */
export interface Said {
  readonly value: Json | undefined;
  readonly problems: readonly string[];
}

function said(key: string, $ref: string, value: Json | undefined): Said {
  // As text and back: what is checked is what is sent.
  const whole: Json | undefined = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  const described = describedOnly(pointed($ref), whole);
  return { value: described, problems: validate("answered", key, { $ref }, described) };
}

/** Our answer, held to the description. Errors every route may give are held to the common error's shape. */
export function describedAnswer(operation: Described, status: number, body: Json | undefined): Said {
  const hasJson = operation.statuses.get(String(status));
  if (hasJson === undefined && status < 400)
    return { value: body, problems: [`status ${status} is not described`] };
  if (status >= 400) {
    const reference = hasJson
      ? `github#${operation.pointer}/responses/${status}/content/application~1json/schema`
      : "github#/components/schemas/basic-error";
    return {
      value: body,
      problems: validate("answered", `${operation.id} ${status}`, { $ref: reference }, body),
    };
  }
  if (!hasJson) {
    const problems = body === undefined ? [] : [`a body with status ${status} is not described`];
    return { value: body, problems };
  }
  const $ref = `github#${operation.pointer}/responses/${status}/content/application~1json/schema`;
  return said(`${operation.id} ${status}`, $ref, body);
}

/** A webhook's payload, held to the description. */
export function describedWebhook(name: string, payload: JsonObject): Said {
  if (description().webhooks.has(name)) return said(`webhook ${name}`, `github#/webhooks/${name}`, payload);
  return { value: payload, problems: [`webhook ${name} is not in the trimmed description`] };
}
