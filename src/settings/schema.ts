/** `.github/gatewright.yml`: the settings of a repository and its stages. Read from the default branch only. */
import * as z from "zod";
import { account, names, region, stageName, variables } from "./fields.ts";
import { previewSchema } from "./preview.ts";
import { roleArn } from "./role-arn.ts";
import { smokeSchema } from "./smoke.ts";
import { GATE_NAMES } from "../model/gate.ts";
import { isInside } from "../source/path.ts";
import { SPEC_FILES_TEXT } from "../source/spec-files.ts";

export const stageSchema = z.strictObject({
  region: region.optional().describe("AWS region. Default: the bot's AWS_REGION."),
  account: account.optional().describe("Account the stage must be in; any other is refused."),
  directories: z
    .array(z.string().min(1))
    .min(1)
    .default(["."])
    .describe("Spec directories, one stack each; `*` stands for one path segment."),
  branch: z
    .string()
    .min(1)
    .optional()
    .describe(
      "The branch that the stage is deployed from; pull requests into others are planned, not applied. Default: the default branch.",
    ),
  apply: z
    .enum(["before-merge", "on-merge", "reviewed"])
    .default("reviewed")
    .describe(
      "`before-merge`: by /apply only. `on-merge`: a merge to the stage's branch applies. `reviewed`: a merge applies when its plan equals the reviewed one.",
    ),
  gates: z
    .array(z.enum(GATE_NAMES))
    .default([...GATE_NAMES])
    .describe("Conditions of /apply and /destroy. `permission` and `plan-current` cannot be left out."),
  allowed: z
    .array(z.string().min(1))
    .optional()
    .describe("Logins and `org/team` slugs that may apply. Default: everybody with write permission."),
  role: roleArn
    .optional()
    .describe(
      "Role to assume; must be among those the bot's own configuration allows for this repository and stage.",
    ),
  planRole: roleArn
    .optional()
    .describe("Read-only role for planning; must be allowed the same way as `role`."),
  needs: z.array(stageName).default([]).describe("Stages that must have been applied before this one."),
  environment: z
    .string()
    .optional()
    .describe("GitHub environment of its deployments. Default: the stage's name."),
  env: variables.default({}).describe("Variables the spec may read from process.env."),
  names: names
    .optional()
    .describe(
      "What resources are called in AWS: `{name}-{stage}` makes `orders` of the spec `orders-dev`, so that stages can share an account. Set it before the first apply: a change makes everything anew. Default: `{name}`.",
    ),
  allowDeletion: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Protected resources (those that hold data) that may be deleted or replaced: names or `Group::Type::name`.",
    ),
  smoke: smokeSchema
    .default({})
    .describe("Calls that are made after each apply, and what they must answer: `GET /hello: 200`."),
  attestation: z
    .enum(["off", "required", "github-hosted"])
    .default("off")
    .describe(
      "`required`: built code is taken only with build provenance (actions/attest) that says it is of this repository, `code.workflow` and commit. `github-hosted`: and was built on a runner of GitHub's.",
    ),
  signerWorkflow: z
    .string()
    .regex(
      /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[^/\s@]+\.ya?ml(?:@\S+)?$/,
      "OWNER/REPOSITORY/.github/workflows/FILE.yml, with @refs/tags/v1 or the like behind it for one version only",
    )
    .optional()
    .describe(
      "The reusable workflow that signs the attestation, where `code.workflow` calls one: `acme/tools/.github/workflows/attest.yml`, of any version, or with `@refs/tags/v1` of that one. Default: `code.workflow` itself has to sign.",
    ),
  drift: z
    .enum(["off", "hourly", "daily", "weekly"])
    .default("off")
    .describe("How often AWS is compared with the branch that the stage is deployed from."),
});

/** Code that a workflow builds: https://docs.github.com/en/actions/using-workflows. */
const codeSchema = z.strictObject({
  workflow: z
    .string()
    .regex(/^[^/\\\s]+\.ya?ml$/, "a file's name in .github/workflows, such as build.yml")
    .describe("File in .github/workflows that builds the code; artifacts of others do not count."),
  sources: z
    .array(z.string().refine(isInside, "a path inside the repository"))
    .min(1)
    .default(["."])
    .describe(
      "Files and folders that the build reads. Where a merge has them as the reviewed head had them, the head's artifacts are applied; otherwise those that are built of the merge.",
    ),
});

export const settingsSchema = z.strictObject({
  version: z.literal(1).default(1),
  projectName: z.string().min(1).optional().describe("Used instead of the name in package.json."),
  spec: z.string().min(1).optional().describe(`The spec file. Default: ${SPEC_FILES_TEXT}.`),
  code: codeSchema
    .optional()
    .describe("Code that is built: `Code: { Artifact }` of the spec (docs/built-code.md)."),
  ignoreChecks: z.array(z.string()).default([]).describe("Names of checks that the gate `checks` ignores."),
  preview: previewSchema
    .optional()
    .describe("A running copy of a pull request, in a stage of its own (docs/previews.md)."),
  stages: z.record(stageName, stageSchema).default({ dev: stageSchema.parse({}) }),
});

export type StageSettings = z.output<typeof stageSchema>;
export type Settings = z.output<typeof settingsSchema>;

/** The settings without a file. */
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
