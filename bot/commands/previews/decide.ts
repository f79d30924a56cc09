/** Decides what is wanted of a pull request's preview. Pure: facts → what changes, or undefined. */
import type { PreviewWhy } from "../../../src/model/run.ts";
import type { PreviewSettings } from "../../../src/settings/preview.ts";
import type { PullFacts } from "../../gates/facts/pull.ts";
import type { Preview } from "../../services/store.ts";

/** What gives reason to look at a preview. */
export type Occasion =
  /** `/preview`, `/preview off`, of somebody who may. */
  | { readonly kind: "command"; readonly on: boolean; readonly login: string; readonly key: string }
  /** The pull request was opened, reopened, pushed to or labelled. `allowed`: by somebody who may have a preview. */
  | { readonly kind: "head"; readonly login: string; readonly allowed: boolean }
  /** A label was taken off. */
  | { readonly kind: "unlabeled" }
  /** It was closed, or the time has come to look. */
  | { readonly kind: "look" };

export interface PreviewFacts {
  /** Undefined: the settings have no previews any more. */
  readonly settings: PreviewSettings | undefined;
  readonly pull: Pick<PullFacts, "state" | "merged" | "fork" | "headSha" | "labels">;
  readonly known: Preview | undefined;
  readonly occasion: Occasion;
  readonly now: number;
}

export type Wish =
  | { readonly wanted: true; readonly why: PreviewWhy; readonly login: string }
  | { readonly wanted: false; readonly why: PreviewWhy };

export function decidePreview(facts: PreviewFacts): Wish | undefined {
  const off = whyOff(facts);
  if (off !== undefined) return isWanted(facts.known) ? { wanted: false, why: off } : undefined;
  return wishOn(facts);
}

function isWanted(known: Preview | undefined): known is Standing {
  return known?.wanted === true && known.goneAt === undefined;
}

type Standing = Preview & { readonly wanted: true };

/** Why there is to be none; undefined where there may be one. */
function whyOff({ settings, pull, known, occasion, now }: PreviewFacts): PreviewWhy | undefined {
  if (pull.state === "closed") return pull.merged ? "merged" : "closed";
  if (settings === undefined || pull.fork) return "unconfigured";
  if (occasion.kind === "command") return occasion.on ? undefined : "off";
  // A push to one whose time is over does not come too late: it makes it young again.
  if (occasion.kind !== "head" && isWanted(known) && known.expiresAt.getTime() <= now) return "expired";
  if (occasion.kind === "unlabeled" && known?.why === "label" && !isLabelled({ settings, pull }))
    return "unlabeled";
  return undefined;
}

function wishOn(facts: PreviewFacts): Wish | undefined {
  const { settings, pull, known, occasion } = facts;
  if (settings === undefined) return undefined;
  const isNewHead = known?.sha !== pull.headSha;
  switch (occasion.kind) {
    case "command": {
      const { login, key } = occasion;
      return known?.asked === key ? undefined : { wanted: true, why: "command", login };
    }
    case "head": {
      const { login, allowed } = occasion;
      if (!allowed) return undefined;
      if (isWanted(known)) return isNewHead ? { wanted: true, why: reasonOf(known), login } : undefined;
      // Whoever switched it off meant all that comes.
      if (known?.why === "off") return undefined;
      if (settings.automatic) return { wanted: true, why: "automatic", login };
      return isLabelled({ settings, pull }) ? { wanted: true, why: "label", login } : undefined;
    }
    case "unlabeled":
    case "look":
      // A push that nobody told of. Where only some people's commits may run, nobody knows whose it is.
      return isWanted(known) && isNewHead && settings.allowed === undefined
        ? { wanted: true, why: reasonOf(known), login: known.login }
        : undefined;
  }
}

/** What the preview exists for stays: a label that is taken off ends one that it made, also after a push. */
function reasonOf({ why }: Preview): PreviewWhy {
  return why === "label" || why === "automatic" ? why : "push";
}

/** Whether one of the labels is that of previews. */
export function isLabelled({
  settings,
  pull,
}: {
  readonly settings: Pick<PreviewSettings, "label">;
  readonly pull: Pick<PullFacts, "labels">;
}): boolean {
  const { label } = settings;
  // GitHub does not tell upper from lower case in labels.
  return label !== undefined && pull.labels.some((one) => one.toLowerCase() === label.toLowerCase());
}
