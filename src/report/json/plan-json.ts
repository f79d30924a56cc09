/** `plan.json`: the plan in a machine-readable, versioned format with a published schema. Deterministic. */
import type { Plan } from "../../model/plan.ts";
import { reasonText } from "../reason.ts";

/** Keys in schema order, indented by two spaces, with a final newline. */
export function planJson(plan: Plan): string {
  const { version, id, digest, engine, stack, counts } = plan;
  const { directory, projectName, stage, region, account, partition, names } = stack;
  const ordered = {
    version,
    id,
    digest,
    engine,
    stack: { directory, projectName, stage, region, account, partition, names },
    counts: {
      create: counts.create,
      update: counts.update,
      replace: counts.replace,
      delete: counts.delete,
      "no-op": counts["no-op"],
    },
    changes: plan.changes.map(orderedChange),
    problems: plan.problems.map(({ severity, code, message, hint, key, at }) => {
      return { severity, code, message, hint, key, at: orderedPlace(at) };
    }),
    open: plan.open,
    opens: plan.opens,
  };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}

function orderedChange(change: Plan["changes"][number]): object {
  const {
    key,
    type,
    name,
    action,
    id,
    code,
    codeFiles,
    codeSize,
    image,
    reason,
    redeploy,
    consequence,
    protection,
    withParent,
    adopts,
    after,
    at,
  } = change;
  const properties = change.properties.map(
    ({ path, before, after: next, replaces, sensitive, byDefault }) => {
      return { path, before, after: next, replaces, sensitive, byDefault };
    },
  );
  return {
    key,
    type,
    name,
    action,
    id,
    code: code && { artifact: code.artifact, from: code.from, bytes: code.bytes },
    image: image && { digest: image.digest, tag: image.tag },
    reason: reason === undefined ? undefined : reasonText(change),
    cause: reason,
    redeploy,
    consequence,
    protection: protection && { loses: protection.loses, allowed: protection.allowed },
    withParent,
    adopts,
    properties,
    codeSize: codeSize && { before: codeSize.before, after: codeSize.after, files: codeSize.files },
    codeFiles: codeFiles && {
      changed: codeFiles.changed,
      of: codeFiles.of,
      files: codeFiles.files.map(({ path, change: what, added, removed }) => ({
        path,
        change: what,
        added,
        removed,
      })),
    },
    after,
    at: orderedPlace(at),
  };
}

function orderedPlace(at: Plan["changes"][number]["at"]): object | undefined {
  return at === undefined ? undefined : { file: at.file, line: at.line, column: at.column };
}
