/** A request, whichever way it came in (socket or the SDK's request handler). Header names are lower case. */
export interface WireRequest {
  method: string;
  path: string;
  query: Record<string, string | string[] | null | undefined>;
  headers: Record<string, string | undefined>;
  body: Uint8Array | string | undefined;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The body as text; the JSON and form protocols are all UTF-8. */
export function bodyText(request: WireRequest): string {
  const body = request.body;
  if (body === undefined) return "";
  return typeof body === "string"
    ? body
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
}
