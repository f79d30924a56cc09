import { ok, onRepository, type Operations } from "../http/call.ts";
import { notFound } from "../http/errors.ts";

/** What workflows attested of a digest. Public repositories' anybody may read. */
export const attestations: Operations = {
  "repos/list-attestations": onRepository(["attestations:read"], (call, repository) => {
    const bundles = repository.attestations.get(call.params.subject_digest ?? "");
    if (bundles === undefined) throw notFound();
    return ok({
      attestations: bundles.map((bundle) => ({
        ...(bundle === null ? {} : { bundle }),
        repository_id: repository.id,
        bundle_url: `https://tmaproduction.blob.core.windows.net/attestations/${repository.id}/1.json.sn`,
      })),
    });
  }),
};
