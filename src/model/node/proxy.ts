/** Node's own `fetch` through the proxy of the environment: what fetches roots and code knows no other way to one. */
import http from "node:http";

/** Where AWS hands out the machine's credentials: no proxy reaches the machine itself. */
const METADATA = ["169.254.169.254", "169.254.170.2", "169.254.170.23"];

/**
 * From now on, with `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` as the runner has them. A server is told so by whoever starts it, with
 * `NODE_USE_ENV_PROXY=1`: https://nodejs.org/api/cli.html#node_use_env_proxy1.
 * @param warn of an address that is none: Node's own error has it, with its password
 * @returns takes it back
 */
export function useProxyOf(
  env: Readonly<Record<string, string | undefined>>,
  warn: (message: string) => void,
): () => void {
  const https_proxy = addressOf(env.https_proxy || env.HTTPS_PROXY);
  const http_proxy = addressOf(env.http_proxy || env.HTTP_PROXY);
  const given = env.no_proxy || env.NO_PROXY;
  if ((https_proxy ?? http_proxy) === undefined || given === "*") return () => {};
  const no_proxy = [...(given === undefined ? [] : [given]), ...METADATA].join(",");
  try {
    // Node 24.14 and newer have it; the runner brings its own.
    return http.setGlobalProxyFromEnv?.({ https_proxy, http_proxy, no_proxy }) ?? (() => {});
  } catch {
    warn("HTTPS_PROXY or HTTP_PROXY is not used: it is no address of a proxy. Set it to http://HOST:PORT.");
    return () => {};
  }
}

/** `proxy:3128` is taken as other programs take it. */
function addressOf(value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  return value.includes("://") ? value : `http://${value}`;
}
