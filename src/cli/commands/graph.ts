/** `gatewright graph` */
import { loadStack } from "../../engine/stack.ts";
import type { Context } from "../context.ts";

export async function run({ io, stack, aws }: Context): Promise<number> {
  const [spec, { specGraph }] = await Promise.all([loadStack(stack, aws), import("../../report/graph.ts")]);
  io.out(`${specGraph(spec.resources)}\n`);
  return 0;
}
