/**
 * Deployments have neither names nor tags, so what is known of ours stands in a tag of the stage they are for.
 * `ID:DIGEST`: we made deployment ID, which serves what DIGEST says. `pending:ID/ID`: we are making one; the IDs are
 * earlier ones of ours. Only characters that tag values may have.
 */

export const DEPLOYMENT_TAG = "gc-deployment";

/** A tag's value ends at 256 characters: more earlier deployments than this are not remembered. */
const MOST_REMEMBERED = 20;

/** The mark of a finished deployment. */
export function doneMark(id: string, served: string): string {
  return `${id}:${served}`;
}

/** The mark before a deployment is made, with what is to be removed once it serves. */
export function pendingMark(earlier: readonly string[]): string {
  return `pending:${earlier.slice(-MOST_REMEMBERED).join("/")}`;
}

/** The deployments of ours that a mark names. */
export function deploymentsInMark(mark: string): readonly string[] {
  const [first = "", rest = ""] = mark.split(":");
  return (first === "pending" ? rest.split("/") : [first]).filter((id) => id !== "");
}

/** The digest of what is served, when the stage still is on the deployment that the mark is about; else nothing. */
export function servedByMark(mark: string, deploymentId: string): string {
  const [id, served = ""] = mark.split(":");
  return id === deploymentId && id !== "pending" ? served : "";
}

/**
 * The deployments of ours behind a stage. A run that died after CreateDeployment left a pending mark and a deployment
 * that no mark names: the one the stage is on.
 */
export function ownDeployments(mark: string, deploymentId: string): readonly string[] {
  const known = deploymentsInMark(mark);
  const cut = mark.startsWith("pending:") && deploymentId !== "" ? [deploymentId] : [];
  return [...new Set([...known, ...cut])];
}
