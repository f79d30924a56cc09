/** The statements that a function's policy is to have: the written ones and those the function itself stands for. */
import { fail } from "../../errors.ts";
import { isEmpty, type JsonObject, text } from "../../values.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import type { Desired } from "../type.ts";
import {
  canonicalParameters,
  idText,
  inventedId,
  parametersOf,
  statementKey,
  statementsOf,
} from "./statements.ts";

export const PERMISSION = "Lambda::Permission";

/** What AWS's console adds for a public URL; since October 2025 both are needed. */
const PUBLIC_URL: Readonly<Record<string, JsonObject>> = {
  FunctionURLAllowPublicAccess: {
    Action: "lambda:InvokeFunctionUrl",
    Principal: "*",
    FunctionUrlAuthType: "NONE",
  },
  FunctionURLAllowInvokeAction: {
    Action: "lambda:InvokeFunction",
    Principal: "*",
    InvokedViaFunctionUrl: true,
  },
};

/** `Permissions` by statement: a map, so that a change shows at its statement whatever the order. */
export function desiredPermissions(desired: Desired): JsonObject {
  const { lambdaFunction, Permissions } = {
    lambdaFunction: desired.dependency("lambdaFunction"),
    Permissions: desired.properties.Permissions,
  };
  const statements: JsonObject = {};
  const taken = new Set(listOf(Permissions).map((written) => textOf(objectOf(written).StatementId)));
  for (const written of listOf(Permissions).map(objectOf)) {
    const parameters = canonicalParameters(written);
    const id = textOf(written.StatementId) || inventedId(parameters, taken);
    taken.add(id);
    statements[statementKey(id, textOf(parameters.Qualifier))] = parameters;
  }
  if (isEmpty(Permissions)) Object.assign(statements, forApis(desired));
  const all = { ...ofFunction(lambdaFunction?.properties ?? {}, statements), ...statements };
  if (isEmpty(all)) {
    fail("EMPTY_PERMISSION", `the permission of ${desired.name} allows nothing`, {
      hint: "Give Permissions, or the APIs that may call the function as dependencies.apiGatewayV2Apis.",
    });
  }
  return { Permissions: all };
}

/** Without written statements, the APIs among the dependencies may call the function. */
function forApis(desired: Desired): JsonObject {
  const { partition, region, account } = desired.stack;
  return Object.fromEntries(
    desired.dependencies("apiGatewayV2Apis").map((api) => [
      idText(`apigateway-${api.name}`),
      {
        Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
        SourceArn: text`arn:${partition}:execute-api:${region}:${account}:${api.id}/*`,
      },
    ]),
  );
}

/** Statements the function stands for: those of its old `Policy`, and public access when its URL is open to anybody. */
function ofFunction(properties: JsonObject, written: JsonObject): JsonObject {
  const statements: JsonObject = {};
  for (const { id, statement } of properties.Policy === undefined ? [] : statementsOf(properties.Policy)) {
    const parameters = parametersOf(statement);
    if (parameters === undefined) {
      fail(
        "UNSUPPORTED_STATEMENT",
        `statement "${id}" of the function's Policy is not one that AddPermission can make`,
        {
          hint: "A statement allows one action to one principal, on conditions that AddPermission knows.",
        },
      );
    }
    statements[id || inventedId(parameters, new Set(Object.keys(statements)))] = parameters;
  }
  if (objectOf(properties.FunctionUrlConfig).AuthType !== "NONE") return statements;
  const all = Object.values({ ...statements, ...written }).map(objectOf);
  for (const [id, parameters] of Object.entries(PUBLIC_URL)) {
    if (!all.some((one) => grants(one, parameters))) statements[id] = parameters;
  }
  return statements;
}

/** True when a statement already says the same, under whatever id. */
function grants(statement: JsonObject, wanted: JsonObject): boolean {
  const keys = new Set([...Object.keys(statement), ...Object.keys(wanted)]);
  return [...keys].every((key) => statement[key] === wanted[key]);
}
