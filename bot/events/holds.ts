/** Ends the holds of pull requests that were merged or closed while nobody listened. */
import { readHold } from "../gates/facts/hold.ts";
import type { Services } from "../services/services.ts";
import { messageOf } from "../../src/model/errors.ts";
import { fullName } from "../../src/model/repository.ts";

/** Looks at every hold. One repository that cannot be read does not keep the others from being looked at. */
export async function sweepHolds(services: Services): Promise<void> {
  for (const { stack, closedAt, pull } of await services.store.listHolds()) {
    if (closedAt !== undefined) continue;
    const { repository } = stack;
    try {
      await readHold(services, await services.github(repository), stack);
    } catch (error) {
      services.log.warn(
        {
          repository: fullName(repository),
          pull,
          error: messageOf(error),
        },
        "could not look at the pull request that holds a stack",
      );
    }
  }
}
