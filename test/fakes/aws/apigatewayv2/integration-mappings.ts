import { badRequest } from "./common.ts";

const HTTP_KEY = /^((append|overwrite|remove):(header|querystring)\.\S+|overwrite:path)$/;
const WEBSOCKET_KEY =
  /^integration\.request\.(header|querystring|path|multivalueheader|multivaluequerystring)\.\S+$/;
const RESPONSE_KEY = /^((append|overwrite|remove):header\.\S+|overwrite:statuscode)$/;

/** Parameter mappings of an integration without a subtype. */
export function checkMappings(parameters: Record<string, string> | undefined, http: boolean): void {
  for (const [key, value] of Object.entries(parameters ?? {})) {
    if (!(http ? HTTP_KEY : WEBSOCKET_KEY).test(key)) {
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${key}]`,
      );
    }
    checkValue(key, value);
  }
}

function checkValue(key: string, value: string): void {
  if (value.length >= 1 && value.length <= 512) return;
  throw badRequest(
    `Invalid mapping expression specified for ${key}: the value must have 1 to 512 characters`,
  );
}

/** Response parameters: by status code, headers and the status code itself. */
export function checkResponseParameters(
  parameters: Record<string, Record<string, string>> | undefined,
): void {
  for (const [status, mappings] of Object.entries(parameters ?? {})) {
    const code = Number(status);
    if (!/^\d{3}$/.test(status) || code < 200 || code > 599) {
      throw badRequest(`Invalid selection key ${status}: must be a status code from 200 to 599`);
    }
    for (const [key, value] of Object.entries(mappings)) {
      if (!RESPONSE_KEY.test(key)) throw badRequest(`Invalid mapping expression specified: ${key}`);
      checkValue(key, value);
    }
  }
}
