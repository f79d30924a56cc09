/** The statements that a function's policy is to have: the written ones and those the function itself stands for. */
import { fail } from "../../../model/errors.ts";
import { isEmpty, type JsonObject, text } from "../../../model/values.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import type { Desired } from "../../type.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { canonicalParameters, idText, inventedId, statementKey } from "../statements.ts";
import { own } from "../../../model/own.ts";

/** `Permissions` by statement: a map, so that a change shows at its statement whatever the order. */
export function desiredPermissions(properties: JsonObject, desired: Desired): JsonObject {
  const { Permissions, FunctionPermissions } = properties;
  const written = listOf(Permissions).map(objectOf);
  const statements = isEmpty(Permissions) ? forApis(desired) : {};
  addAll(statements, written, desired.stack);
  const said = Object.values(statements).map(objectOf);
  const implied = listOf(FunctionPermissions).map(objectOf);
  addAll(
    statements,
    implied.filter((one) => !said.some((other) => grants(other, canonicalParameters(one)))),
    desired.stack,
  );
  if (isEmpty(statements)) {
    fail("EMPTY_PERMISSION", `the permission of ${desired.name} allows nothing`, {
      hint: "Set Permissions, or list the APIs that may call the function in dependencies.apiGatewayV2Apis.",
    });
  }
  return { Permissions: statements };
}

/**
 * GruCloud's older specs write the source as `${getId({type: "Api", …})}/*…`, from the days when that gave the API's
 * execute-api ARN. AWS takes ARNs only, so an API's bare id in front can mean nothing else.
 */
function withWholeArn(parameters: JsonObject, { partition, region, account }: StackFacts): JsonObject {
  const { Principal, SourceArn } = parameters;
  const bare = typeof SourceArn === "string" && /^[a-z0-9]+\//.test(SourceArn);
  if (!bare || Principal !== "apigateway.amazonaws.com") return parameters;
  return { ...parameters, SourceArn: `arn:${partition}:execute-api:${region}:${account}:${SourceArn}` };
}

function addAll(statements: JsonObject, written: readonly JsonObject[], stack: StackFacts): void {
  const taken = new Set([...Object.keys(statements), ...written.map((one) => textOf(one.StatementId))]);
  for (const one of written) {
    const parameters = withWholeArn(canonicalParameters(one), stack);
    const id = textOf(one.StatementId) || inventedId(parameters, taken);
    taken.add(id);
    statements[statementKey(id, textOf(parameters.Qualifier))] = parameters;
  }
}

/** Without written statements, the APIs among the dependencies may call the function. */
function forApis(desired: Desired): JsonObject {
  const { partition, region, account } = desired.stack;
  // `function::alias`
  const Qualifier = desired.dependency("lambdaAlias")?.name.split("::").at(-1);
  return Object.fromEntries(
    desired.dependencies("apiGatewayV2Apis").map((api) => [
      statementKey(idText(`apigateway-${api.name}`), Qualifier ?? ""),
      {
        ...(Qualifier === undefined ? {} : { Qualifier }),
        Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
        SourceArn: text`arn:${partition}:execute-api:${region}:${account}:${api.id}/*`,
      },
    ]),
  );
}

/** True when a statement already says the same, under whatever id. */
function grants(statement: JsonObject, wanted: JsonObject): boolean {
  const keys = new Set([...Object.keys(statement), ...Object.keys(wanted)]);
  return [...keys].every((key) => own(statement, key) === own(wanted, key));
}
