/** Drift on a schedule: queues the stacks that are due, in every repository the App is installed in. */
import { messageOf, userErrors } from "../../src/model/errors.ts";
import { slotOf } from "../reports/drift-issue.ts";
import { branchHead, stageBranch } from "../stacks/branch.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, number, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { sweepLeftovers } from "./previews/leftovers.ts";
import { groupId } from "../services/group.ts";
import type { Services } from "../services/services.ts";
import { sharedReads } from "../services/shared-reads.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { stagesInOrder } from "../../src/settings/parse.ts";
import { stageTargets } from "../stacks/targets.ts";
import { fullName, type RepositoryRef } from "../../src/model/repository.ts";
import { stackKey } from "../../src/model/run.ts";
import { own } from "../../src/model/own.ts";
import type { Settings } from "../../src/settings/schema.ts";

/** Every repository of every installation. */
async function repositories(app: GitHubRequest, services: Services): Promise<readonly RepositoryRef[]> {
  const installations = await allPages(app, "GET /app/installations", {});
  const found: RepositoryRef[] = [];
  for (const installation of installations) {
    const installationId = number(at(installation, "id"));
    // The token belongs to the installation; the repository does not matter.
    const request = await services.github({ id: 0, owner: "", name: "", defaultBranch: "", installationId });
    const list = await allPages(request, "GET /installation/repositories", {}, (data) =>
      at(data, "repositories"),
    );
    for (const repository of list) {
      // Nothing can be told there: no issue, no check.
      if (at(repository, "archived") === true || at(repository, "disabled") === true) continue;
      found.push({
        id: number(at(repository, "id")),
        owner: text(at(repository, "owner", "login")),
        name: text(at(repository, "name")),
        defaultBranch: text(at(repository, "default_branch")),
        installationId,
      });
    }
  }
  return found;
}

/** Queues a drift run for each stack that is due. A failure in one repository or stage does not affect the others. */
export async function queueDueDrift(app: GitHubRequest, services: Services): Promise<void> {
  for (const repository of await repositories(app, services)) {
    const failed = (error: unknown, stage?: string): void => {
      const [known] = userErrors(error) ?? [];
      const reason = known?.message ?? messageOf(error);
      services.log.warn(
        { repository: fullName(repository), stage, reason },
        `could not check a ${stage === undefined ? "repository" : "stage"} for drift`,
      );
    };
    try {
      const { settings } = await loadSettings(services, repository);
      await sweepLeftovers(services, repository, settings);
      const scheduled = stagesInOrder(settings).filter((name) => own(settings.stages, name)?.drift !== "off");
      if (scheduled.length === 0) continue;
      // Stages of one branch are compared with one commit.
      const request = sharedReads(await services.github(repository));
      for (const name of scheduled)
        await queueStage(services, request, repository, settings, name).catch((error: unknown) =>
          failed(error, name),
        );
    } catch (error) {
      failed(error);
    }
  }
}

async function queueStage(
  services: Services,
  request: GitHubRequest,
  repository: RepositoryRef,
  settings: Settings,
  name: string,
): Promise<void> {
  const branch = stageBranch(repository, own(settings.stages, name));
  const sha = await branchHead(request, repository, branch);
  for (const { stack, stage } of await stageTargets(request, repository, settings, name, sha)) {
    const slot = slotOf(stage.drift, services.clock.now());
    if (slot === undefined) continue;
    // Every check of every replica requests it; the slot makes them one run.
    await services.enqueue([
      {
        group: groupId("schedule", slot, stackKey(stack)),
        stack,
        kind: "drift",
        cause: { by: "schedule", slot },
        sha,
        adopt: [],
      },
    ]);
  }
}
