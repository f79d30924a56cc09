/** Random stacks without what an emulator cannot have at all (DIFFERENCES.md tells each once): the strict fake tries that. */
import type { RandomEntry } from "../integration/random-stack.ts";

/**
 * The stage `live` has access logs always, others never: MiniStack takes the call that ends them for one that deletes
 * the stage.
 */
export function suitedToMiniStack(entries: readonly RandomEntry[]): RandomEntry[] {
  return entries.map((entry) => {
    if (entry.type !== "Stage") return entry;
    const { AccessLogSettings: _drawn, ...rest } = entry.properties;
    const { logGroup: _gone, ...dependencies } = entry.dependencies ?? {};
    if (rest.StageName !== "live") return { ...entry, properties: rest, dependencies };
    const logs = {
      Format: "$context.requestId",
      DestinationArn: "arn:aws:logs:us-east-1:000000000000:log-group:/always",
    };
    return { ...entry, properties: { ...rest, AccessLogSettings: logs }, dependencies };
  });
}

/** No layers, which nobody published there, and no stages that change. */
export function suitedToMoto(entries: readonly RandomEntry[]): RandomEntry[] {
  return entries.map((entry) => {
    const { Configuration, ...others } = entry.properties;
    if (entry.type === "Stage") {
      const { StageName = "live" } = entry.properties;
      const { logGroup: _gone, ...dependencies } = entry.dependencies ?? {};
      return { ...entry, properties: { StageName, AutoDeploy: true }, dependencies };
    }
    if (entry.type !== "Function" || typeof Configuration !== "object") return entry;
    const { Layers: _gone, ...rest } = Configuration as RandomEntry["properties"];
    return { ...entry, properties: { ...others, Configuration: rest } };
  });
}
