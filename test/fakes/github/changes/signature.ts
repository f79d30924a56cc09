import type { Signature } from "../state/objects.ts";
import type { Account } from "../state/types.ts";
import type { World } from "../state/world.ts";

/** How an account signs its commits. */
export function signatureOf(world: World, { id, login }: Account): Signature {
  return { name: login, email: `${id}+${login}@users.noreply.github.com`, date: world.now() };
}
