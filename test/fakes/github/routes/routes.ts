import type { Operation, Operations } from "../http/call.ts";
import { actions } from "./actions.ts";
import { attestations } from "./attestations.ts";
import { apps } from "./apps.ts";
import { checks } from "./checks.ts";
import { comments } from "./comments.ts";
import { commits } from "./commits.ts";
import { contents } from "./contents.ts";
import { hookDeliveries } from "./deliveries.ts";
import { deployments } from "./deployments.ts";
import { environments } from "./environments.ts";
import { git } from "./git.ts";
import { issues } from "./issues.ts";
import { manifests } from "./manifests.ts";
import { people } from "./people.ts";
import { pulls } from "./pulls.ts";
import { reactions } from "./reactions.ts";
import { repositories } from "./repositories.ts";
import { reviews } from "./reviews.ts";

const all: readonly Operations[] = [
  actions,
  apps,
  attestations,
  checks,
  comments,
  commits,
  contents,
  deployments,
  environments,
  git,
  hookDeliveries,
  issues,
  manifests,
  people,
  pulls,
  reactions,
  repositories,
  reviews,
];

/** Every operation the fake answers, by GitHub's operation id; `openapi.json` is trimmed to exactly these. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  all.flatMap((each) => Object.entries(each)),
);
