/** Loads the SDK's clients before they are needed. */
import type { Aws } from "../../aws/aws.ts";
import { tagging } from "../../aws/services.ts";
import type { Registry } from "./observed.ts";

/**
 * Loads those of the services that a spec's text names. To load one takes 20 ms, and this thread would only wait meanwhile for the spec's
 * evaluation. Sends nothing.
 */
export function loadClients(aws: Aws, registry: Registry, texts: Iterable<string>): void {
  const text = [...texts].join("\n");
  const groups = Map.groupBy(registry.values(), ({ type }) => type.slice(0, type.indexOf("::")));
  const named = [...groups].flatMap(([group, types]) => (text.includes(group) ? types : []));
  const services = new Set([tagging, ...named.flatMap(({ service }) => service ?? [])]);
  // Whoever needs it gets the error.
  for (const service of services) aws.client(service).catch(() => {});
}
