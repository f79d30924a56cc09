/** Random stacks without what an emulator does not support (see DIFFERENCES.md); the strict fake covers that. */
import type { RandomEntry } from "../integration/random-stack.ts";

/** Without what both know only by name: durable functions, their logs, and log groups of class DELIVERY. */
function withoutNewer(entries: readonly RandomEntry[]): RandomEntry[] {
  return entries
    .filter(({ properties }) => properties.logGroupClass === undefined)
    .map((entry) => {
      const { Configuration, ...others } = entry.properties;
      if (entry.type !== "Function" || typeof Configuration !== "object") return entry;
      const {
        DurableConfig: _one,
        LoggingConfig: _other,
        ...rest
      } = Configuration as RandomEntry["properties"];
      return { ...entry, properties: { ...others, Configuration: rest } };
    });
}

/**
 * The stage `live` always has access logs and others never do, because MiniStack deletes the stage on the call that should
 * remove them.
 */
export function suitedToMiniStack(entries: readonly RandomEntry[]): RandomEntry[] {
  return withoutNewer(entries).map((entry) => {
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

/** Without layers, which are not published there, changes to stages, and replacements of policies. */
export function suitedToMoto(entries: readonly RandomEntry[]): RandomEntry[] {
  return withoutNewer(entries).map((entry) => {
    const { Configuration, ...others } = entry.properties;
    if (entry.type === "Stage") {
      const { StageName = "live" } = entry.properties;
      const { logGroup: _gone, ...dependencies } = entry.dependencies ?? {};
      return { ...entry, properties: { StageName, AutoDeploy: true }, dependencies };
    }
    if (entry.type === "Policy") return { ...entry, properties: { ...entry.properties, Description: "one" } };
    if (entry.type !== "Function" || typeof Configuration !== "object") return entry;
    const { Layers: _gone, ...rest } = Configuration as RandomEntry["properties"];
    return { ...entry, properties: { ...others, Configuration: rest } };
  });
}
