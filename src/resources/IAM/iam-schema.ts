/** What the schemas of IAM's types share. */
import type * as z from "zod";
import { hasMarker } from "../../model/reference-marker.ts";
import type { JsonObject, JsonValue } from "../../model/values.ts";
import { documentSchema } from "../policy/schema.ts";
import { patternText } from "../schema.ts";

/** A path such as `/` or `/service/team/`. */
export function pathSchema(): z.ZodString {
  return patternText(/^\/([\x21-\x7e]{0,510}\/)?$/, "a path that begins and ends with /, at most 512");
}

/** A role's description: printable characters of Latin-1, at most 1000. */
export function descriptionText(): z.ZodString {
  return patternText(
    /^[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}$/,
    "a description: at most 1000 letters, digits and signs of Latin-1, which has no emoji and no typographic quotes",
  );
}

/** The path of a role or policy; undefined while it is not known. */
export function pathOf(path: JsonValue = "/"): string | undefined {
  return typeof path === "string" ? path : undefined;
}

/** IAM's own documents: Latin-1 only, and no longer than this in any form. */
export function iamDocument(): z.ZodType<string | JsonObject> {
  return documentSchema().superRefine((document, context) => {
    const written = typeof document === "string" ? document : JSON.stringify(document);
    if (hasMarker(written)) return;
    const odd = /[^\t\n\r\x20-\xff]/u.exec(written)?.[0];
    if (odd !== undefined)
      context.addIssue({
        code: "custom",
        message: `IAM takes no ${JSON.stringify(odd)} in a document: only letters and signs of Latin-1`,
      });
  });
}
