/** Writing resource policies. A statement cannot be changed: it is removed and added again. */
import type { AddPermissionRequest, Lambda } from "@aws-sdk/client-lambda";
import type { Aws } from "../../../aws/aws.ts";
import { ifFound, isAlreadyExists } from "../../../aws/errors.ts";
import { sdkInput } from "../../../aws/sdk-input.ts";
import { canonicalJson, isEmpty, type JsonObject } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { CreateContext, DeleteContext, Live } from "../../type.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { functionArn, QUALIFIERS_TAG } from "../function/state.ts";
import { functionNameOf, type Owner, permissionLive, taggedQualifiers } from "./read.ts";
import { lambda } from "../service.ts";
import { swap } from "../../../aws/swap.ts";

interface Rewrite {
  readonly aws: Aws;
  readonly stack: StackFacts;
  readonly name: string;
  /** Qualifiers that the function's tag already names. */
  readonly tagged: readonly string[];
  /** Statements by key. */
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Writes the statements of a state over those that are there. */
export async function putPermissions(
  { aws, stack, state, parent }: CreateContext,
  owner: Owner,
  before: JsonObject,
): Promise<Live> {
  const after = objectOf(state.Permissions);
  const tagged = parent === undefined ? [] : taggedQualifiers(parent);
  await rewritePolicy({ aws, stack, name: functionNameOf(owner), tagged, before, after });
  return permissionLive(owner, after);
}

/** Brings a function's policies from one set of statements to another: surplus ones go last where there is room. */
async function rewritePolicy({ aws, stack, name, tagged, before, after }: Rewrite): Promise<void> {
  const client = await aws.client(lambda);
  const wanted = qualifiersOf(after);
  const all = [...new Set([...tagged, ...wanted])];
  // Named before they have statements, so that a crash leaves none that no reading looks for.
  if (all.length > tagged.length) await tagQualifiers(client, stack, name, all);
  const changed = Object.keys(after).filter(
    (key) => canonicalJson(before[key]) !== canonicalJson(after[key]),
  );
  await swap({
    // A changed one is missing for a moment, so the new ones are there first.
    coming: [
      ...changed.filter((key) => !Object.hasOwn(before, key)),
      ...changed.filter((key) => Object.hasOwn(before, key)),
    ],
    going: Object.keys(before).filter((key) => !Object.hasOwn(after, key)),
    async add(key) {
      if (Object.hasOwn(before, key)) await remove(client, name, key, before);
      await add(client, name, key, after);
    },
    remove: (key) => remove(client, name, key, before),
  });
  if (all.length > wanted.length) await tagQualifiers(client, stack, name, wanted);
}

function qualifiersOf(statements: JsonObject): string[] {
  const all = Object.values(statements).map((one) => textOf(objectOf(one).Qualifier));
  return [...new Set(all.filter((one) => one !== ""))].sort();
}

async function tagQualifiers(
  client: Lambda,
  stack: StackFacts,
  name: string,
  qualifiers: readonly string[],
): Promise<void> {
  const Resource = functionArn(stack, name);
  if (qualifiers.length === 0) await client.untagResource({ Resource, TagKeys: [QUALIFIERS_TAG] });
  else await client.tagResource({ Resource, Tags: { [QUALIFIERS_TAG]: qualifiers.join(" ") } });
}

function idOf(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

async function add(client: Lambda, name: string, key: string, statements: JsonObject): Promise<void> {
  const input = sdkInput<AddPermissionRequest>({
    ...objectOf(statements[key]),
    FunctionName: name,
    StatementId: idOf(key),
  });
  try {
    await client.addPermission(input);
  } catch (error) {
    // There already, from an attempt whose answer was lost or by another hand: AWS does not say whether it is the same.
    if (!isAlreadyExists(error)) throw error;
    await remove(client, name, key, statements);
    await client.addPermission(input);
  }
}

async function remove(client: Lambda, name: string, key: string, statements: JsonObject): Promise<void> {
  const qualifier = textOf(objectOf(statements[key]).Qualifier);
  const input = {
    FunctionName: name,
    StatementId: idOf(key),
    ...(qualifier === "" ? {} : { Qualifier: qualifier }),
  };
  await ifFound(() => client.removePermission(input));
}

/** Removes every statement; nothing to do when the function is gone. */
export async function clearPolicy({ aws, stack, live }: DeleteContext): Promise<void> {
  const before = objectOf(live.state.Permissions);
  if (isEmpty(before)) return;
  const tagged = qualifiersOf(before);
  await ifFound(() => rewritePolicy({ aws, stack, name: functionNameOf(live), tagged, before, after: {} }));
}
