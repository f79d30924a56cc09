/** What a function's entry stands for besides the function: statements of its resource policy. */
import { fail } from "../../../model/errors.ts";
import type { JsonObject } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import { parametersOf, statementsOf } from "../statements.ts";

/**
 * What AWS's console adds for a public URL; since October 2025 both are needed:
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
const PUBLIC_URL: readonly JsonObject[] = [
  {
    StatementId: "FunctionURLAllowPublicAccess",
    Action: "lambda:InvokeFunctionUrl",
    Principal: "*",
    FunctionUrlAuthType: "NONE",
  },
  {
    StatementId: "FunctionURLAllowInvokeAction",
    Action: "lambda:InvokeFunction",
    Principal: "*",
    InvokedViaFunctionUrl: true,
  },
];

/** The Lambda::Permission for the old spelling `Policy` and for a URL that anybody may call. */
export function functionCompanions(name: string, { properties }: Entry): { type: string; entry: Entry }[] {
  const open = objectOf(properties.FunctionUrlConfig).AuthType === "NONE";
  const statements = [
    ...(properties.Policy === undefined ? [] : ofPolicy(properties)),
    ...(open ? PUBLIC_URL : []),
  ];
  if (statements.length === 0) return [];
  const entry: Entry = {
    name,
    properties: { FunctionPermissions: statements },
    dependencies: { lambdaFunction: [name] },
  };
  return [{ type: "Lambda::Permission", entry }];
}

function ofPolicy(properties: JsonObject): JsonObject[] {
  return statementsOf(properties.Policy).map(({ id, statement }) => {
    const parameters = parametersOf(statement);
    if (parameters === undefined) {
      fail(
        "UNSUPPORTED_STATEMENT",
        `statement "${id}" of the function's Policy cannot be created with AddPermission`,
        {
          hint: "Write statements that allow one action to one principal, with conditions that AddPermission supports.",
        },
      );
    }
    return { ...(textOf(id) === "" ? {} : { StatementId: id }), ...parameters };
  });
}
