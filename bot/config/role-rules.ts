/** Which roles a repository may use in which stage: said by the bot's owner, never read from a repository's settings. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { fail, messageOf } from "../../src/model/errors.ts";
import { roleArn } from "../../src/settings/role-arn.ts";

const roleRule = z.strictObject({
  /** `acme/shop`, or `acme/*` for every repository of the owner. */
  repository: z.string().regex(/^[\w.-]+\/([\w.-]+|\*)$/, "owner/name or owner/*"),
  /** A stage's name, `*` for every stage but those of previews, `pr-*` for those. */
  stage: z.string().default("*"),
  /** Roles that the repository's settings may name for this stage. The first is used when they name none. */
  roles: z.array(roleArn).min(1),
  /** For planning; read-only. */
  planRoles: z.array(roleArn).default([]),
});

/** The roles this bot's owner allows a repository; never read from a repository. */
export type RoleRule = z.output<typeof roleRule>;

/**
 * YAML or JSON, or `@` and the path of such a file.
 * @param repository for rules that name none: those of a workflow are for its own repository
 */
export function readRoleRules(
  value: string | undefined,
  name: string,
  repository?: string,
): readonly RoleRule[] {
  if (value === undefined || value === "") return [];
  let content: unknown;
  try {
    content = parse(value.startsWith("@") ? readFileSync(value.slice(1), "utf8") : value);
  } catch (error) {
    return fail("BOT_CONFIG_INVALID", `could not read ${name}: ${messageOf(error)}`, {
      hint: "Give a YAML or JSON list, or @ and the path of a file with one.",
    });
  }
  const rules =
    repository === undefined
      ? roleRule
      : roleRule.extend({ repository: z.literal(repository).default(repository) });
  const parsed = z.array(rules).safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const example = { stage: "prod", roles: ["arn:aws:iam::123456789012:role/deploy"] };
  const shown = repository === undefined ? { repository: "acme/shop", ...example } : example;
  return fail("BOT_CONFIG_INVALID", `${name}: ${issue?.path.join(".")}: ${issue?.message}`, {
    hint: `Accepted: ${JSON.stringify([shown])}.`,
  });
}
