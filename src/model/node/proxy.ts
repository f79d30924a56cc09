/** Node's own `fetch` through the proxy of the environment: what fetches roots and code knows no other way to one. */
import http from "node:http";

/**
 * From now on, with `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` as the runner has them. A server is told so by whoever starts it, with
 * `NODE_USE_ENV_PROXY=1`: https://nodejs.org/api/cli.html#node_use_env_proxy1.
 * @returns takes it back
 */
export function useProxyOf(env: Readonly<Record<string, string | undefined>>): () => void {
  const { HTTPS_PROXY, https_proxy = HTTPS_PROXY, HTTP_PROXY, http_proxy = HTTP_PROXY } = env;
  if ((https_proxy ?? "") === "" && (http_proxy ?? "") === "") return () => {};
  const { NO_PROXY, no_proxy = NO_PROXY } = env;
  // Node 24.14 and newer have it; the runner brings its own.
  return http.setGlobalProxyFromEnv?.({ https_proxy, http_proxy, no_proxy }) ?? (() => {});
}
