import type { Cors } from "@aws-sdk/client-apigatewayv2";
import { badRequest } from "./common.ts";

const METHODS = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "*",
]);

/** Refuses CORS settings that API Gateway refuses. */
export function checkCors(cors: Cors | undefined): void {
  if (cors === undefined) return;
  const origins = cors.AllowOrigins ?? [];
  if (cors.AllowCredentials === true && origins.includes("*")) {
    throw badRequest("allowCredentials is not supported when allowOrigins is *");
  }
  for (const origin of origins) {
    if (origin === "*" || /^(https?:\/\/|[a-z][\w+.-]*:\/\/)/i.test(origin)) continue;
    throw badRequest(`Invalid format for origin ${origin}. Origins must be a valid URL or *`);
  }
  for (const method of cors.AllowMethods ?? []) {
    if (!METHODS.has(method.toUpperCase())) throw badRequest(`Invalid method ${method} in allowMethods`);
  }
  const age = cors.MaxAge;
  if (age !== undefined && (age < -1 || age > 86_400)) {
    throw badRequest("maxAge must be between -1 and 86400 seconds");
  }
}

/** Merges what was sent, member by member: an empty list clears its member, the block itself has a delete call of its own. */
export function corsAfter(before: Cors | undefined, sent: Cors | undefined): Cors | undefined {
  if (sent === undefined) return before;
  const next: Cors = { ...before };
  for (const [key, value] of Object.entries(sent)) {
    if (Array.isArray(value) && value.length === 0) Reflect.deleteProperty(next, key);
    else Reflect.set(next, key, value);
  }
  return next;
}
