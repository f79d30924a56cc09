/**
 * A role that was deleted and made again has the same ARN and another id. The grant with which Lambda decrypts a
 * function's environment is for the old one, so the function fails at its next start until its role is set again:
 * https://repost.aws/knowledge-center/lambda-kmsaccessdeniedexception-errors
 */
import { isEmpty } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Live, PropertyChange, Used } from "../../type.ts";

/** The role, when it is younger than the function's last change. */
export function renewsRole(
  { state, attributes }: Live,
  used: readonly Used[],
): readonly Required<Pick<PropertyChange, "path" | "before" | "after">>[] {
  if (isEmpty(objectOf(state.Environment).Variables)) return [];
  const changed = timeOf(textOf(attributes.LastModified));
  const younger = ({ type, live }: Used): boolean => {
    if (type !== "IAM::Role") return false;
    // It is gone and made again by this very plan.
    if (live === undefined) return true;
    return live.id === state.Role && timeOf(textOf(live.attributes.CreateDate)) > changed;
  };
  return used.some(younger) ? [{ path: "Role", before: state.Role ?? "", after: state.Role ?? "" }] : [];
}

/** Lambda writes its zone as `+0000`. An unknown time is not younger than any other. */
function timeOf(text: string): number {
  return Date.parse(text.replace(/\+0000$/, "Z"));
}
