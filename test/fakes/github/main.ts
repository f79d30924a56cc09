/**
 * A fake GitHub as a process of its own: `node test/fakes/github/main.ts [--port N] [--api-prefix /api/v3]`.
 * Writes its addresses as one line of JSON, then serves until it is told to stop.
 */
import { parseArgs } from "node:util";
import { createFakeGitHub } from "./fake-github.ts";

const { values } = parseArgs({ options: { port: { type: "string" }, "api-prefix": { type: "string" } } });
const fake = createFakeGitHub({
  port: Number(values.port ?? 0),
  apiPrefix: values["api-prefix"] === "/api/v3" ? "/api/v3" : "",
});
console.log(JSON.stringify(await fake.listen()));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    void fake.close().then(() => process.exit(fake.violations.length > 0 ? 1 : 0));
  });
