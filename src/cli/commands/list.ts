/** `gatewright list` */
import { listStack } from "../../engine/list-stack.ts";
import { renderListing } from "../../report/terminal/listing.ts";
import { resourceTypes } from "../../resources/registry.ts";
import type { Context } from "../context.ts";
import { during } from "./progress.ts";

export async function run({ io, stack, aws, invocation }: Context): Promise<number> {
  const what = `Listing ${stack.directory} (stage ${stack.stage}, ${stack.region})`;
  const listed = await during(
    io,
    () => what,
    aws,
    () => listStack(stack, aws, invocation.type),
  );
  const sensitive = (type: string): readonly string[] => resourceTypes.get(type)?.sensitive ?? [];
  io.out(
    renderListing(listed, {
      width: io.columns === undefined ? undefined : Math.min(io.columns, 120),
      sensitive,
    }),
  );
  return 0;
}
