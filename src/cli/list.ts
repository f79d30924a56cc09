/** `gatewright list` */
import { listStack } from "../engine.ts";
import { renderListing } from "../render/listing.ts";
import type { Context } from "./context.ts";
import { during } from "./progress.ts";

export async function run({ io, stack, aws, invocation }: Context): Promise<number> {
  const listed = await during(
    io,
    () => `Listing ${stack.directory} (stage ${stack.stage}, ${stack.region})`,
    aws,
    () => listStack(stack, aws, invocation.type),
  );
  io.out(renderListing(listed));
  return 0;
}
