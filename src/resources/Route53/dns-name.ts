/** Domain names in one form: small letters, a dot at the end. */
import { hasMarker } from "../../model/reference-marker.ts";
import { isUnknown, type JsonValue } from "../../model/values.ts";
import { patternText } from "../schema.ts";

/** `API.example.com` and `api.example.com.` are one name. A reference in it is in its form already. */
export function dnsName(name: string): string {
  if (name === "") return "";
  const lower = hasMarker(name) ? name : name.toLowerCase();
  return lower.endsWith(".") ? lower : `${lower}.`;
}

/** The same of a value in a spec or in AWS's answer, where `*` stands as `\\052`. */
export function dnsValue(value: JsonValue): JsonValue {
  if (typeof value !== "string" || isUnknown(value)) return value;
  return dnsName(unescaped(value));
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
function unescaped(name: string): string {
  return name.replace(/\\(\d{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** Without the dot at the end, as people write it. */
export const bareName = (name: string): string => name.replace(/\.$/, "");

/** `hosted zone` accepts `a.example.com`; records also `*.example.com` and `_abc.example.com`. */
export function domainText(what: string): ReturnType<typeof patternText> {
  return patternText(
    /^(?=.{1,255}$)(\*\.)?[\w-]{1,63}(\.[\w-]{1,63})*\.?$/,
    `${what}: labels of letters, digits, - and _, with dots between them`,
  );
}

/** An id without the path in front of it that Route 53 answers: `/hostedzone/Z1`. */
export const bareId = (id: string): string => id.replace(/^\/\w+\//, "");
