/** `preview`: a running copy of a pull request, in a stage of its own. */
import * as z from "zod";
import { account, names, region, stageName, variables } from "./fields.ts";
import { roleArn } from "./role-arn.ts";

const TTL_PATTERN = /^[1-9]\d{0,3}[hd]$/;
const TTL_FORM = "a number of hours or days, such as 12h or 3d";

export const previewSchema = z.strictObject({
  stage: stageName.describe("The stage that is copied: its directories, variables and smoke test."),
  account: account.optional().describe("Account of the previews. Default: the stage's."),
  region: region.optional().describe("AWS region of the previews. Default: the stage's."),
  role: roleArn
    .optional()
    .describe(
      "Role of the previews, never the stage's; must be among those the bot's own configuration allows for the stage `pr-*`.",
    ),
  planRole: roleArn
    .optional()
    .describe("Read-only role for planning; must be allowed the same way as `role`."),
  names: names
    .refine((pattern) => pattern.includes("{stage}"), "a pattern with {stage}, such as {name}-{stage}")
    .default("{name}-{stage}")
    .describe(
      "What resources are called in AWS. `{stage}` keeps previews apart, from each other and from the stage.",
    ),
  env: variables.default({}).describe("Variables of the spec, besides and instead of those of the stage."),
  allowed: z
    .array(z.string().min(1))
    .optional()
    .describe(
      "Logins and `org/team` slugs whose commits may be previewed. Default: everybody with write permission.",
    ),
  ttl: z
    .string()
    .regex(TTL_PATTERN, TTL_FORM)
    .default("7d")
    .describe("How long a preview lives after its last commit or `/preview`, in hours or days: `12h`, `3d`."),
  automatic: z
    .boolean()
    .default(false)
    .describe(
      "Whether every pull request of the repository gets a preview. Default: those that ask with `/preview`.",
    ),
  label: z.string().min(1).optional().describe("A label that gives a pull request a preview."),
});

export type PreviewSettings = z.output<typeof previewSchema>;

const HOUR = 3_600_000;

/** In milliseconds. Pure. */
export function lifetimeOf({ ttl }: Pick<PreviewSettings, "ttl">): number {
  return Number.parseInt(ttl, 10) * (ttl.endsWith("d") ? 24 * HOUR : HOUR);
}
