/** Where the bot keeps its issues in a repository, and as whom. */
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import type { IssuePlace } from "../../../src/github/issues.ts";
import type { Services } from "../../services/services.ts";

export async function issuePlace(services: Services, repository: RepositoryRef): Promise<IssuePlace> {
  return {
    request: await services.github(repository),
    repository: place(repository),
    login: `${services.appSlug}[bot]`,
  };
}
