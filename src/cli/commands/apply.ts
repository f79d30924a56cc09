/** `gatewright apply` */
import { APPLY, carryOut } from "./carry-out.ts";
import type { Context } from "../context.ts";

export function run(context: Context): Promise<number> {
  return carryOut(context, APPLY);
}
