/** What the schemas of IAM's types share. */
import type * as z from "zod";
import type { JsonValue } from "../../model/values.ts";
import { patternText } from "../schema.ts";

/** A path such as `/` or `/service/team/`. */
export function pathSchema(): z.ZodString {
  return patternText(/^\/([\x21-\x7e]*\/)?$/, "a path that begins and ends with /").max(512);
}

/** The path of a role or policy; undefined while it is not known. */
export function pathOf(path: JsonValue = "/"): string | undefined {
  return typeof path === "string" ? path : undefined;
}
