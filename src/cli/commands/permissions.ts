/** `gatewright permissions` */
import { stackPermissions } from "../../engine/stack.ts";
import type { Context } from "../context.ts";

export async function run({ io, stack }: Context): Promise<number> {
  const policies = await stackPermissions(stack);
  io.out(`${JSON.stringify(policies, undefined, 2)}\n`);
  return 0;
}
