/**
 * A fake GitHub as a process of its own:
 *
 *   node_modules/.bin/node test/fakes/github/main.ts [--port N] [--api-prefix /api/v3] [--scenario FILE]
 *
 * A scenario is a module whose default export gets the fake after it listens and makes what shall be there.
 * Writes one line of JSON with the addresses, then serves until it is told to stop; ends with 1 and the list
 * when something was asked of it that is not as GitHub describes it.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";

const { values } = parseArgs({
  options: { port: { type: "string" }, "api-prefix": { type: "string" }, scenario: { type: "string" } },
});
const fake = createFakeGitHub({
  port: Number(values.port ?? 0),
  apiPrefix: values["api-prefix"] === "/api/v3" ? "/api/v3" : "",
});
const addresses = await fake.listen();
if (values.scenario) {
  const scenario: { default(fake: FakeGitHub): unknown } = await import(
    pathToFileURL(resolve(values.scenario)).href
  );
  await scenario.default(fake);
}
console.log(JSON.stringify(addresses));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    void fake.close().then(() => {
      for (const violation of fake.violations) console.error(violation);
      process.exit(fake.violations.length > 0 ? 1 : 0);
    });
  });
