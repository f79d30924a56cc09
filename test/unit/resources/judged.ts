/** What the loader says of a spec of real types, without a sandbox: entries as objects, one to a line. */
import { resourceTypes } from "../../../src/resources/registry.ts";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import { build, errorsOf } from "../spec/building.ts";

const gateway = { registry: resourceTypes };

/** An entry of API Gateway; below the Api `a` unless its dependencies name another. */
export function gw(type: string, properties: object = {}, dependencies: object = {}): WrittenEntry {
  const parent = type === "Api" || type === "VpcLink" ? {} : { api: "a" };
  return {
    type,
    group: "ApiGatewayV2",
    properties: { ...properties },
    dependencies: { ...parent, ...dependencies },
  };
}

/** Api `a`. */
export function api(protocol: string, more: object = {}): WrittenEntry {
  const expression = protocol === "WEBSOCKET" ? { RouteSelectionExpression: "$request.body.action" } : {};
  return gw("Api", { Name: "a", ProtocolType: protocol, ...expression, ...more });
}

/** `message | hint` of each error of a spec that must have some. */
export async function refusals(...entries: readonly WrittenEntry[]): Promise<readonly string[]> {
  return (await errorsOf(entries, gateway)).map(({ message, hint }) => `${message} | ${hint}`);
}

/** `code: message` of each warning of a spec that loads. */
export async function warningsOf(...entries: readonly WrittenEntry[]): Promise<readonly string[]> {
  const { warnings } = await build(entries, gateway);
  return warnings.map(({ code, message }) => `${code}: ${message}`);
}
