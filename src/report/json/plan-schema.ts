/** The schema of `plan.json`, version 1, published as schemas/plan-v1.schema.json. */
import * as z from "zod";
import type { JsonValue } from "../../model/values.ts";

const json: z.ZodType<JsonValue> = z
  .lazy(() =>
    z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
  )
  .meta({ id: "json", description: "Any JSON value." });

const cause = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.enum(["read-only", "foreign", "nothing-to-serve", "not-in-spec", "destroyed", "superseded"]),
    }),
    z.strictObject({ kind: z.enum(["auto-deployed", "pending"]) }),
    z.strictObject({ kind: z.literal("parent-replaced"), key: z.string() }),
    z.strictObject({ kind: z.literal("create-only"), path: z.string() }),
    z.strictObject({ kind: z.literal("auto-deploy"), stages: z.array(z.string()) }),
    z.strictObject({ kind: z.literal("renewed"), path: z.string() }),
    z.strictObject({ kind: z.literal("failed"), why: z.string().exactOptional() }),
  ])
  .describe("The reason in machine-readable form.");

const count = z.number().int().nonnegative();

const location = z
  .strictObject({
    file: z.string().describe("Relative to the repository."),
    line: z.number().int().positive(),
    column: z.number().int().positive().exactOptional(),
  })
  .describe("A place in the spec.");

const property = z
  .strictObject({
    path: z.string().describe("`TimeoutInMillis`, `Environment.Variables.TOKEN`"),
    before: json.optional().describe('What AWS has; absent when it is not set. A secret is "(sensitive)".'),
    after: json
      .optional()
      .describe('What it is to be; absent when it is removed. {"$unknown": "…"} is known after apply.'),
    replaces: z.boolean().describe("This property cannot be changed in place."),
    sensitive: z.boolean().describe("The values are masked."),
    byDefault: z.boolean().optional().describe("AWS's default, which the spec does not give."),
  })
  .describe("One property that differs.");

const change = z
  .strictObject({
    key: z.string().describe("`Group::Type::name`, unique in the plan."),
    type: z.string().describe("`Group::Type`"),
    name: z.string(),
    action: z.enum(["create", "update", "replace", "delete", "no-op"]),
    id: z.string().optional().describe("What AWS assigned, once it exists."),
    code: z
      .strictObject({
        artifact: z.string().describe("The artifact's name."),
        from: z.string().describe("Where it was built: `run 57 of build.yml`."),
        bytes: count.describe("Of the zip that Lambda gets."),
      })
      .optional()
      .describe("Built code of what is made or changed. Its hash is among the properties."),
    image: z
      .strictObject({
        digest: z.string().describe("`sha256:` and 64 hex digits: the image that Lambda gets."),
        tag: z.string().optional().describe("The tag in the spec, which stood for it when it was planned."),
      })
      .optional()
      .describe("The container image of what is made or changed."),
    properties: z.array(property).describe("All properties for a create, none for a delete."),
    codeSize: z
      .strictObject({ before: count.optional(), after: count.optional(), files: count.optional() })
      .optional()
      .describe("Sizes of the zipped code in bytes, where code is created or changes."),
    codeFiles: z
      .strictObject({
        changed: count.describe("Files that differ from those that AWS runs."),
        of: count.describe("Files in the new code."),
        files: z.array(
          z.strictObject({
            path: z.string(),
            change: z.enum(["added", "changed", "removed"]),
            added: count.optional().describe("Lines of a text."),
            removed: count.optional().describe("Lines of a text."),
          }),
        ),
      })
      .optional()
      .describe("Where code changes and could be compared with what AWS runs; the first twenty files."),
    reason: z.string().optional().describe("The reason in words, if it is not obvious."),
    cause: cause.optional(),
    redeploy: z
      .boolean()
      .optional()
      .describe("Replaced only because the API it serves changes: nothing breaks."),
    consequence: z.string().optional().describe("For delete and replace: what breaks, and for whom."),
    protection: z
      .strictObject({
        loses: z.string().describe("What is lost, such as `its items`."),
        allowed: z
          .boolean()
          .describe("Whether allowDeletion names the resource; if not, the plan cannot be applied."),
      })
      .optional()
      .describe("For delete and replace of a protected type."),
    withParent: z.boolean().optional().describe("Deleted with its parent, without a separate call."),
    adopts: z.boolean().optional().describe("Takes over a resource that this stack did not manage."),
    after: z.array(z.string()).describe("Keys of the changes it waits for."),
    at: location.optional(),
  })
  .describe("What happens to one resource.");

const problem = z
  .strictObject({
    severity: z.enum(["error", "warning"]).describe("A plan with an error cannot be applied."),
    code: z.string().describe("Listed in docs/errors.md."),
    message: z.string(),
    hint: z.string().optional(),
    key: z.string().optional().describe("The resource it is about."),
    at: location.optional(),
  })
  .describe("A problem to consider before applying.");

/** Strict: no other keys are allowed. */
export const planSchema = z
  .strictObject({
    version: z.literal(1),
    id: z
      .string()
      .regex(/^[0-9a-f]{12}$/)
      .describe("The first 12 hex digits of the digest."),
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("SHA-256 over everything the plan depends on."),
    engine: z.string().describe("Gatewright's version."),
    stack: z
      .strictObject({
        directory: z.string().describe("The stack's directory in the repository, `.` for its root."),
        projectName: z.string(),
        source: z
          .string()
          .optional()
          .describe("The value of the tag `gc-source`; missing for a plan of the terminal."),
        stage: z.string(),
        region: z.string(),
        account: z.string(),
        partition: z.string().describe("`aws`, `aws-cn`, `aws-us-gov`"),
        names: z
          .string()
          .optional()
          .describe(
            "What names in AWS are made of, such as `{name}-dev`; missing where they are the spec's.",
          ),
      })
      .describe("What the plan is for."),
    changes: z.array(change).describe("In the order of the spec's graph, deletes last."),
    counts: z
      .strictObject({ create: count, update: count, replace: count, delete: count, "no-op": count })
      .describe("How many changes of each action."),
    problems: z.array(problem),
    open: z
      .array(z.string())
      .optional()
      .describe("What anybody on the internet may call once it is applied, such as `GET /hello`."),
    opens: z
      .array(z.string())
      .optional()
      .describe("Those of `open` that nobody may call without credentials before it is applied."),
  })
  .describe("A Gatewright plan: what an apply would do. Contains no secrets and no code.");

export type PlanFromSchema = z.infer<typeof planSchema>;

/** JSON schema (draft 2020-12) of `plan.json`. */
export function planJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, { target: "draft-2020-12" });
  return { $schema, title: "Gatewright plan, version 1", ...schema };
}
