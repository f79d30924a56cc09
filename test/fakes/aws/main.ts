/**
 * The fake as a process: `node test/fakes/aws/main.ts --port 0`. Prints one JSON line with its URL
 * and then serves until it is killed. `--options '{"throttle":true}'` takes FakeAwsOptions;
 * GET /_fake/calls lists the calls so far, POST /_fake/reset forgets them, POST /_fake/faults arms a fault.
 */
import { parseArgs } from "node:util";
import { createFakeAws, type FakeAwsOptions } from "./fake-aws.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    account: { type: "string" },
    region: { type: "string" },
    options: { type: "string", default: "{}" },
  },
});

const options: FakeAwsOptions = {
  // A process lives in real time: its throttling and its timestamps are the clock's.
  clock: Date.now,
  ...JSON.parse(values.options),
  ...(values.account === undefined ? {} : { account: values.account }),
  ...(values.region === undefined ? {} : { region: values.region }),
};
const server = await createFakeAws(options).listen(Number(values.port));
console.log(JSON.stringify({ url: server.url }));
process.on("SIGTERM", () => void server.close().then(() => process.exit(0)));
