/**
 * `npm run record -- --region REGION [--endpoint URL]`: with the credentials of the environment, makes, reads, changes, reads
 * and deletes one HTTP API, one WEBSOCKET API, a log group, a role and a function, all called `gatewright-record-…` and tagged
 * `gatewright-record`. Prints the answers, and what differs from test/fixtures/aws-recorded. Costs nothing worth mentioning.
 * Exits with 1 if anything differs or is left.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { record } from "./record/record.ts";

const { values } = parseArgs({ options: { region: { type: "string" }, endpoint: { type: "string" } } });
const { region, endpoint } = values;
if (region === undefined) {
  console.error("npm run record -- --region REGION [--endpoint URL], such as --region us-east-1");
  process.exit(2);
}
const config = { region, ...(endpoint === undefined ? {} : { endpoint }) };
const clients = {
  api: new ApiGatewayV2(config),
  lambda: new Lambda(config),
  iam: new IAM(config),
  logs: new CloudWatchLogs(config),
};
const name = `gatewright-record-${randomBytes(4).toString("hex")}`;
const { rows, differences, left } = await record(clients, name, () => sleep(3000), console.error);
for (const row of rows) console.log(JSON.stringify(row));
for (const line of differences) console.log(`differs: ${line}`);
for (const line of left) console.log(`LEFT, delete it by hand: ${line}`);
process.exitCode = differences.length + left.length > 0 ? 1 : 0;
