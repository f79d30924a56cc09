/** The schema of policy documents: of roles, policies, queues, event buses. */
import * as z from "zod";
import { hasMarker } from "../../model/reference-marker.ts";
import { isObject, type JsonObject } from "../../model/values.ts";
import { parsedPolicy } from "./document.ts";

/**
 * A policy document: an object, or JSON text of one. Only its frame is checked; AWS knows the elements better.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function documentSchema(): z.ZodType<string | JsonObject> {
  return z.union([z.string(), z.record(z.string(), z.json())]).superRefine((document, context) => {
    const parsed = parsedPolicy(document);
    if (typeof parsed === "string" && hasMarker(parsed)) return;
    const fault = documentFault(parsed);
    if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
  });
}

function documentFault(document: unknown): string | undefined {
  if (!isObject(document)) return "a policy document is an object, or the JSON text of one";
  const { Statement } = document;
  if (Statement === undefined) return "a policy document has a Statement";
  const unknown = Object.keys(document).filter((key) => !["Version", "Id", "Statement"].includes(key));
  if (unknown.length > 0)
    return `a policy document has no ${unknown.join(", ")}; it has Version, Id, Statement`;
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  for (const [index, statement] of statements.entries()) {
    if (!isObject(statement)) return `Statement[${index}] is not an object`;
    if (statement.Effect === undefined) return `Statement[${index}] has no Effect ("Allow" or "Deny")`;
  }
  return undefined;
}
