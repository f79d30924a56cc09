/** Resources whose deletion loses what nobody can make again: only by name. Pure. */
import type { Protection } from "../../model/plan.ts";
import type { ResourceType } from "../../resources/type.ts";

/** Names or keys; `all` in a stage that is itself a copy. */
export type AllowedDeletions = ReadonlySet<string> | "all";

/** What goes with a protected resource, and whether it is allowed by its name or key; undefined for other types. */
export function protectionOf(
  type: Pick<ResourceType, "type" | "protected" | "caselessName"> | undefined,
  { name }: { readonly name: string },
  allowed: AllowedDeletions,
): Protection | undefined {
  if (type?.protected === undefined) return undefined;
  if (allowed === "all") return { loses: type.protected, allowed: true };
  const plain = (text: string) => (type.caselessName === true ? text.toLowerCase() : text).normalize("NFC");
  const names = [name, `${type.type}::${name}`].map(plain);
  return { loses: type.protected, allowed: [...allowed].some((one) => names.includes(plain(one))) };
}
