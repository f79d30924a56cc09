import { bodyText, type WireRequest } from "../aws/wire/message.ts";
import type { Named } from "./identify.ts";

/** The members that say how long a page may be, as each service calls it. */
const SIZE = ["MaxResults", "MaxItems", "limit", "ResourcesPerPage"];

/** The request with pages of at most `size` items; requests of operations that do not page are left alone. */
export function limitPage(request: WireRequest, named: Named, size: number): WireRequest {
  const { known } = named;
  const member = known?.shape.input.members().find((each) => SIZE.includes(each.name));
  if (known === undefined || member === undefined) return request;
  const asked = Number(named.input[member.name] ?? size);
  const limit = Math.min(asked, size);
  if (member.location === "query") {
    return { ...request, query: { ...request.query, [member.wire]: String(limit) } };
  }
  if (known.service.protocol === "query") {
    const form = new URLSearchParams(bodyText(request));
    form.set(member.wire, String(limit));
    return { ...request, body: form.toString() };
  }
  const body: unknown = JSON.parse(bodyText(request) || "{}");
  const fields = typeof body === "object" && body !== null ? body : {};
  return { ...request, body: JSON.stringify({ ...fields, [member.wire]: limit }) };
}
