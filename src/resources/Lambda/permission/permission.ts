/** Who may invoke a function: its resource policy as one resource, a set of statements. */
import { optional, required } from "../../facts.ts";
import * as z from "zod";
import { fail } from "../../../model/errors.ts";
import { hasMarker } from "../../../model/reference-marker.ts";
import { isObject, type JsonValue } from "../../../model/values.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import { arnText, enumText, flag, patternText, properties } from "../../schema.ts";
import { defineType } from "../../define.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import { readPermissions } from "./read.ts";
import { PERMISSION } from "./allows.ts";
import { desiredPermissions } from "./state.ts";
import { clearPolicy, putPermissions } from "./write.ts";
import { ALIAS, aliasOf } from "../aliases.ts";
import { lambda } from "../service.ts";

/** `apigateway` of `apigateway.amazonaws.com`. */
function callerOf(principal: string): string {
  return principal === "*" ? "anybody" : principal.replace(/\.amazonaws\.com$/, "");
}

const statement = properties({
  StatementId: optional(
    patternText(/^[\w-]{1,100}$/, "letters, digits, - and _, at most 100"),
    "Id of the statement.",
    { defaultWords: "derived from principal and action" },
  ),
  Action: required(
    patternText(/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/, "an action such as lambda:InvokeFunction"),
    "The allowed action, usually `lambda:InvokeFunction`.",
  ),
  Principal: required(
    patternText(/^\S{1,2048}$/, "a service, an account, an ARN or *"),
    "Who may invoke it: a service such as apigateway.amazonaws.com, an account, an ARN, or *.",
    { tells: (value) => `callable by ${callerOf(textOf(value))}` },
  ),
  SourceArn: optional(
    arnText("[a-zA-Z0-9-]+", /([a-z]{2}[\w-]*)?:(\d{12})?:.*/),
    "Only for calls from this ARN; * matches any text.",
  ),
  SourceAccount: optional(
    patternText(/^\d{12}$/, "an account's number: 12 digits"),
    "Only for calls from resources of this account.",
  ),
  EventSourceToken: optional(
    patternText(/^[\w.-]{1,256}$/, "letters, digits and . _ -, at most 256"),
    "Token that an Alexa Smart Home skill must send.",
    { sensitive: true },
  ),
  PrincipalOrgID: optional(
    patternText(/^o-[a-z0-9]{10,32}$/, "an organization's id such as o-a1b2c3d4e5"),
    "Only for principals of this organization.",
  ),
  FunctionUrlAuthType: optional(
    enumText("NONE", "AWS_IAM"),
    "With lambda:InvokeFunctionUrl: the URL's AuthType.",
  ),
  InvokedViaFunctionUrl: optional(flag(), "Only for calls through the function's URL."),
  Qualifier: optional(
    patternText(/^[\w-]{1,128}$/, "a version or an alias; Lambda takes no permission for $LATEST"),
    "Version or alias to which the statement applies.",
    {
      defaultWords: "the function itself",
    },
  ),
  FunctionName: optional(
    patternText(/^[\w:.-]{1,256}$/, "a function's name or ARN"),
    "The function's name; dependencies.lambdaFunction already gives it.",
  ),
});

const schema = properties({
  Permissions: optional(z.array(statement).min(1), "The statements.", {
    defaultWords: "one for each API in dependencies.apiGatewayV2Apis",
  }),
  FunctionPermissions: optional(
    z.array(statement),
    "Filled in by Gatewright: the statements implied by the function's Policy and public FunctionUrlConfig.",
  ),
});

/** `Permissions`, or one statement's parameters flat as AddPermission takes them. */
function canonical(entry: Entry): Entry {
  const { Permissions, FunctionPermissions, ...flat } = entry.properties;
  const single = Permissions === undefined && flat.Action !== undefined;
  const [functionName] = entry.dependencies.lambdaFunction ?? [];
  const written = single ? [flat] : Permissions;
  const statements = Array.isArray(written)
    ? written.map((one) => withoutFunction(one, functionName))
    : written;
  const name = entry.name;
  if (name !== undefined && functionName !== undefined && name !== functionName && !hasMarker(name)) {
    fail(
      "NAME_CONTRADICTION",
      `name is "${name}", but the permission belongs to function "${functionName}"`,
      {
        hint: "Remove name: a permission has the name of its function.",
      },
    );
  }
  return {
    ...entry,
    name: functionName,
    properties: {
      ...(FunctionPermissions === undefined ? {} : { FunctionPermissions }),
      ...(single ? {} : flat),
      ...(statements === undefined ? {} : { Permissions: statements }),
    },
  };
}

