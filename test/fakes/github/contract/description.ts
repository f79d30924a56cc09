import { readFileSync } from "node:fs";
import { isRecord, type Json, text } from "../json.ts";

/** One operation of the trimmed description. */
export interface Described {
  readonly id: string;
  readonly method: string;
  readonly template: string;
  /** Where it stands in the description, as a JSON pointer. */
  readonly pointer: string;
  readonly docs: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Json;
  }[];
  readonly bodyTypes: readonly string[];
  readonly bodyRequired: boolean;
  readonly statuses: ReadonlyMap<string, boolean>;
}

/** Escapes one part of a JSON pointer, for use inside a `$ref`. */
const pointerPart = (part: string): string =>
  encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

function describe(template: string, method: string, value: Json): Described {
  const it = isRecord(value) ? value : {};
  const parameters = (Array.isArray(it.parameters) ? it.parameters : [])
    .filter(isRecord)
    .map((parameter) => ({
      name: text(parameter, "name") ?? "",
      in: text(parameter, "in") ?? "",
      required: parameter.required === true,
      schema: parameter.schema ?? {},
      multi: parameter["x-multi-segment"] === true,
    }));
  const names: string[] = [];
  const pattern = template
    .replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
      names.push(name);
      return parameters.some((parameter) => parameter.name === name && parameter.multi) ? "(.+)" : "([^/]+)";
    });
  // The root folder's contents have an empty path, and clients leave the slash before it out.
  const root = pattern.replace(/\/contents\/\(\.\+\)$/, "/contents(?:/(.*))?");
  const body = isRecord(it.requestBody) ? it.requestBody : {};
  const responses = isRecord(it.responses) ? it.responses : {};
  return {
    id: text(it, "operationId") ?? "",
    method: method.toUpperCase(),
    template,
    pointer: `/paths/${pointerPart(template)}/${method}`,
    docs: text(it.externalDocs, "url") ?? "",
    pattern: new RegExp(`^${root}$`),
    names,
    parameters,
    bodyTypes: Object.keys(isRecord(body.content) ? body.content : {}),
    bodyRequired: body.required === true,
    statuses: new Map(
      Object.entries(responses).map(([status, answer]) => [
        status,
        isRecord(answer) && isRecord(answer.content) && "application/json" in answer.content,
      ]),
    ),
  };
}

export interface Description {
  readonly document: Record<string, Json>;
  readonly operations: readonly Described[];
  readonly webhooks: ReadonlySet<string>;
}

let loaded: Description | undefined;

/** GitHub's description as committed beside this folder; read once. */
export function description(): Description {
  if (loaded) return loaded;
  const document: Record<string, Json> = JSON.parse(
    readFileSync(new URL("../openapi.json", import.meta.url), "utf8"),
  );
  const paths = isRecord(document.paths) ? document.paths : {};
  const operations = Object.entries(paths).flatMap(([template, item]) =>
    Object.entries(isRecord(item) ? item : {}).map(([method, value]) => describe(template, method, value)),
  );
  // `…/commits/{ref}/status` before `…/commits/{ref}`, whose reference may hold slashes: the more is said, the sooner.
  const said = ({ template, names }: Described): number => template.split("/").length - names.length;
  operations.sort((a, b) => said(b) - said(a));
  loaded = {
    document,
    operations,
    webhooks: new Set(Object.keys(isRecord(document.webhooks) ? document.webhooks : {})),
  };
  return loaded;
}

/** The operation a request is for, with its path's parameters decoded. */
export function route(
  method: string,
  path: string,
): { operation: Described; params: Record<string, string> } | undefined {
  for (const operation of description().operations) {
    const match = operation.method === method ? operation.pattern.exec(path) : null;
    if (!match) continue;
    const params: Record<string, string> = {};
    for (const [index, name] of operation.names.entries())
      params[name] = decodeURIComponent(match[index + 1] ?? "");
    return { operation, params };
  }
  return undefined;
}
