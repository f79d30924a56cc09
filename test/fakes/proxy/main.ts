/**
 * The proxy as a process: `node test/fakes/proxy/main.ts --upstream http://127.0.0.1:4566 --port 0
 * [--latency 20] [--page-size 2] [--throttle]`. Prints one JSON line with its URL; /_proxy/… controls it.
 */
import { parseArgs } from "node:util";
import { type AwsProxyOptions, createAwsProxy } from "./proxy.ts";

const { values } = parseArgs({
  options: {
    upstream: { type: "string" },
    port: { type: "string", default: "0" },
    latency: { type: "string" },
    "page-size": { type: "string" },
    throttle: { type: "boolean", default: false },
  },
});
if (values.upstream === undefined) {
  console.error("--upstream URL is missing: the endpoint the proxy stands in front of");
  process.exit(1);
}
const options: AwsProxyOptions = { upstream: values.upstream, throttle: values.throttle };
if (values.latency !== undefined) options.latencyMs = Number(values.latency);
if (values["page-size"] !== undefined) options.pageSize = Number(values["page-size"]);

const server = await createAwsProxy(options).listen(Number(values.port));
console.log(JSON.stringify({ url: server.url }));
process.on("SIGTERM", () => void server.close().then(() => process.exit(0)));