/** Takes FunctionName out of a statement; a qualifier behind it becomes Qualifier. */
function withoutFunction(written: JsonValue, functionName: string | undefined): JsonValue {
  if (!isObject(written) || typeof written.FunctionName !== "string") return written;
  const { FunctionName, ...rest } = written;
  if (typeof FunctionName !== "string" || hasMarker(FunctionName)) return rest;
  const [, named = "", qualifier] =
    /^(?:(?:arn:[^:]+:lambda:[^:]*:)?(?:\d{12}:)?function:)?([\w-]+)(?::([\w$-]+))?$/.exec(FunctionName) ??
    [];
  if (functionName !== undefined && named !== functionName) {
    fail(
      "NAME_CONTRADICTION",
      `FunctionName is "${FunctionName}", but the permission belongs to function "${functionName}"`,
      {
        hint: "Remove FunctionName: dependencies.lambdaFunction gives it.",
      },
    );
  }
  return qualifier === undefined || qualifier === "$LATEST" ? rest : { Qualifier: qualifier, ...rest };
}

export const permission = defineType({
  type: PERMISSION,
  summary: "Who may invoke a function: all statements of its resource policy.",
  service: lambda,
  called: "the function's name: one permission holds all statements of a function",
  alsoAccepted: {
    Action: { as: "string", says: "One statement's properties may be written without Permissions." },
    Principal: { as: "string", says: "See Action." },
    StatementId: { as: "string", says: "See Action." },
    SourceArn: { as: "string", says: "See Action." },
    SourceAccount: { as: "string", says: "See Action." },
    EventSourceToken: { as: "string", says: "See Action." },
    PrincipalOrgID: { as: "string", says: "See Action." },
    FunctionUrlAuthType: { as: '"NONE" | "AWS_IAM"', says: "See Action." },
    InvokedViaFunctionUrl: { as: "boolean", says: "See Action." },
    Qualifier: { as: "string", says: "See Action." },
    FunctionName: { as: "string", says: "See Action." },
  },
  attributes: { id: "The function's name." },
  permissions: {
    read: ["GetPolicy"],
    write: ["AddPermission", "RemovePermission", "TagResource", "UntagResource"],
  },
  dependencies: {
    lambdaFunction: { type: "Lambda::Function", required: true, parent: true },
    // The API goes first: its integrations keep the function in use.
    apiGatewayV2Apis: {
      type: "ApiGatewayV2::Api",
      list: true,
      keepsInUse: false,
      aliases: ["apiGatewayV2s"],
    },
    lambdaAlias: { type: ALIAS },
  },
  properties: schema,
  identity: { by: "parent", property: "FunctionName" },
  consequence(live) {
    const statements = Object.values(objectOf(live.state.Permissions)).map(objectOf);
    const who = [...new Set(statements.map((one) => textOf(one.Principal)).filter((one) => one !== ""))];
    return `${who.length === 0 ? "Nobody" : who.join(", ")} may ${who.length === 0 ? "" : "no longer "}invoke ${live.name}.`;
  },
  canonical,
  name: (entry) =>
    entry.dependencies.lambdaFunction?.[0] ??
    fail("NAME_MISSING", "a permission has the name of its function", {
      hint: `Add dependencies: () => ({ lambdaFunction: "my-function" }).`,
    }),
  aliases: () => [],
  // AWS takes no statement for an alias that is not there yet.
  comesAfter: ({ properties, dependencies }) =>
    listOf(properties.Permissions)
      .map((one) => textOf(objectOf(one).Qualifier))
      .filter((qualifier) => qualifier !== "")
      .map((qualifier) => aliasOf(dependencies.lambdaFunction?.[0] ?? "", qualifier)),
  checks(entry) {
    const ids = listOf(entry.properties.Permissions)
      .map(objectOf)
      .map(({ StatementId, Qualifier }) => `${textOf(Qualifier)}:${textOf(StatementId)}`);
    const twice = ids.find((id, index) => !id.endsWith(":") && ids.indexOf(id) !== index);
    if (twice === undefined) return [];
    const message = `two statements have the StatementId "${twice.slice(twice.indexOf(":") + 1)}"`;
    return [{ path: "Permissions", message, hint: "Give each statement its own id." }];
  },
  fromSpec: desiredPermissions,
  predict(desired): Record<string, string> {
    const name = desired.dependency("lambdaFunction")?.attribute("FunctionName");
    return typeof name !== "string" || hasMarker(name) ? {} : { id: name, FunctionName: name };
  },
  verbs: {
    read: readPermissions,
    async create(context) {
      const { desired, parent } = context;
      const fn = desired.dependency("lambdaFunction");
      const FunctionName = textOf(fn?.attribute("FunctionName"));
      const owner = parent ?? { name: desired.name, id: textOf(fn?.id), attributes: { FunctionName } };
      return putPermissions(context, owner, {});
    },
    async update(context) {
      const { live, parent } = context;
      const owner = parent ?? { ...live, id: live.parentId ?? "" };
      return putPermissions(context, owner, objectOf(live.state.Permissions));
    },
    delete: clearPolicy,
  },
});
