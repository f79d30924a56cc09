import * as client from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import type { FunctionRecord, Statement } from "../state.ts";
import {
  checkRevision,
  conflict,
  functionArn,
  invalid,
  needFunction,
  notFound,
  validation,
} from "./common.ts";

const on = sdk<client.Lambda>(client);

const document = (statements: ReadonlyMap<string, Statement>): string =>
  JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: [...statements.values()] });

/** The statements of the function itself, or of a version of it, which has its own. */
function statementsAt(
  ctx: Ctx,
  record: FunctionRecord,
  qualifier: string | undefined,
): Map<string, Statement> {
  if (qualifier === undefined || qualifier === "$LATEST") return record.statements;
  const found = record.versions.get(qualifier);
  if (found !== undefined) return found;
  throw notFound(`Function not found: ${functionArn(ctx, record.config.FunctionName ?? "")}:${qualifier}`);
}

/** The resource policy, or 404 when it has no statement. */
const getPolicy = on("getPolicy", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  const statements = statementsAt(ctx, record, input.Qualifier);
  if (statements.size === 0) throw notFound("The resource you requested does not exist.");
  return { Policy: document(statements), RevisionId: record.policyRevision };
});

/** Adds one statement. There is no update: the same id again is refused, also with the same content. */
const addPermission = on("addPermission", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  check(input);
  checkRevision(input.RevisionId, record.policyRevision === "" ? undefined : record.policyRevision);
  const id = input.StatementId ?? "";
  const statements = statementsAt(ctx, record, input.Qualifier);
  if (statements.has(id)) {
    throw conflict(
      `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const statement = statementOf(ctx, record, input);
  const size = document(statements).length + JSON.stringify(statement).length;
  if (size > ctx.quotas.functionPolicySize) {
    throw new AwsError(
      "PolicyLengthExceededException",
      `The final policy size (${size}) is bigger than the limit (${ctx.quotas.functionPolicySize}).`,
      400,
      { Type: "User" },
    );
  }
  statements.set(id, statement);
  record.policyRevision = ctx.ids.uuid();
  return { Statement: JSON.stringify(statement) };
});

const removePermission = on("removePermission", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  const id = input.StatementId ?? "";
  const statements = statementsAt(ctx, record, input.Qualifier);
  if (!statements.has(id)) throw notFound(`Statement ${id} is not found in resource policy.`);
  checkRevision(input.RevisionId, record.policyRevision);
  statements.delete(id);
  record.policyRevision = ctx.ids.uuid();
});

function check(input: client.AddPermissionRequest): void {
  const pattern = (member: string, value: string | undefined, regex: RegExp): void => {
    if (value === undefined || regex.test(value)) return;
    throw validation(
      `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${regex.source}`,
    );
  };
  pattern("statementId", input.StatementId, /^[a-zA-Z0-9-_]{1,100}$/);
  pattern("action", input.Action, /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/);
  pattern("principal", input.Principal, /^\S+$/);
  pattern(
    "sourceArn",
    input.SourceArn,
    /^arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-])+:([a-z]{2}(-gov)?-[a-z]+-\d)?:(\d{12})?:(.*)$/,
  );
  pattern("sourceAccount", input.SourceAccount, /^\d{12}$/);
  pattern("principalOrgID", input.PrincipalOrgID, /^o-[a-z0-9]{10,32}$/);
  pattern("functionUrlAuthType", input.FunctionUrlAuthType, /^(NONE|AWS_IAM)$/);
  if (input.FunctionUrlAuthType !== undefined && input.Action !== "lambda:InvokeFunctionUrl") {
    throw invalid("FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action");
  }
}

function principalOf(ctx: Ctx, principal: string): Statement["Principal"] {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${ctx.partition}:iam::${principal}:root` };
  if (/^arn:[\w-]+:(iam|sts)::\d{12}:/.test(principal)) return { AWS: principal };
  if (/^[\w.-]+\.(amazonaws\.com(\.cn)?|alexa\.amazon\.com)$/.test(principal)) return { Service: principal };
  if (principal === "alexa-appkit.amazon.com" || principal === "alexa-connectedhome.amazon.com") {
    return { Service: principal };
  }
  throw invalid("The provided principal was invalid. Please check the principal and try again.");
}

function statementOf(ctx: Ctx, record: FunctionRecord, input: client.AddPermissionRequest): Statement {
  const equals: Record<string, string> = {};
  if (input.SourceAccount !== undefined) equals["AWS:SourceAccount"] = input.SourceAccount;
  if (input.EventSourceToken !== undefined) equals["lambda:EventSourceToken"] = input.EventSourceToken;
  if (input.FunctionUrlAuthType !== undefined)
    equals["lambda:FunctionUrlAuthType"] = input.FunctionUrlAuthType;
  if (input.PrincipalOrgID !== undefined) equals["aws:PrincipalOrgID"] = input.PrincipalOrgID;
  const condition: Record<string, Record<string, string>> = {};
  if (Object.keys(equals).length > 0) condition.StringEquals = equals;
  if (input.SourceArn !== undefined) condition.ArnLike = { "AWS:SourceArn": input.SourceArn };
  if (input.InvokedViaFunctionUrl !== undefined) {
    condition.Bool = { "lambda:InvokedViaFunctionUrl": String(input.InvokedViaFunctionUrl) };
  }
  return {
    Sid: input.StatementId ?? "",
    Effect: "Allow",
    Principal: principalOf(ctx, input.Principal ?? ""),
    Action: input.Action ?? "",
    Resource: functionArn(ctx, record.config.FunctionName ?? ""),
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

export const permissionOperations = [getPolicy, addPermission, removePermission];
