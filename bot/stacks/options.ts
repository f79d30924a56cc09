/** The engine's options for one stack at a commit: the spec read through the API, the settings of the default branch. */
import { sourceOf } from "../../src/aws/tags.ts";
import type { ConnectedAws } from "../../src/aws/connect.ts";
import { createGitHubSource } from "../../src/source/github-source.ts";
import type { SpecSource } from "../../src/source/source.ts";
import { specClient } from "../../src/github/files.ts";
import type { StackOptions } from "../../src/engine/stack.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { fullName, place, type RepositoryRef } from "../../src/model/repository.ts";
import { type BuiltContext, builtCode } from "./built.ts";
import { gitObjects } from "./git-objects.ts";
import type { Services } from "../services/services.ts";
import type { Settings } from "../../src/settings/schema.ts";
import { stageOf } from "../../src/settings/stages.ts";
import { stageValues } from "../../src/settings/values.ts";
import type { StackRef } from "../../src/model/run.ts";

export function stackOptions(
  services: BuiltContext["services"] & Pick<Services, "onSecret">,
  request: GitHubRequest,
  settings: Settings,
  stack: StackRef,
  sha: string,
  { region }: Pick<ConnectedAws, "region">,
  signal?: AbortSignal,
): StackOptions {
  const { repository } = stack;
  return {
    built: builtCode(
      { services, request, repository, settings, stage: stageOf(settings, stack.stage), signal },
      sha,
    ),
    source: commitSource(request, repository, sha),
    directory: stack.directory,
    stage: stack.stage,
    ...stageValues(settings, { stage: stack.stage }, (name) => name),
    region,
    onSecret: services.onSecret,
    ownedBy: sourceOf(repository.id, stack.directory),
  };
}

/** Reads files of a commit. */
export function commitSource(request: GitHubRequest, repository: RepositoryRef, sha: string): SpecSource {
  const reader = gitObjects.of(repository.id, specClient({ request }, place(repository)));
  return createGitHubSource({ repository: fullName(repository), sha, reader });
}
