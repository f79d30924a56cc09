/** A preview's run carries out what is wanted now, or nothing: judged when it begins, and before its first write. */
import { fail } from "../../../src/model/errors.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import type { PreviewCause, Run } from "../../../src/model/run.ts";
import type { StageSettings } from "../../../src/settings/schema.ts";
import { shortSha } from "../../../src/text/sha.ts";
import { readPerson } from "../../gates/facts/person.ts";
import { readPull } from "../../gates/facts/pull.ts";
import { permission } from "../../gates/permission.ts";
import type { Services } from "../../services/services.ts";

/**
 * Throws `OVERTAKEN` when something newer is wanted of the preview, the pull request was closed or its head has moved; `GATE_CLOSED` when
 * who asked may not have one any more, `PULL_FORK` for a branch of another repository. What is to be deleted is, whoever asked.
 */
export async function checkPreview(
  services: Pick<Services, "store">,
  request: GitHubRequest,
  { stack, sha, kind }: Pick<Run, "stack" | "sha" | "kind">,
  cause: PreviewCause,
  stage: Pick<StageSettings, "allowed">,
): Promise<void> {
  const { repository } = stack;
  const { pull: number, login, version } = cause;
  const known = await services.store.previewOf(repository.id, number);
  if (known?.version !== version)
    overtaken(known?.wanted === false ? "the preview is to be deleted" : "a newer commit or command");
  if (kind === "destroy") return;
  const pull = await readPull(request, repository, number);
  if (pull.state === "closed") overtaken(`the pull request, which is ${pull.merged ? "merged" : "closed"}`);
  if (pull.headSha !== sha) overtaken(shortSha(pull.headSha));
  if (pull.fork) fail("PULL_FORK", "the branch belongs to a fork, which never gets a preview");
  const gate = permission(await readPerson(request, repository, login, stage.allowed));
  if (!gate.passed)
    fail("GATE_CLOSED", `permission: ${gate.state}`, {
      hint: `Nothing was changed. ${gate.next ?? ""}`.trim(),
    });
}

function overtaken(by: string): never {
  return fail("OVERTAKEN", `overtaken by ${by}`, {
    hint: "Nothing was changed: what is newer is carried out.",
  });
}
