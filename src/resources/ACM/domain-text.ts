/** Domain names as ACM and API Gateway take them. */
import type * as z from "zod";
import { patternText } from "../schema.ts";

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

/** Small letters only, since AWS answers with those: a name that reads otherwise would never be found again. */
export function domainText(most: number): z.ZodString {
  return patternText(
    new RegExp(`^(?=.{1,${most}}$)(\\*\\.)?(${LABEL}\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$`),
    `a domain name in small letters such as "api.example.com" or "*.example.com", at most ${most} characters`,
  );
}
