/** The engine on moto. */
import { globSync } from "node:fs";
import { dirname } from "node:path";
import { motoExcuses } from "../emulators/excuses.ts";
import { startMotoWithLists } from "../emulators/moto-lists.ts";
import { suitedToMoto } from "../emulators/suited.ts";
import { EXAMPLES, testsOn } from "./on-emulator.ts";

testsOn({
  name: "moto",
  start: startMotoWithLists,
  excuses: motoExcuses,
  suited: suitedToMoto,
  // Certificates stay pending there: an apply would wait for its deadline. Dashboards have no tags there.
  examples: globSync("**/resources.{js,ts}", { cwd: EXAMPLES })
    .map(dirname)
    .filter((one) => !["bot-hosting", "http-lambda-domain", "observability"].includes(one))
    .sort(),
  isLived: ({ onMoto }) => onMoto === true,
});
