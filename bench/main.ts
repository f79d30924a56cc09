/**
 * `npm run bench [-- calls github rate start bot]`: measures the named parts (default: all), prints a table, and exits with 1 if a limit is
 * missed. README.md describes what is measured and how.
 */
import { availableParallelism } from "node:os";
import { measureBot } from "./bot/measure.ts";
import { measureRequests } from "./bot/requests.ts";
import { measureMany, measureTen } from "./calls.ts";
import { measureRate } from "./rate.ts";
import { isMissed, type Measured, tableOf } from "./result.ts";
import { measureStart } from "./start.ts";

const GROUPS: Readonly<Record<string, readonly (() => Promise<readonly Measured[]>)[]>> = {
  calls: [
    () => measureTen(0),
    () => measureTen(400),
    () => measureMany(),
    () => measureMany(25),
    () => measureMany(2),
  ],
  github: [() => measureRequests(1), () => measureRequests(40), () => measureRequests(100)],
  rate: [measureRate],
  start: [measureStart],
  bot: measureBot,
};

const asked = process.argv.slice(2);
const names = asked.length === 0 ? Object.keys(GROUPS) : asked;
const unknown = names.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  console.error(`Nothing is called ${unknown.join(", ")}: it is ${Object.keys(GROUPS).join(", ")}.`);
  process.exit(1);
}
const results: Measured[] = [];
for (const measure of names.flatMap((name) => GROUPS[name] ?? [])) {
  results.push(...(await measure()));
  process.stderr.write(".");
}
process.stderr.write("\n");
console.log(`Node ${process.version}, ${availableParallelism()} cores.\n\n${tableOf(results)}`);
const missed = results.filter(isMissed);
if (missed.length > 0) {
  console.error(`\n${missed.length} of the limits missed: ${missed.map(({ what }) => what).join("; ")}`);
  process.exitCode = 1;
}
