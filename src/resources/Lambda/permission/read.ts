/** Reading resource policies: one GetPolicy per function, one more per qualifier that has statements. */
import type { Lambda } from "@aws-sdk/client-lambda";
import { ifFound } from "../../../aws/errors.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { listOf, objectOf, textOf } from "../../live-values.ts";
import type { Live, Lookup, ReadContext } from "../../type.ts";
import { QUALIFIERS_TAG } from "../function/state.ts";
import { PERMISSION } from "./allows.ts";
import { foreignStatement, parametersOf, statementKey, statementsOf } from "../statements.ts";
import { lambda } from "../service.ts";

export async function readPermissions({ aws, lookups, parents }: ReadContext): Promise<readonly Live[]> {
  const client = await aws.client(lambda);
  const found = await Promise.all(
    parents.map(async (parent) => {
      const hint = lookups.find(({ name }) => name === parent.name);
      const qualifiers = new Set(["", ...taggedQualifiers(parent), ...hintedQualifiers(hint)]);
      const parts = await Promise.all(
        [...qualifiers].map((one) => readPolicy(client, functionNameOf(parent), one)),
      );
      const statements: JsonObject = Object.assign({}, ...parts);
      return isEmpty(statements) ? undefined : permissionLive(parent, statements);
    }),
  );
  return found.filter((live) => live !== undefined);
}

/** The qualifiers a function's tag names: its policies elsewhere than on the function itself. */
export function taggedQualifiers(functionLive: Live): string[] {
  return (functionLive.tags?.[QUALIFIERS_TAG] ?? "").split(" ").filter((one) => one !== "");
}

function hintedQualifiers(hint: Lookup | undefined): string[] {
  const written = listOf(hint?.properties?.Permissions).map(objectOf);
  return written.map(({ Qualifier }) => textOf(Qualifier)).filter((one) => one !== "");
}

async function readPolicy(client: Lambda, FunctionName: string, qualifier: string): Promise<JsonObject> {
  const read = async (): Promise<JsonObject> => {
    const { Policy } = await client.getPolicy({
      FunctionName,
      ...(qualifier === "" ? {} : { Qualifier: qualifier }),
    });
    const statements: JsonObject = {};
    for (const { id, statement } of statementsOf(Policy)) {
      const parameters = parametersOf(statement) ?? foreignStatement(statement);
      const qualified = qualifier === "" ? parameters : { ...parameters, Qualifier: qualifier };
      statements[statementKey(id, qualifier)] = qualified;
    }
    return statements;
  };
  return (await ifFound(read)) ?? {};
}

/** The function that a policy belongs to. */
export type Owner = Pick<Live, "name" | "id" | "attributes">;

/** What AWS calls the function: `name` is what the spec calls it. */
export function functionNameOf({
  name,
  attributes: { FunctionName },
}: Pick<Live, "name" | "attributes">): string {
  return textOf(FunctionName) || name;
}

/** `statements` by key, as in a state. */
export function permissionLive(parent: Owner, statements: JsonObject): Live {
  return {
    type: PERMISSION,
    name: parent.name,
    id: functionNameOf(parent),
    parentId: parent.id,
    state: { Permissions: statements },
    attributes: { FunctionName: functionNameOf(parent), FunctionArn: parent.id, Permissions: statements },
  };
}
