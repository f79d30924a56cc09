import type { Preview } from "../../../../../bot/services/store.ts";
import { aStack } from "../../../../fakes/store.ts";

const { repository } = aStack();

/** A preview of pull request 7 that ana has asked for. */
export function aPreview(more: Partial<Preview> = {}): Preview {
  return {
    repository,
    pull: 7,
    version: 1,
    wanted: true,
    why: "command",
    login: "ana",
    sha: "1".repeat(40),
    expiresAt: new Date(1_000_000),
    stage: { names: "{name}-{stage}" },
    directories: ["."],
    changedAt: new Date(0),
    ...more,
  };
}
