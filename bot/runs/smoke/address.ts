/** Where a smoke call goes: an endpoint that the apply reported, and nowhere else. Pure. */
import type { Output } from "../../../src/model/apply.ts";

export interface Endpoint {
  /** The resource that has it, by its name in the spec. */
  readonly resource: string;
  /** The API that it belongs to; that has a name of its own. */
  readonly api?: string | undefined;
  readonly url: string;
}

/** What can be called over HTTP: the stages of HTTP APIs and the URLs of functions. */
export function endpointsOf(outputs: readonly Output[]): readonly Endpoint[] {
  const apis = outputs.filter(({ name }) => name === "ApiEndpoint");
  return outputs.flatMap(({ name, resource, value: url }): readonly Endpoint[] => {
    if ((name !== "InvokeUrl" && name !== "FunctionUrl") || !/^https?:\/\//.test(url)) return [];
    const api = apis.find(({ value }) => url === value || url.startsWith(`${value}/`))?.resource;
    return [{ resource, api, url }];
  });
}

/** The address of a call, or why there is none. `endpoint` is the name that the settings give. */
export function addressOf(
  endpoints: readonly Endpoint[],
  path: string,
  endpoint: string | undefined,
): URL | { readonly wrong: string } {
  const named = endpoints.filter(
    ({ resource, api }) => endpoint === undefined || resource === endpoint || api === endpoint,
  );
  const [only, another] = named;
  const names = [...new Set(endpoints.map(({ resource, api }) => api ?? resource))].join(", ");
  if (only === undefined)
    return {
      wrong:
        endpoints.length === 0
          ? "the stack has no endpoint that could be called"
          : `the stack has no endpoint of "${endpoint ?? ""}"; it has those of ${names}`,
    };
  if (another !== undefined)
    return {
      wrong: `the stack has ${named.length} endpoints, of ${named.map(({ resource }) => resource).join(", ")}; \`endpoint\` of the call must name one`,
    };
  const base = new URL(only.url);
  const root = base.pathname.replace(/\/$/, "");
  const url = URL.parse(`${base.origin}${root}${path}`);
  // `..` would leave the stage, and whatever else a URL's reader makes of a path must not leave the host.
  if (url === null || url.origin !== base.origin || !url.pathname.startsWith(`${root}/`))
    return { wrong: `the path ${path} leads out of the endpoint` };
  return url;
}
